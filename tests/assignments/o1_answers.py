"""Answers to O1 written by hand, apart from the key in the lecturer's notebook."""


def _cases(a_to_h: str) -> dict[str, str]:
    return dict(zip("abcdefgh", a_to_h.split(), strict=True))


TERMS = {
    "t1": "inbesteding",
    "t2": "responsiviteit",
    "t3": "sib",
    "t4": "vermarkting",
    "t5": "pvb",
    "t6": "bureaucratie",
    "t7": "monopolie",
    "t8": "tender",
    "t9": "output",
    "t10": "projectoproep",
    "t11": "npm",
    "t12": "keuzevrijheid",
}

PERFECT = {
    "O1.termen": TERMS,
    "O1.financier": _cases("deels nee nee ja nee deels nee deels"),
    "O1.uitvoerder": _cases("ja ja nee nee deels nee deels ja"),
    "O1.concurrentie": _cases("nee ja nee ja nee nee ja nee"),
    "O1.keuze": _cases("ja nee nee nee ja nee nee deels"),
    "O1.resultaat": _cases("nee deels nee ja nee nee deels nee"),
    "O1.volgorde": ["g4", "g6", "g2", "g5", "g1", "g3"],
    "O1.tegenspraak": ["u2", "u4", "u7"],
    "O1.ruim_2016": 20.8,
    "O1.strikt_2016": 13.2,
    "O1.ruim_2020": 27.0,
    "O1.strikt_2020": 16.3,
    "O1.welk_cijfer": "Ik geef zestien procent voor de strikte telling en ik zet erbij dat de ruime telling "
    "zevenentwintig procent geeft, met de naam van de bewerker erbij.",
}
PERFECT_POINTS = {
    "o1-termen": 12,
    "o1-profielen": 20,
    "o1-volgorde": 2,
    "o1-tegenspraak": 16,
    "o1-aandelen": 8,
    "o1-welk-cijfer": 2,
}

PARTIAL = PERFECT | {
    # three of twelve wrong: 9
    "O1.termen": TERMS | {"t1": "npm", "t2": "npm", "t3": "npm"},
    # a to d right, e half a step off, f a whole step off, g left open, h three half steps off: (5 + 0.5) / 8 x 20
    "O1.financier": PERFECT["O1.financier"] | {"e": "deels", "f": "nee", "h": "ja"},
    "O1.uitvoerder": PERFECT["O1.uitvoerder"] | {"f": "deels", "h": "deels"},
    "O1.concurrentie": {k: v for k, v in PERFECT["O1.concurrentie"].items() if k != "g"},
    "O1.keuze": PERFECT["O1.keuze"] | {"h": "nee"},
    # two neighbours swapped: 14 pairs right, 1 wrong, (14 - 1) / 15 x 2
    "O1.volgorde": ["g6", "g4", "g2", "g5", "g1", "g3"],
    # two right, one wrong: (2 - 1) / 3 x 16
    "O1.tegenspraak": ["u2", "u4", "u6"],
    # one of four outside the tolerance of 0.1, one at its edge: 6
    "O1.ruim_2016": 20.9,
    "O1.ruim_2020": 27.3,
    # too short
    "O1.welk_cijfer": "De strikte telling.",
}
PARTIAL_POINTS = {
    "o1-termen": 9,
    "o1-profielen": 13.75,
    "o1-volgorde": 1.73,
    "o1-tegenspraak": 5.33,
    "o1-aandelen": 6,
    "o1-welk-cijfer": 0,
}

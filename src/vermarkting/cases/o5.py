"""Opdracht O5: a team of one's own in the stemketen, and ten statements of one's own to sort.

Thresholds are whole numbers of colleagues, so that everything can be counted by hand. All figures and statements are
made up.
"""

from dataclasses import dataclass, replace

from vermarkting.cases.parts import Given, Table, dutch
from vermarkting.models.voice import cascade, least_protection, least_support
from vermarkting.personal import Draw
from vermarkting.text import t

TEAM = 12
NAMES = "ABCDEFGHIJKL"
# Of each slot one statement is drawn. Together they hold enough of each kind; which kind is told in keys, not here.
SLOTS = tuple(
    tuple(names.split())
    for names in (
        "s07 s08 s26",
        "s05 s06 s09 s25",
        "s16 s18",
        "s03 s10 s13",
        "s15 s28",
        "s01 s04 s21",
        "s02 s11",
        "s14 s23 s24",
        "s12 s17 s19 s27",
        "s20 s22",
    )
)
# For each krachtlijn the arguments that a scan may have as ground, written out: an argument that is added to the table
# later changes nobody's scan.
GROUNDS = tuple(
    tuple(names.split())
    for names in (
        "A009 A024 A027 A037 A041 A048 A050 A053 A054 A055 A064 A066 A067 A079 A098 L02 L07 L08 L10",
        "A004 A032 A033 A036 A040 A054 A067 A072 A076 A080 L01 L05 L06 L09 L12 L17 L18 L19",
        "A005 A008 A009 A017 A018 A019 A020 A039 A041 A044 A046 A061 A065 A083 A084 A085 A086 A088 A090 "
        "A091 A093 A096 A097 A101 A103 L14 L21",
        "A010 A046 A051 A070 A078 L11",
        "A006 A012 A013 A014 A015 A017 A020 A025 A051 A052 A065 A070 A101 A103 L07 L15 L16",
    )
)
OFFERED, LEAST_OFFERED = 0.25, 2  # of the arguments that touch a krachtlijn
PLACES = tuple(f"u{number}" for number in range(1, 11))


@dataclass(frozen=True, slots=True)
class Case:
    """One student's team and statements.

    thresholds: for each of ``NAMES`` how many colleagues must speak first, 0 to 11.
    moved, moved_to: the place of the colleague whose threshold changes, and to what.
    content: how many colleagues have nothing to object.
    statements: names of statements, in the order of ``PLACES``.
    grounds: for each krachtlijn the arguments that the scan offers, so that a scan cannot be handed on.
    """

    thresholds: tuple[int, ...]
    moved: int
    moved_to: int
    content: int
    statements: tuple[str, ...]
    grounds: tuple[tuple[str, ...], ...] = ()

    @property
    def changed(self) -> tuple[int, ...]:
        return tuple(self.moved_to if place == self.moved else own for place, own in enumerate(self.thresholds))


def draw(figures: Draw) -> Case:
    """Draw teams until the chain breaks half-way and one threshold makes a difference.

    The support asked for is drawn first: left to chance it would be 2 for three students in four.
    """
    statements = _mixed(figures, [figures.pick(slot) for slot in SLOTS])
    support = figures.whole(2, 3)
    while True:
        case = Case(
            thresholds=tuple(_mixed(figures, [0, *(figures.whole(0, 11) for _ in range(TEAM - 1))])),
            moved=figures.whole(0, TEAM - 1),
            moved_to=figures.whole(0, 11),
            content=figures.whole(4, 9),
            statements=tuple(statements),
        )
        own = shares(case.thresholds)
        if round(TEAM * least_support(own)) != support:
            continue
        now, after = speakers(case.thresholds), speakers(case.changed)
        if 2 <= now <= 8 and abs(now - after) >= 2 and round(TEAM * sum(least_protection(own).values())) > support:
            return replace(case, grounds=tuple(_offered(figures, grounds) for grounds in GROUNDS))


def _offered(figures: Draw, grounds: tuple[str, ...]) -> tuple[str, ...]:
    drawn = _some(figures, grounds, max(LEAST_OFFERED, round(len(grounds) * OFFERED)))
    return tuple(name for name in grounds if name in drawn)


def _some(figures: Draw, pool: tuple[str, ...], many: int) -> list[str]:
    left, drawn = list(pool), []
    for _ in range(many):
        drawn.append(figures.pick(left))
        left.remove(drawn[-1])
    return drawn


def _mixed(figures: Draw, things: list) -> list:
    return _some(figures, tuple(things), len(things))


def shares(thresholds: tuple[int, ...]) -> list[float]:
    """Give thresholds as the model takes them: shares of the whole team."""
    return [own / TEAM for own in thresholds]


def speakers(thresholds: tuple[int, ...]) -> int:
    """Give how many colleagues speak in the end."""
    return cascade(shares(thresholds)).speakers


def tables(case: Case) -> list[Table]:
    team = tuple((t("o5.colleague", name=name), dutch(own)) for name, own in zip(NAMES, case.thresholds, strict=True))
    changes = (
        (t("o5.moved"), t("o5.moved_to", name=NAMES[case.moved], was=case.thresholds[case.moved], now=case.moved_to)),
        (t("o5.content"), dutch(case.content)),
    )
    return [
        Table(t("o5.team"), (t("o5.who"), t("o5.threshold")), team),
        Table(t("o5.changes"), (t("o5.figure"), t("o5.yours")), changes),
    ]


def _statement_texts(case: Case) -> dict[str, str]:
    return {
        place: t("o5.statement", number=number, claim=t(f"o5.statements.{name}"))
        for number, (place, name) in enumerate(zip(PLACES, case.statements, strict=True), start=1)
    }


def _remarks_on_chain(case: Case, given: Given) -> list[str]:
    answer = given.get("keten", {})
    found = []
    if any(number != int(number) for number in answer.values()):
        found.append(t("o5.remark_whole"))
    if answer.get("vergadering", 0) > answer.get("enquete", TEAM):
        found.append(t("o5.remark_meeting"))
    if answer.get("steun", 0) > answer.get("samen", TEAM * TEAM):
        found.append(t("o5.remark_support"))
    return found


def _remarks_on_stance(case: Case, given: Given) -> list[str]:
    answer = given.get("houding", {})
    return [t("o5.remark_one_kind")] if len(answer) == len(PLACES) and len(set(answer.values())) == 1 else []


def _remarks_on_level(case: Case, given: Given) -> list[str]:
    answer = given.get("niveau", {})
    return [t("o5.remark_levels")] if len(answer) == len(PLACES) and len(set(answer.values())) < 3 else []


TEXTS = dict.fromkeys(("houding", "niveau"), _statement_texts)
REMARKS = {"keten": _remarks_on_chain, "houding": _remarks_on_stance, "niveau": _remarks_on_level}

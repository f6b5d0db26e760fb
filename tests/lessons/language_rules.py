"""Rules for Dutch text: spelling, English leftovers, sentence length, gender-neutral wording."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import mean, stdev

from pages import CITATION

MEAN_WORDS = 15
RHYTHM = (11.5, 14.5)  # words a sentence in the prose of a lesson, on average: connected, and still B2
LEAST_VARIED = 5.0  # words, the standard deviation
LONGEST = 30
WHOLE_LESSON = 60  # sentences: with fewer, a mean says little
SHORT_SENTENCE, SHORT_RUN = 6, 4  # so many sentences in a row under so many words read like a telegram
LONG_SENTENCE = 25
LONG_SHARE = 0.05

WORD = re.compile(r"[^\W\d_]+(?:['’‑-][^\W\d_]+)*")
ABBREVIATION = re.compile(r"(?:\b(?:art|bv|bijv|ca|dr|enz|mevr|nr|prof|resp|vgl)|\b[a-z](?:\.[a-z])*|\b[A-Z])\.$", re.I)
SENTENCE_END = re.compile(
    r"(?:(?<=[.!?…])|(?<=[.!?…][\"”»’')\]]))\s+(?=[\"“«‘'(\[]*[A-ZÀ-Ý0-9])",
)
CLOSED = re.compile(r"[.?!…:][\"”»’')\]]*$")
NO_PROSE = re.compile(r'<span class="vermarkting-elsewhere">.*?</span>|<summary>.*?</summary>', re.DOTALL)


def word_list(name: str) -> frozenset[str]:
    """Read a list of words beside this file; a line that starts with # is a heading."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


ENGLISH = word_list("words_en.txt")

GENDERED = re.compile(
    r"\b(?:hij\s*(?:/|of|en)\s*zij|zij\s*(?:/|of)\s*hij|hij\s*/\s*ze|zijn\s*(?:/|of)\s*haar|haar\s*(?:/|of)\s*zijn"
    r"|hem\s*(?:/|of)\s*haar|haar\s*(?:/|of)\s*hem|\w+\s?\(st\)er|\w{3,}/-?(?:ster|in|e)\b|man of vrouw)",
    re.IGNORECASE,
)

# One word for one thing: what we say, and the words that we do not use for it.
TERMS = {
    "voorspelling, voorspellen": re.compile(r"\b(?:gok\w*|gegokt|weddenschap\w*|wedt?|wedden|gewed)\b", re.I),
    "referentiewaarde": re.compile(r"\b(?:basislijn|baseline)\b", re.I),
    "sociaal werker": re.compile(r"(?<!sociaal )(?<!maatschappelijk )\bwerkers?\b", re.I),
    "stageplaats": re.compile(r"\bstageplek\w*", re.I),
    "van mening": re.compile(r"\bvan gedacht\b", re.I),
    "woonzorgcentrum": re.compile(r"\brust(?:huis|huizen)\b", re.I),
    "buitengewoon onderwijs": re.compile(r"\bspeciaal onderwijs\b", re.I),
    "stropop": re.compile(r"\bstrofigu\w+", re.I),
    "op de werkvloer": re.compile(r"\bop de vloer\b", re.I),
    "passen": re.compile(r"\bdient beter\b", re.I),
    "krijgen of halen": re.compile(r"\bhaalden? dus gelijk\b|\bzegden\b", re.I),
    "sociaal werker, niet de algemene term": re.compile(r"\bhulpverleners?\b", re.I),
    "case": re.compile(r"\bcasus(?:sen)?\b", re.I),
    "tender": re.compile(r"\bopen oproep\w*", re.I),
    "inleveren (een opdracht; een offerte dien je in)": re.compile(
        r"(?-i:\bIndienen\.)|\bopdracht(?:en)? (?:in te dienen|indien\w*|ingediend)", re.I
    ),
    "betalen per resultaat": re.compile(r"\bbetaal voor resultaat\b", re.I),
    "procentpunt": re.compile(r"\bwin(?:t|nen)\b[^.!?]{0,40}\b\d+ op 100\b", re.I),
    "Nederlandse woorden": re.compile(r"\bpropensity\b|\bcap\b|\bmatching\b", re.I),
}


def blocks(markdown: str) -> list[str]:
    """Give the running text of Markdown, one string per paragraph, heading, list item or table cell."""
    text = re.sub(r"^```.*?^```", "\n", markdown, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r"</?(?:p|div|details|summary|li|ul|ol|br|table|tr|td|th|h\d)\b[^>]*>", "\n\n", text)
    text = re.sub(r"<[^>\s][^>]*>", "", text)
    text = re.sub(r"`[^`]*`|\{[^}]*\}", "", text)
    text = CITATION.sub("", text)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"https?://\S+|\b[\w.-]+\.(?:be|nl|eu|com|org|net|uk|ipynb|json)\b", "", text)
    text = re.sub(r"^\s*(?:#{1,6}|[-*+]|\d+\.|>)\s+", "\n\n", text, flags=re.MULTILINE)
    text = re.sub(r"^#.*|^\|?[\s:|-]+\|\s*$", "", text, flags=re.MULTILINE)
    text = text.replace("|", "\n\n").replace("*", "").replace("__", "")
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return [part for part in parts if WORD.search(part)]


def sentences(block: str) -> list[str]:
    """Cut a block of running text into sentences; an abbreviation such as *bv.* does not end one."""
    found: list[str] = []
    for part in SENTENCE_END.split(block):
        if found and ABBREVIATION.search(found[-1]):
            found[-1] += " " + part
        else:
            found.append(part)
    return [part for part in found if WORD.search(part)]


def without_headings_and_tables(markdown: str) -> str:
    return re.sub(r"^\s*(?:#{1,6}\s.*|\|.*)$", "\n", markdown, flags=re.MULTILINE)


def misspelled(texts: Iterable[str], is_word: Callable[[str], bool]) -> list[str]:
    """Name each word that the dictionary and our own list do not know, once."""
    unknown = dict.fromkeys(
        word
        for text in texts
        for block in blocks(text)
        for word in WORD.findall(block)
        if not is_word(word) and not all(is_word(part) for part in re.split(r"[-‑]", word))
    )
    return [f"Unknown word: {word}." for word in unknown]


def english(texts: Iterable[str]) -> list[str]:
    """Name each English function word outside emphasised text (titles and terms are emphasised)."""
    found = dict.fromkeys(
        word
        for text in texts
        for block in blocks(re.sub(r"(\*{1,3})[^*\n]+\1", " ", text))
        for word in re.findall(r"[a-z]+", block.lower())
        if word in ENGLISH
    )
    return [f"English word: {word}." for word in found]


def long_sentences(texts: Iterable[str]) -> list[str]:
    """Report a mean above 15 words a sentence, and more than 5 % of the sentences above 25 words."""
    found = [
        (len(re.findall(r"\S*\w\S*", sentence)), sentence)
        for text in texts
        for block in blocks(without_headings_and_tables(text))
        for sentence in sentences(block)
    ]
    if not found:
        return []
    findings = []
    average = mean(length for length, _ in found)
    if average > MEAN_WORDS:
        findings.append(f"Sentences have {average:.1f} words on average, more than {MEAN_WORDS}.")
    too_long = [f"({length}) {sentence}" for length, sentence in found if length > LONG_SENTENCE]
    if len(too_long) > LONG_SHARE * len(found):
        listed = " / ".join(too_long)
        findings.append(f"{len(too_long)} of {len(found)} sentences have over {LONG_SENTENCE} words: {listed}")
    return findings


def rhythm(texts: Iterable[str]) -> list[str]:
    """Report prose that hacks or drags: its mean, its variation, its longest sentences, and runs of very short ones.

    Prose is what ends as a sentence does; a heading, a summary to click on, a table and the note for who reads the file
    elsewhere are none.
    """
    paragraphs = [
        [len(re.findall(r"\S*\w\S*", sentence)) for sentence in sentences(block) if CLOSED.search(sentence)]
        for text in texts
        for block in blocks(without_headings_and_tables(NO_PROSE.sub("\n\n", text)))
    ]
    lengths = [length for paragraph in paragraphs for length in paragraph]
    findings = []
    if len(lengths) >= WHOLE_LESSON:
        if not RHYTHM[0] <= mean(lengths) <= RHYTHM[1]:
            findings.append(f"Sentences have {mean(lengths):.1f} words on average, not {RHYTHM[0]} to {RHYTHM[1]}.")
        if stdev(lengths) < LEAST_VARIED:
            findings.append(f"All sentences are about as long: a deviation of {stdev(lengths):.1f} words.")
        if max(lengths) > LONGEST:
            findings.append(f"A sentence has {max(lengths)} words, more than {LONGEST}.")
    for paragraph in paragraphs:
        short = "".join("s" if length < SHORT_SENTENCE else "-" for length in paragraph)
        if "s" * SHORT_RUN in short:
            findings.append(f"{SHORT_RUN} sentences in a row have under {SHORT_SENTENCE} words: {paragraph}.")
    return findings


def gendered(texts: Iterable[str]) -> list[str]:
    """Name each double form such as *hij of zij*; write *die persoon*, *wie* or the plural instead."""
    return [f"Not gender-neutral: {match.group()}." for text in texts for match in GENDERED.finditer(text)]


def other_terms(texts: Iterable[str]) -> list[str]:
    """Name each word for which we use another one; outside emphasised text, where a word may be explained."""
    return [
        f"Not our word: {match.group()} ({term})."
        for text in texts
        for block in blocks(re.sub(r"(\*{1,3})[^*\n]+\1", " ", text))
        for term, words in TERMS.items()
        for match in words.finditer(block)
    ]

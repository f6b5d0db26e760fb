"""Random maps, with texts full of signs that mean something in one of the formats."""

from hypothesis import strategies as st

from vermarkting.formats import Argument, ArgumentMap
from vermarkting.formats.text_file import plain

SIGNS = [
    *"<>[]{}#@*_/\\:.=-+()|'\" aé1😀\u00ad",
    "===",
    "//",
    "/*",
    "<!--",
    "-->",
    "(1)",
    "A1",
    "http://x.y",
    ". ",
    "woord",
]
TEXTS = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=15).map("".join).map(plain).filter(bool)
WORDS = st.sampled_from(["pro-markt", "kennis", "één", "coöp", "a"])
DETAILS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("key", "position", "origin", "level"), WORDS),
        "values": st.just(("kennis", "tegenspraak")),
        "tags": st.just(("eigen tag", "andere")),
    },
)


@st.composite
def maps(draw, details=DETAILS):
    codes = ["A001", "7", "1.4.2", "L2"][: draw(st.integers(1, 4))]
    arguments = tuple(Argument(code, draw(TEXTS), draw(details)) for code in codes)
    pairs = st.lists(st.tuples(st.sampled_from(codes), st.sampled_from(codes)), max_size=5).map(tuple)
    return ArgumentMap(draw(TEXTS), arguments, draw(pairs), draw(pairs))

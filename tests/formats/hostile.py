"""Files that nobody should bring, made here, so that none of them has to be kept."""

import json

DEEP = 100_000


def xaif(nodes: list, edges: list) -> bytes:
    return json.dumps({"AIF": {"nodes": nodes, "edges": edges}}).encode()


def information(number: int, text: str = "x") -> dict:
    return {"nodeID": str(number), "type": "I", "text": text}


BROKEN = {
    "nothing": b"",
    "white space": b" \n\t\r\n ",
    "three megabytes": b"<A1>: x\n\n" * 350_000,
    "a picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20,
    "a zip file": b"PK\x03\x04\x14\0\x06\0" + bytes(range(256)) * 20,
    "a zero byte": b"<A1>: wat\0nu",
    "half a UTF-16 character": "<A1>: x".encode("utf-16") + b"\x00",
    "UTF-32": "<A1>: een argument".encode("utf-32"),
    "prose": b"Dit is een opstel.\n\nHet telt twee alinea's.",
    "a web page": b"<!DOCTYPE html>\n\n<!-- x --> <script>alert(1)</script>",
    "Argdown: a text without end": b"<A1>: " + b"woord " * 5_000,
    "Argdown: too many arguments": b"".join(b"<A%d>: x\n\n" % number for number in range(2_001)),
    "Argdown: too many relations": b"<A1>: x\n" + b"    - <A2>\n" * 10_001,
    "Argdown: brackets that never close": b"<[<[" * 100_000,
    "Argdown: braces that never close": b"<A1>: x " + b"{" * 1_900_000,
    "Argdown: comments that never close": b"x /* <!-- " * 190_000,
    "Argdown: tags that never close": b"<A1>: x " + b"#(" * 900_000,
    "Argdown: a long list of lines": b"<A1>: x\n" + b"y\n" * 900_000,
    "Argdown: only backslashes": b"\\" * 1_900_000,
    "JSON: cut off": b'{"AIF": {"nodes": [',
    "JSON: very deep lists": b'{"AIF": ' + b"[" * DEEP + b"]" * DEEP + b"}",
    "JSON: very deep objects": b'{"AIF": ' * DEEP + b"1" + b"}" * DEEP,
    "JSON: a number of a million digits": b'{"AIF": ' + b"9" * 1_000_000 + b"}",
    "JSON: a list": b'[{"nodeID": "1"}]',
    "JSON: something else": b'{"name": "package", "version": "1.0"}',
    "AIF: no edges": b'{"AIF": {"nodes": []}}',
    "AIF: nodes that are no nodes": b'{"AIF": {"nodes": [1, null], "edges": []}}',
    "AIF: no arguments": xaif([], []),
    "AIF: a node twice": xaif([information(1), information(1)], []),
    "AIF: a text that is a list": xaif([{"nodeID": "1", "type": "I", "text": ["x"]}], []),
    "AIF: a name that is an object": xaif([{"nodeID": {}, "type": "I", "text": "x"}], []),
    "AIF: too many arguments": xaif([information(number) for number in range(2_001)], []),
    "AIF: too many nodes": xaif([information(number) for number in range(20_001)], []),
    "AIF: everything attacks everything": xaif(
        [*(information(number) for number in range(1_000)), {"nodeID": "c", "type": "CA", "text": ""}],
        [{"fromID": a, "toID": b} for n in range(1_000) for a, b in ((n, "c"), ("c", n))],
    ),
    "AIF: details that are no details": xaif(
        [information(1) | {"vermarkting": {"id": "A1", "details": {"key": {"deep": []}}}}], []
    ),
    "AIF: details with a name that is no name": xaif(
        [information(1) | {"vermarkting": {"id": "A1", "details": {"<b>": "x"}}}], []
    ),
    "AIF: details that set another field": xaif(
        [information(1) | {"vermarkting": {"id": "A1", "details": {"attacks": ["A2"]}}}], []
    ),
    "AIF: one code for two": xaif([information(n) | {"vermarkting": {"id": "A1"}} for n in (1, 2)], []),
    "Kialo: no claims": b"Discussion Title: leeg",
    "Kialo: deeper than deep": b"1. Thesis: x\n" + b"1." * 200 + b" Pro: y",
    "Kialo: a very long number": b"1. Thesis: x\n" + b"1." * 900_000,
    "Kialo: too many claims": b"1. Thesis: x\n" + b"".join(b"1.%d. Pro: y\n" % n for n in range(1, 4_100)),
}

# Each holds something that a map cannot show, beside an argument that it can.
IMPERFECT = {
    "Argdown: one name, two texts": b"<A1>: x\n\n<A1>: y",
    "Argdown: a relation of nothing": b"   - <A2>: x\n\n<A1>: x",
    "Argdown: data": b"<A1>: x {color: red}",
    "Argdown: a loose text": b"<A1>: x\n\nlos",
    "Argdown: a rule": b"<A1>: x\n\n(1) Eerst\n--\nregel\n--\n(2) Dus",
    "AIF: an edge to nowhere": xaif([information(1)], [{"fromID": "1", "toID": "2"}]),
    "Kialo: a claim twice": b"Discussion Title: t\n\n1. Thesis: x\n1.1. Pro: y\n1.1. Con: z",
    "Kialo: no parent": b"Discussion Title: t\n\n1. Thesis: x\n1.2.1. Pro: y",
    "Kialo: a root that is a pro": b"Discussion Title: t\n\n1. Pro: x",
    "Kialo: a link to nowhere": b"Discussion Title: t\n\n1. Thesis: x\n1.1. Pro: -> See 1.9.",
    "Kialo: links in a circle": b"1. Thesis: x\n1.1. Pro: -> See 1.2.\n1.2. Pro: -> See 1.1.",
    "Kialo: a link to itself": b"1. Thesis: x\n1.1. Pro: -> See 1.1.",
}

"""AIF-JSON: the exchange format of argument analysis, as AIFdb gives it and xAIF wraps it.

An argument is an I-node. A support runs through an RA-node, an attack through a CA-node. Our own further fields stand
in the I-node under ``vermarkting``, where other tools do not look; each premise of the table is an I-node of its own as
well, that supports its argument. So a map survives writing and reading whole. The format: http://www.aifdb.org.

Read from others: each I-node becomes an argument. An attack on an inference counts as an attack on each of its
premises, for those are what is argued with; an attack on a premise of ours as one on its argument. What was said when,
and preferences, are left out (L, YA, TA, PA); an edge to a node that is missing is left out and named.
"""

import json
from collections import defaultdict

from vermarkting.formats.argument_map import MOST_RELATIONS, Argument, ArgumentMap, Detail, fresh_ids, is_id
from vermarkting.formats.text_file import FormatError, decoded, plain
from vermarkting.text import t

OURS = "vermarkting"
MOST_NODES = 20_000
MOST_FIELDS = 60
SCHEMES = {"RA": "Default Inference", "CA": "Default Conflict"}


def write(argument_map: ArgumentMap) -> str:
    """Give the map as an xAIF document, indented by one space, that ends in a line break."""
    nodes: list[dict] = []
    edges: list[dict] = []

    def node(kind: str, text: str, ours: dict | None = None) -> str:
        nodes.append({"nodeID": str(len(nodes) + 1), "text": text, "type": kind} | ({OURS: ours} if ours else {}))
        return nodes[-1]["nodeID"]

    def relate(kind: str, sources: list[str], target: str) -> None:
        scheme = node(kind, SCHEMES[kind])
        for one, other in (*((source, scheme) for source in sources), (scheme, target)):
            edges.append({"edgeID": str(len(edges) + 1), "fromID": one, "toID": other, "formEdgeID": None})

    places = {
        argument.id: node("I", argument.text, {"id": argument.id, "details": dict(argument.details)})
        for argument in argument_map.arguments
    }
    for argument in argument_map.arguments:
        premises = [premise.strip() for premise in str(argument.details.get("premises") or "").split(";")]
        sources = [node("I", premise, {"premise_of": argument.id}) for premise in premises if premise]
        if sources:
            relate("RA", sources, places[argument.id])
    for kind, pairs in (("RA", argument_map.supports), ("CA", argument_map.attacks)):
        for one, other in pairs:
            relate(kind, [places[one]], places[other])

    others = {name: [] for name in ("schemefulfillments", "descriptorfulfillments", "participants", "locutions")}
    document = {
        "AIF": {"nodes": nodes, "edges": edges, **others},
        "text": "",
        "dialog": False,
        "OVA": {"firstname": "", "surname": "", "url": "", "nodes": [], "edges": []},
        OURS: {"title": argument_map.title},
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def read(file: bytes) -> ArgumentMap:
    """Give the map in an AIF-JSON file, with or without the wrapping of xAIF. Raises ``FormatError``."""
    return parse(decoded(file))


def parse(text: str) -> ArgumentMap:
    """Give the map in an AIF-JSON document. Raises ``FormatError``."""
    document = _loaded(text)
    graph = document["AIF"] if isinstance(document.get("AIF"), dict) else document
    kinds, texts, ours = _nodes(graph.get("nodes"))
    arriving, leaving, dangling = _edges(graph.get("edges"), kinds)

    premises = {one: ours[one]["premise_of"] for one in kinds if "premise_of" in ours[one]}
    held = [one for one, kind in kinds.items() if kind == "I" and one not in premises]
    codes = _codes(held, ours)
    arguments = tuple(Argument(codes[one], texts[one], _details(ours[one].get("details"))) for one in held)
    known = set(codes.values())

    def ends(scheme: str, following: dict[str, list[str]]) -> list[str]:
        """Give the arguments on one side of a scheme; for an inference there, the arguments that it starts from."""
        found = []
        for one in following.get(scheme, ()):
            found += arriving.get(one, ()) if (kinds[scheme], kinds[one]) == ("CA", "RA") else [one]
        owners = [codes.get(one, premises.get(one)) for one in found if kinds[scheme] == "CA" or one not in premises]
        return [code for code in dict.fromkeys(owners) if isinstance(code, str) and code in known]

    pairs: dict[str, list[tuple[str, str]]] = {"RA": [], "CA": []}
    for scheme, kind in kinds.items():
        if kind in pairs:
            sources, targets = ends(scheme, arriving), ends(scheme, leaving)
            if len(sources) * len(targets) + len(pairs[kind]) > MOST_RELATIONS:
                raise FormatError("too_many_relations", limit=MOST_RELATIONS)
            pairs[kind] += [(one, other) for one in sources for other in targets]
    title = document.get(OURS, {}).get("title", "") if isinstance(document.get(OURS), dict) else ""
    title = plain(title) if isinstance(title, str) else ""
    left_out = (t("formats.left_out.dangling", count=dangling),) if dangling else ()
    return ArgumentMap(title, arguments, tuple(pairs["CA"]), tuple(pairs["RA"]), left_out)


def _loaded(text: str) -> dict:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise FormatError("damaged_json", line=error.lineno) from None
    except (RecursionError, ValueError):
        raise FormatError("not_aif") from None
    if not isinstance(document, dict):
        raise FormatError("not_aif")
    return document


def _nodes(nodes: object) -> tuple[dict[str, str], dict[str, str], dict[str, dict]]:
    """Give of each node its kind, its text and what we wrote in it, checked."""
    if not isinstance(nodes, list) or not all(isinstance(node, dict) for node in nodes):
        raise FormatError("not_aif")
    if len(nodes) > MOST_NODES:
        raise FormatError("too_many_nodes", limit=MOST_NODES)
    kinds, texts, ours = {}, {}, {}
    for node in nodes:
        one, text, kind = _name(node.get("nodeID")), node.get("text"), node.get("type")
        if not isinstance(kind, str) or not isinstance(text, str | None):
            raise FormatError("not_aif")
        if one in kinds:
            raise FormatError("twice", id=one)
        kinds[one] = kind
        texts[one] = plain(text or "") or one
        ours[one] = node[OURS] if isinstance(node.get(OURS), dict) else {}
    return kinds, texts, ours


def _edges(edges: object, kinds: dict[str, str]) -> tuple[dict[str, list[str]], dict[str, list[str]], int]:
    """Give for each node the nodes with an edge to it, and those with an edge from it; and how many edges dangle."""
    if not isinstance(edges, list) or not all(isinstance(edge, dict) for edge in edges):
        raise FormatError("not_aif")
    if len(edges) > 2 * MOST_NODES:
        raise FormatError("too_many_nodes", limit=MOST_NODES)
    arriving, leaving, dangling = defaultdict(list), defaultdict(list), 0
    for edge in edges:
        one, other = _name(edge.get("fromID")), _name(edge.get("toID"))
        if one not in kinds or other not in kinds:
            dangling += 1
            continue
        arriving[other].append(one)
        leaving[one].append(other)
    return arriving, leaving, dangling


def _name(identifier: object) -> str:
    if isinstance(identifier, bool) or not isinstance(identifier, str | int):
        raise FormatError("not_aif")
    return str(identifier)


def _codes(held: list[str], ours: dict[str, dict]) -> dict[str, str]:
    """Give each argument its own code, else the node's number, else a fresh one."""
    codes = {}
    for one in held:
        code = ours[one].get("id", one)
        codes[one] = code if isinstance(code, str) and is_id(code) else ""
    free = iter(fresh_ids(set(codes.values())))
    return {one: code or next(free) for one, code in codes.items()}


def _details(details: object) -> dict[str, Detail]:
    """Give further fields, checked: names of the table's form, and texts, lists of texts, booleans or nothing."""
    if details is None:
        return {}
    if not isinstance(details, dict) or len(details) > MOST_FIELDS:
        raise FormatError("not_aif")
    checked: dict[str, Detail] = {}
    for name, cell in details.items():
        if not name.replace("_", "a").isalnum() or len(name) > 60 or name in ("id", "claim", "attacks", "supports"):
            raise FormatError("not_aif")
        if isinstance(cell, str):
            checked[name] = plain(cell)
        elif isinstance(cell, list) and len(cell) <= MOST_FIELDS and all(isinstance(item, str) for item in cell):
            checked[name] = tuple(plain(item) for item in cell)
        elif cell is None or isinstance(cell, bool):
            checked[name] = cell
        else:
            raise FormatError("not_aif")
    return checked

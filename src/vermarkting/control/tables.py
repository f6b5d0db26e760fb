"""The tables: each CSV against its schema in ``datapackage.json``, cell by cell."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vermarkting.content import folder
from vermarkting.control.finding import Finding, Unreadable, json_of, line, nearest, relative, text_of
from vermarkting.text import t

PACKAGE = "datapackage.json"
_BOOLEANS = ("true", "false")


@dataclass(frozen=True, slots=True)
class _Table:
    """A table as it stands: for each row its line and its cells by column."""

    file: str
    fields: dict[str, dict]
    rows: list[tuple[int, dict[str, str]]]


def look(root: Path) -> tuple[list[Finding], dict[str, set[str]]]:
    """Give the mistakes, and the ids in each table that has a column ``id``."""
    place = root / "data" if (root / "data").is_dir() else folder("data")
    try:
        resources = json_of(place / PACKAGE, root)["resources"]
        schemas = {
            resource["name"]: (place / resource["path"], resource["schema"])
            for resource in resources
            if "schema" in resource
        }
        fields = {name: {field["name"]: field for field in schema["fields"]} for name, (_, schema) in schemas.items()}
    except Unreadable as error:
        return [error.finding], {}
    except (KeyError, TypeError, AttributeError):
        return [Finding(relative(place / PACKAGE, root), "", t("control.tables.bad_package"))], {}
    found: list[Finding] = []
    tables: dict[str, _Table] = {}
    for name, (path, _) in schemas.items():
        try:
            tables[name] = _read(path, root, fields[name], found)
        except Unreadable as error:
            found.append(error.finding)
    ids = {name: {row["id"] for _, row in table.rows if row.get("id")} for name, table in tables.items()}
    for name, table in tables.items():
        keys = schemas[name][1].get("primaryKey", [])
        found += _cells(table, ids) + _doubles(table, [keys] if isinstance(keys, str) else keys)
        for reference in schemas[name][1].get("foreignKeys", []):
            found += _foreign(table, reference, tables)
    return found, ids


def _read(path: Path, root: Path, fields: dict[str, dict], found: list[Finding]) -> _Table:
    file = relative(path, root)
    text = text_of(path, root)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, dict[str, str]]] = []
    try:
        headings = next(reader, [])
        if headings != list(fields):
            raise Unreadable(Finding(file, line(1), _about_headings(headings, list(fields))))
        before = reader.line_num
        for cells in reader:
            number, before = before + 1, reader.line_num
            if len(cells) == len(headings):
                rows.append((number, dict(zip(headings, cells, strict=True))))
            else:
                sentence = t("control.tables.cells", found=len(cells), wanted=len(headings))
                found.append(Finding(file, line(number), sentence))
    except csv.Error as error:
        raise Unreadable(Finding(file, line(reader.line_num), t("control.tables.quote"))) from error
    return _Table(file, fields, rows)


def _about_headings(headings: list[str], wanted: list[str]) -> str:
    if len(headings) == 1 and ";" in headings[0]:
        return t("control.tables.semicolons")
    missing = [name for name in wanted if name not in headings]
    if missing:
        return t("control.tables.missing_column", name=missing[0])
    odd = [name for name in headings if name not in wanted]
    return t("control.tables.odd_column", name=odd[0]) if odd else t("control.tables.other_order")


def _cells(table: _Table, ids: dict[str, set[str]]) -> list[Finding]:
    found = []
    for number, row in table.rows:
        for name, field in table.fields.items():
            for sentence in _about_cell(row[name], field, ids):
                found.append(Finding(table.file, t("control.at_cell", number=number, column=name), sentence))
    return found


def _about_cell(cell: str, field: dict, ids: dict[str, set[str]]) -> Iterator[str]:
    rules = field.get("constraints", {})
    if not cell:
        if rules.get("required"):
            yield t("control.tables.empty")
        return
    if cell != cell.strip():
        yield t("control.tables.space", cell=cell)
    value = _value(cell, field["type"])
    if value is None:
        yield t(f"control.tables.type.{field['type']}", cell=cell)
        return
    if "enum" in rules and cell not in [str(allowed) for allowed in rules["enum"]] and value not in rules["enum"]:
        yield t("control.tables.not_allowed", cell=cell, allowed=nearest(cell, [str(one) for one in rules["enum"]]))
    if "pattern" in rules and not re.fullmatch(rules["pattern"], cell):
        yield t("control.tables.form", cell=cell)
    if not isinstance(value, str):
        low, high = rules.get("minimum"), rules.get("maximum")
        if (low is not None and value < float(low)) or (high is not None and value > float(high)):
            yield t("control.tables.range", cell=cell, low=_bound(low), high=_bound(high))
    known = ids.get(field.get("vermarkting:references", ""))
    if known is not None:
        for item in cell.split(";") if field.get("vermarkting:list") else [cell]:
            if item not in known:
                yield t("control.unknown_id", id=item, known=nearest(item, sorted(known)))


def _value(cell: str, kind: str) -> object:
    """Give the cell as its type, ``None`` when it is not of that type."""
    try:
        if kind in ("integer", "year"):
            return int(cell)
        if kind == "number":
            number = float(cell)
            return number if abs(number) < float("inf") else None
        if kind == "date":
            return date.fromisoformat(cell).isoformat()
    except ValueError:
        return None
    if kind == "boolean":
        return cell if cell in _BOOLEANS else None
    return cell


def _bound(bound: object) -> str:
    return t("control.tables.no_bound") if bound is None else str(bound)


def _doubles(table: _Table, keys: list[str]) -> list[Finding]:
    unique = [[name] for name, field in table.fields.items() if field.get("constraints", {}).get("unique")]
    found = []
    for columns in {tuple(keys), *map(tuple, unique)} - {()}:
        seen: dict[tuple, int] = {}
        for number, row in table.rows:
            key = tuple(row[name] for name in columns)
            if key in seen:
                sentence = t("control.tables.double", cell=", ".join(key), earlier=seen[key])
                place = t("control.at_cell", number=number, column=", ".join(columns))
                found.append(Finding(table.file, place, sentence))
            seen.setdefault(key, number)
    return found


def _foreign(table: _Table, reference: dict, tables: dict[str, _Table]) -> list[Finding]:
    target = tables.get(reference["reference"]["resource"] or "")
    if target is None:
        return []
    [own], [other] = reference["fields"], reference["reference"]["fields"]
    known = sorted({row[other] for _, row in target.rows})
    return [
        Finding(
            table.file,
            t("control.at_cell", number=number, column=own),
            t("control.unknown_id", id=row[own], known=nearest(row[own], known)),
        )
        for number, row in table.rows
        if row[own] and row[own] not in known
    ]

"""Where an address lies, asked of PDOK's Locatieserver, and the answer written into the file."""

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from meedoenkaart.draft import Draft
from meedoenkaart.reading.documents import Document
from meedoenkaart.reading.yaml_text import read
from meedoenkaart.records.organisation import Organisation
from meedoenkaart.records.record import Path as FieldPath
from meedoenkaart.records.shared import Address, Position
from meedoenkaart.texts import fold
from meedoenkaart.yaml_loaders import compose

PDOK = "https://api.pdok.nl/bzk/locatieserver/search/v3_1"
"""The address of the Locatieserver, version 3.1; ``/free`` below it takes an address in words."""
SECONDS_BETWEEN = 0.2
LONGEST_ANSWER = 200_000
_POINT = re.compile(r"POINT\((-?\d{1,3}(?:\.\d{1,15})?) (-?\d{1,3}(?:\.\d{1,15})?)\)", re.ASCII)
_NUMBER = re.compile(r"(\d{1,5})(?:[ -]?[A-Za-z0-9]{1,4})?$", re.ASCII)


class UnreachableError(Exception):
    """PDOK gave no answer that can be read; the message says why, in English."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An address with a house number and without a point on the map."""

    file: str
    path: FieldPath
    """Where the address stands."""
    address: Address
    cbs_code: str
    """Of the municipality in which it should lie."""


@dataclass(frozen=True, slots=True)
class Located:
    """What came of looking one up."""

    wanted: Wanted
    outcome: Literal["written", "found", "not-found", "elsewhere", "by-hand"]
    """``elsewhere``: PDOK knows another address only. ``by-hand``: found, but the file's layout leaves no room."""
    position: Position | None = None
    shown: str = ""
    """The address as PDOK writes it."""


def wanted(draft: Draft, chosen: list[str]) -> list[Wanted]:
    """Return the addresses to look up in the chosen files, or in all of them."""
    return [
        one
        for document in draft.documents
        if isinstance(document.record, Organisation)
        and (not chosen or any(f"{document.file}/".startswith(path) for path in chosen))
        for one in _of(draft, document, document.record)
    ]


def _of(draft: Draft, document: Document, record: Organisation) -> Iterator[Wanted]:
    places: list[tuple[FieldPath, Address | None, Position | None]] = [(("address",), record.address, record.position)]
    for index, opportunity in enumerate(record.opportunities):
        for number, one in enumerate(opportunity.locations):
            places.append((("opportunities", index, "locations", number, "address"), one.address, one.position))
    for path, address, position in places:
        if address is None or position or not address.street or not _NUMBER.search(address.street):
            continue
        code = draft.cbs_code(address.municipality or document.slug.partition("/")[0])
        if code:
            yield Wanted(document.file, path, address, code)


def look_up(root: Path, one: Wanted, server: str = PDOK, write: bool = True) -> Located:
    """Ask for one address and write the point into its file. Raises ``UnreachableError``."""
    found = _ask(server, one)
    exact = next((doc for doc in found if _is_meant(doc, one.address)), None)
    if exact is None:
        other = str(found[0].get("weergavenaam", ""))[:120] if found else ""
        return Located(one, "elsewhere" if found else "not-found", shown=other)
    position = _position(exact)
    shown = str(exact.get("weergavenaam", ""))[:120]
    if position is None:
        return Located(one, "not-found", shown=shown)
    if not write:
        return Located(one, "found", position, shown)
    file = root / one.file
    changed = with_position(file.read_bytes(), one.path, position)
    if changed is None:
        return Located(one, "by-hand", position, shown)
    file.write_bytes(changed)
    return Located(one, "written", position, shown)


def _ask(server: str, one: Wanted) -> list[dict[str, Any]]:
    address = one.address
    words = " ".join(part for part in (address.street, address.postcode, address.place) if part)
    query = urllib.parse.urlencode(
        [
            ("q", words),
            ("fq", "type:adres"),
            ("fq", f"gemeentecode:{one.cbs_code.removeprefix('GM')}"),
            ("fl", "weergavenaam,type,straatnaam,huisnummer,huis_nlt,postcode,woonplaatsnaam,centroide_ll,score"),
            ("rows", "5"),
        ]
    )
    request = urllib.request.Request(f"{server.rstrip('/')}/free?{query}", headers={"Accept": "application/json"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=15) as response:  # noqa: S310  # an address of the command line
            data = response.read(LONGEST_ANSWER + 1)
    except (OSError, ValueError) as failure:
        raise UnreachableError(str(getattr(failure, "reason", failure))) from None
    try:
        docs = json.loads(data)["response"]["docs"]
    except (ValueError, KeyError, TypeError):
        raise UnreachableError("the answer is not what PDOK documents") from None
    return [doc for doc in docs if isinstance(doc, dict)] if isinstance(docs, list) else []


def _is_meant(doc: dict[str, Any], address: Address) -> bool:
    """Say whether PDOK's address is the one in the file and not merely the nearest it knows."""
    street = address.street or ""
    number = _NUMBER.search(street)
    name = street[: number.start()].strip(" ,") if number else street
    house = "".join(fold(street[number.start() :]).replace("-", "").split()) if number else ""
    known = "".join(fold(str(doc.get("huis_nlt") or doc.get("huisnummer", ""))).replace("-", "").split())
    same_postcode = not address.postcode or address.postcode.replace(" ", "") == str(doc.get("postcode", ""))
    same_place = address.postcode or fold(str(doc.get("woonplaatsnaam", ""))) == fold(address.place)
    is_address = doc.get("type") == "adres"
    return bool(
        is_address
        and house == known
        and fold(name) == fold(str(doc.get("straatnaam", "")))
        and same_postcode
        and same_place
    )


def _position(doc: dict[str, Any]) -> Position | None:
    point = _POINT.fullmatch(str(doc.get("centroide_ll", "")))
    if not point:
        return None
    longitude, latitude = round(float(point[1]), 5), round(float(point[2]), 5)
    inside = 50.5 <= latitude <= 53.8 and 3.2 <= longitude <= 7.4
    return Position(latitude=str(latitude), longitude=str(longitude), precision="adres") if inside else None  # type: ignore[arg-type]  # a record reads text


def with_position(data: bytes, path: FieldPath, position: Position) -> bytes | None:
    """Return a file with a point below the address at ``path`` and nothing else changed.

    None when there is no place for it: the address has a position already, or does not stand on lines of its own.
    """
    tree, _ = read(data, "")
    if tree is None or not isinstance(parent := _at(tree, path[:-1]), dict) or "position" in parent:
        return None
    text = data.decode("utf-8")
    lines = text.splitlines(keepends=True)
    mark = _end_of(data, path)
    if mark is None:
        return None
    line, column = mark
    indent = " " * column
    ending = "\r\n" if "\r\n" in text else "\n"
    block = [
        "position:",
        f"  latitude: {position.latitude}",
        f"  longitude: {position.longitude}",
        "  precision: adres",
    ]
    if not lines[line].endswith("\n"):
        lines[line] += ending
    lines[line + 1 : line + 1] = [f"{indent}{one}{ending}" for one in block]
    changed = "".join(lines).encode()
    parent["position"] = {
        "latitude": str(position.latitude),
        "longitude": str(position.longitude),
        "precision": position.precision,
    }
    return changed if read(changed, "")[0] == tree else None


def _at(tree: Any, path: FieldPath) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def _end_of(data: bytes, path: FieldPath) -> tuple[int, int] | None:
    """Return the last line of the value at ``path`` and the column of its field's name, both from 0."""
    node: Any = compose(data.decode("utf-8-sig"))
    column = 0
    for step in path:
        if isinstance(node, yaml.MappingNode):
            key, node = next((key, value) for key, value in node.value if key.value == step)
            column = key.start_mark.column
        else:
            node = node.value[step]
    return _last_line(node), column


def _last_line(node: Any) -> int:
    """Return the last line of a value; a group of lines ends where its last scalar does, not at the next field."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style:
        end = node.end_mark
        past_it = end.column == 0 and end.line > node.start_mark.line
        return int(end.line - past_it)
    last = node.value[-1]
    return _last_line(last[1] if isinstance(last, tuple) else last)

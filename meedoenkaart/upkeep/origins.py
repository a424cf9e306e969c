"""What comes from where: what a region says itself, what that takes the place of, and what has no effect.

``meedoenkaart config`` tells it. Settings and pages of Markdown are MkDocs' matter: the plugin looks at those.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from meedoenkaart.languages.sentences import FILE as SENTENCES
from meedoenkaart.languages.sentences import is_own
from meedoenkaart.layers import BASE, OVERRIDES, PACKAGE, TRANSLATIONS, own_translations
from meedoenkaart.reading.shared_files import STANDS_ALONE, shared_files
from meedoenkaart.reading.yaml_text import parse
from meedoenkaart.texts import texts
from meedoenkaart.writing.sentences import gone

Part = Literal["settings", "files", "pages", "sentences", "values", "languages"]
How = Literal["own", "shared", "instead", "added", "changed", "same", "alone", "nothing"]
_ADDS_UP = ("questions/",)
"""Folders of the theme in which a region's files come on top of those of the program."""


class Origin(NamedTuple):
    """One thing that counts in a region, and where it comes from."""

    part: Part
    name: str
    how: How
    """``own``: the region's; ``shared``: all regions'; ``instead``, ``changed``: in its place; ``added``: beside it;
    ``same``: said again; ``alone``: nothing shared counts; ``nothing``: it has no effect."""
    value: str = ""


def origins(root: Path) -> Iterator[Origin]:
    """Yield where the files, sentences, values and languages of a region come from."""
    yield from _files(root)
    yield from _sentences(root)
    for file in shared_files():
        if (root / file).is_file() and BASE not in (root / file).parents:
            yield from _values(root, file)
    yield from _languages(root)


def as_text(found: Iterable[Origin]) -> str:
    """Return it for people, in Dutch."""
    words = texts("upkeep")["config"]
    lines: list[str] = []
    by_part: dict[str, list[Origin]] = {}
    for one in found:
        by_part.setdefault(one.part, []).append(one)
    for part, title in words["parts"].items():
        lines += [title, *(f"  {_line(one, words['how'])}" for one in by_part.get(part, ()))]
        if part not in by_part:
            lines.append(f"  {words['none']}")
    return "\n".join(lines)


def as_json(found: Iterable[Origin]) -> str:
    """Return it for programs."""
    return json.dumps([one._asdict() for one in found], ensure_ascii=False, indent=2)


def _line(one: Origin, how: Mapping[str, str]) -> str:
    value = f": {one.value}" if one.value else ""
    return f"{one.name}{value}" + (f" ({how[one.how]})" if one.how in how else "")


def _files(root: Path) -> Iterator[Origin]:
    """Yield the region's files of the theme; one that nothing else names, and that replaces none, has no effect."""
    own = root / OVERRIDES
    files = [path for path in sorted(own.rglob("*")) if path.is_file() and path != root / SENTENCES]
    templates = {path: path.read_text("utf-8", "replace") for path in files if path.suffix == ".html"}
    for path in files:
        name = path.relative_to(own).as_posix()
        is_there = (PACKAGE / "theme" / name).is_file()
        is_named = any(f'"{name}"' in text or f"'{name}'" in text for at, text in templates.items() if at != path)
        if name.startswith(_ADDS_UP):
            yield Origin("files", name, "added" if path.suffix == ".yml" else "nothing")
        elif is_there:
            yield Origin("files", name, "instead")
        else:
            yield Origin("files", name, "added" if is_named or name.startswith("assets/") else "nothing")


def _sentences(root: Path) -> Iterator[Origin]:
    path = root / SENTENCES
    tree = parse(path.read_bytes(), SENTENCES, checks=())[0] if path.is_file() else {}
    lost = set(gone(root))
    for source, own in tree.items() if isinstance(tree, dict) else ():
        works = source not in lost and is_own(own)
        value = own["other"] if isinstance(own, dict) and is_own(own) else str(own)
        yield Origin("sentences", source, "changed" if works else "nothing", value if works else "")


def _values(root: Path, file: str) -> Iterator[Origin]:
    """Yield what a region's file adds to the shared one of the same name, changes in it, or says again."""
    own = parse((root / file).read_bytes(), file)[0]
    shared = parse((BASE / file).read_bytes(), file)[0]
    if not isinstance(own, dict):
        return
    if own.get(STANDS_ALONE) == "ja":
        yield Origin("values", file, "alone")
        return
    for path, how in _differences(shared, own, ()):
        yield Origin("values", f"{file}: {' › '.join(path)}", how)


def _differences(below: Any, above: Mapping[str, Any], path: Sequence[str]) -> Iterator[tuple[Sequence[str], How]]:
    for name, value in above.items():
        here = (*path, name)
        if not isinstance(below, dict) or name not in below:
            yield here, "added"
        elif isinstance(value, dict) and isinstance(below[name], dict):
            yield from _differences(below[name], value, here)
        else:
            yield here, "same" if value == below[name] else "changed"


def _languages(root: Path) -> Iterator[Origin]:
    own = root / TRANSLATIONS
    if own_translations(root) != own:
        return
    for path in sorted(own.glob("*/messages.po")):
        is_there = (PACKAGE / TRANSLATIONS / path.parent.name / path.name).is_file()
        yield Origin("languages", path.parent.name, "instead" if is_there else "added")

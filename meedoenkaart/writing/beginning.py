"""A new region: what is asked, and the folder that is written of the answers. It builds at once."""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from meedoenkaart.geography.areas import PROVINCES
from meedoenkaart.geography.former import former
from meedoenkaart.geography.places import municipality_names, other_names, spelled
from meedoenkaart.languages import SOURCE
from meedoenkaart.languages.formats import listed
from meedoenkaart.layers import PACKAGE, TRANSLATIONS
from meedoenkaart.national import National, municipalities, receptions
from meedoenkaart.problems import did_you_mean
from meedoenkaart.reading.values import value_problems
from meedoenkaart.reading.yaml_text import parse
from meedoenkaart.records.municipality import Municipality
from meedoenkaart.records.shared import Source
from meedoenkaart.texts import texts
from meedoenkaart.versions import start_files
from meedoenkaart.writing.issue_forms import write_issue_forms
from meedoenkaart.writing.schema import write_schemas
from meedoenkaart.writing.values import quoted, record_lines

START = PACKAGE / "start/region"
"""The files of a new region, with names in capitals for what was answered; hidden ones get their dot of ``_DOTTED``."""
QUESTIONS = ("name", "province", "municipality", "repository", "address")
HARMLESS = frozenset({".git", ".venv", "venv", ".DS_Store"})
"""What a folder may hold that counts as empty."""
_FEW = 3
_DOTTED = {"github": ".github", "gitignore": ".gitignore"}
_PLACEHOLDER = re.compile(r"@([A-Z]+)")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|])")

Answers = Mapping[str, Any]


class NotPossibleError(Exception):
    """A region can't begin here or so; the message says why, in Dutch."""


@dataclass(frozen=True, slots=True)
class Region:
    """What is known of a region that begins."""

    name: str
    provinces: Sequence[str]
    """Those that the site is about; none when it is about single municipalities."""
    municipalities: Sequence[National]
    repository: str
    address: str


@dataclass(frozen=True, slots=True)
class Written:
    """What a region begins with."""

    municipalities: int
    receptions: int


def look_at(root: Path) -> None:
    """Raise ``NotPossibleError`` when something lies at ``root``."""
    there = sorted(one.name for one in root.iterdir() if one.name not in HARMLESS)
    words = texts("beginning")
    if "mkdocs.yml" in there:
        raise NotPossibleError(words["a-region"])
    if there:
        more = [words["and-more"].format(count=len(there) - _FEW)] if len(there) > _FEW else []
        raise NotPossibleError(words["not-empty"].format(names=listed([*there[:_FEW], *more])))


def region_of(given: Mapping[str, Sequence[str]]) -> Region:
    """Return the region that was described; raise ``NotPossibleError`` with all that is wrong or lacks."""
    answers: dict[str, Any] = {}
    wrong: list[str] = []
    needed = {"name", "repository"} | ({"province"} if not given.get("municipality") else set())
    if missing := [f"--{one}" for one in QUESTIONS if one in needed and not given.get(one)]:
        wrong.append(texts("beginning")["missing"].format(options=", ".join(missing)))
    for question in QUESTIONS:
        if f"--{question}" in missing or (question == "address" and not given.get("address") and wrong):
            continue
        try:
            answers[question] = understood(question, given.get(question, ()), answers)
        except NotPossibleError as reason:
            wrong.append(str(reason))
    if wrong:
        raise NotPossibleError("\n".join(wrong))
    return _region(answers)


def asked(given: Mapping[str, Sequence[str]], ask: Callable[[str], str], tell: Callable[[str], None]) -> Region:
    """Ask for all that is not given, each until the answer will do, and return the region."""
    words = texts("beginning")
    tell(words["intro"])
    answers: dict[str, Any] = {}
    for question in QUESTIONS:
        if question == "municipality" and answers["province"] and not given.get(question):
            answers[question] = ()
            continue
        parts = given.get(question)
        while True:
            if not parts:
                default = _pages_address(answers) if question == "address" else None
                line = words[question if question != "address" or default else "address-needed"]
                said = ask(line.format(address=default))
                parts = said.split(",") if question in ("province", "municipality") else [said]
            try:
                answers[question] = understood(question, parts, answers)
                if question == "municipality" and not (answers[question] or answers["province"]):
                    raise NotPossibleError(words["nowhere"])
                break
            except NotPossibleError as reason:
                tell(f"  {reason}")
                parts = None
    return _region(answers)


def understood(question: str, given: Sequence[str], before: Answers) -> Any:
    """Return what an answer means; raise ``NotPossibleError`` where it means nothing."""
    parts = [" ".join(one.split()) for one in given if one.strip()]
    if question == "province":
        return _each(_province, parts)
    if question == "municipality":
        return _each(_municipality, parts)
    text = parts[0] if parts else ""
    if question == "name":
        if not text:
            raise NotPossibleError(texts("beginning")["name-needed"])
        return _valid("name", Municipality, "name", text)
    return _web(question, text or (_pages_address(before) if question == "address" else None) or "")


def write(root: Path, region: Region) -> Written:
    """Write the region's folder: all of it, or nothing."""
    staged = Path(tempfile.mkdtemp(prefix=".begin-", dir=root))
    moved: list[Path] = []
    try:
        written = _fill(staged, region)
        for entry in sorted(staged.iterdir()):
            moved.append(root / entry.name)
            entry.rename(moved[-1])
    except BaseException:
        for path in moved:
            shutil.rmtree(path, ignore_errors=True)
            path.unlink(missing_ok=True)
        raise
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return written


def _region(answers: Answers) -> Region:
    provinces, named = answers["province"], answers["municipality"]
    chosen = [one for one in municipalities() if one.province in provinces or one in named]
    beyond = any(one.province not in provinces for one in chosen)
    return Region(answers["name"], () if beyond else provinces, chosen, answers["repository"], answers["address"])


def _each(read: Callable[[str], Any], parts: Sequence[str]) -> Sequence[Any]:
    found: list[Any] = []
    wrong: list[str] = []
    for part in parts:
        try:
            found.append(read(part))
        except NotPossibleError as reason:
            wrong.append(str(reason))
    if wrong:
        raise NotPossibleError("\n".join(wrong))
    return found


def _province(text: str) -> str:
    names = {spelled(name): name for name in PROVINCES.values()} | {"fryslan": "Friesland"}
    if spelled(text) in names:
        return names[spelled(text)]
    suggestion = did_you_mean(text, PROVINCES.values())
    raise NotPossibleError(texts("beginning")["no-province"].format(name=text, suggestion=suggestion))


def _municipality(text: str) -> National:
    words, wanted = texts("beginning"), spelled(text)
    known = {one.cbs_code: one for one in municipalities()}
    found = [
        one
        for one in known.values()
        if text == one.slug or wanted in map(spelled, (one.called, one.name, *other_names(one.cbs_code)))
    ]
    exact = [one for one in found if spelled(one.called) == wanted]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if found:
        names = ", ".join(one.called for one in found)
        raise NotPossibleError(words["several"].format(name=text, names=names))
    if ended := former(text):
        names = listed([municipality_names()[code] for code in ended.successors])
        raise NotPossibleError(words["former"].format(name=ended.name, names=names))
    suggestion = did_you_mean(text, [one.called for one in known.values()])
    raise NotPossibleError(words["no-municipality"].format(name=text, suggestion=suggestion))


def _web(question: str, text: str) -> str:
    if not text.lower().startswith("https://") or not urlsplit(text).hostname:
        words = texts("beginning")
        raise NotPossibleError(words["not-https"].format(what=words["names"][question], value=text))
    address: str = _valid(question, Source, "address", text).rstrip("/")
    return f"{address}/" if question == "address" else address.removesuffix(".git")


def _valid(question: str, cls: type, field: str, text: str) -> str:
    wrong = value_problems(cls, field, text)
    if not wrong:
        return text
    words = texts("beginning")
    lines = [
        words["wrong"].format(what=words["names"][question], message=one.message, remedy=one.remedy) for one in wrong
    ]
    raise NotPossibleError("\n".join(lines))


def _pages_address(answers: Answers) -> str | None:
    """Return where GitHub publishes the pages of the repository, if it is one of GitHub's."""
    found = re.fullmatch(r"https://github\.com/([\w.-]+)/([\w.-]+)", answers.get("repository", ""))
    if not found:
        return None
    owner, name = found[1].lower(), found[2]
    return (
        f"https://{owner}.github.io/" if name.lower() == f"{owner}.github.io" else f"https://{owner}.github.io/{name}/"
    )


def _fill(root: Path, region: Region) -> Written:
    for name, content in _files(region):
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
    known = {one.slug for one in region.municipalities}
    chosen = [file for file in receptions(root) if _lies_in(file) in known]
    for file in chosen:
        (root / "catalogue/reception").mkdir(exist_ok=True)
        shutil.copyfile(file, root / "catalogue/reception" / file.name)
    write_schemas(root)
    write_issue_forms(root)
    return Written(len(region.municipalities), len(chosen))


def _lies_in(reception: Path) -> str:
    values: Any = parse(reception.read_bytes(), reception.name)[0]
    return str(values["municipality"])


def _files(region: Region) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every file but those that the program writes of the catalogue."""
    yield from start_files().items()
    provinces = listed(region.provinces)
    some = listed([one.called for one in region.municipalities]) if len(region.municipalities) <= _FEW else region.name
    about = texts("beginning")["description"].format(region=provinces or some)
    codes = sorted(one.name for one in (PACKAGE / TRANSLATIONS).iterdir() if one.is_dir() and one.name != SOURCE)
    values = {
        "NAME": region.name,
        "ADDRESS": region.address,
        "FORM": f"{region.address}toevoegen/",
        "REPOSITORY": region.repository,
        "DESCRIPTION": about,
    }
    lists = {"PROVINCES": ", ".join(map(quoted, region.provinces)), "LANGUAGES": ", ".join(codes)}
    in_yaml = {name: quoted(value) for name, value in values.items()} | lists
    in_markdown = values | {"TITLE": _MARKDOWN.sub(r"\\\1", region.name)}
    for file in sorted(path for path in START.rglob("*") if path.is_file()):
        name = "/".join(_DOTTED.get(part, part) for part in file.relative_to(START).parts)
        into = in_yaml if file.suffix == ".yml" else in_markdown
        yield name, _PLACEHOLDER.sub(lambda found: into.get(found[1], found[0]), file.read_text("utf-8"))  # noqa: B023
    for one in region.municipalities:
        yield f"catalogue/municipalities/{one.slug}.yml", _municipality_file(one)


def _municipality_file(one: National) -> str:
    values = {"name": one.name, "cbs_code": one.cbs_code, "province": one.province, "seat": one.seat}
    values |= {"website": one.website} if one.website else {}
    lines = [
        "# yaml-language-server: $schema=../../schemas/municipality.json",
        texts("beginning")["check"],
        *record_lines(Municipality, {**values, "sources": one.sources}),
    ]
    return "\n".join(lines) + "\n"

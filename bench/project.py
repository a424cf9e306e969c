"""Projects of this repository's kind: with made-up records, or a copy of the real one."""

import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from bench.records import Facets, MadeUp, Record
from bench.routes import made_up_route

ROOT = Path(__file__).parent.parent
_AROUND = ("docs", "overrides", "mkdocs.yml", ".cache/theme", ".cache/engine")
_SHARED = ("reception",)
"""What a made-up catalogue takes over from the real one."""
TEMPLATE = "overrides/pages/glossary.html"
"""A template of the project's own, in place of the program's equal one, which few pages use: to be changed."""


def write_made_up(folder: Path, made: MadeUp) -> None:
    """Write a project with a made-up catalogue, in Dutch: its peers speak one language too."""
    _copy(folder, [f"catalogue/{name}" for name in _SHARED])
    settings = folder / "mkdocs.yml"
    settings.write_text(re.sub(r"languages: \[.*\]", "languages: []", settings.read_text("utf-8")), "utf-8")
    write_records(folder / "catalogue/municipalities", made.municipalities)
    write_records(folder / "catalogue/organisations", made.organisations)


def write_routes(folder: Path, municipalities: Sequence[str], steps: int) -> None:
    """Give every municipality of a made-up catalogue a made-up route of so many steps."""
    write_records(folder / "routes", {slug: made_up_route(number, steps) for number, slug in enumerate(municipalities)})


def write_real(folder: Path) -> None:
    """Write a copy of this project, to build without touching its ``site/``."""
    _copy(folder, ["catalogue", "routes"])


def _copy(folder: Path, names: Sequence[str]) -> None:
    for name in (*_AROUND, *names):
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy2(source, target)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    template = folder / TEMPLATE
    template.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ROOT / "meedoenkaart/theme" / Path(TEMPLATE).relative_to("overrides"), template)


def write_records(folder: Path, records: Mapping[str, Record]) -> None:
    """Write each record to its own file."""
    for slug, record in records.items():
        path = folder / f"{slug}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8") as file:
            yaml.dump(record, file, yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=100)


def facets() -> Facets:
    """Return the ids of the real vocabulary by facet."""
    return {facet: list(terms) for facet, terms in real("meedoenkaart/base/catalogue/vocabulary.yml").items()}


def real(name: str) -> Any:
    """Return the values of one of this project's YAML files, scalars as text."""
    return yaml.load((ROOT / name).read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506  # it makes texts only

"""Icons, and what else the theme brings beside pages."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from generator.catalogue import Catalogue
from generator.records.reference import Glossary
from generator.records.vocabulary import FACETS

ICONS = Path("node_modules/lucide-static/icons")
"""The SVG files of Lucide, below the project's root."""
_SHAPES = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def icon_sheet(root: Path, theme: Path, catalogue: Catalogue) -> bytes:
    """Return one SVG file with every icon that ``theme/icons.yml``, the vocabulary or a route names."""
    used: list[str] = read_yaml(theme / "icons.yml")
    symbols = []
    for name in sorted({*used, *_named_by(catalogue)}):
        shapes = _SHAPES.search((root / ICONS / f"{name}.svg").read_text("utf-8"))
        if shapes:
            drawn = " ".join(shapes[1].split())
            symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{drawn}</symbol>')
    style = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {style}>{"".join(symbols)}</svg>\n'.encode()


def glossary_data(glossary: Glossary) -> bytes:
    """Return the explanations that pages show on hover and on tap."""
    terms = {
        id: {"term": one.term, "meaning": one.meaning, "explanation": str(one.explanation)}
        for id, one in glossary.terms.items()
    }
    return json.dumps(terms, ensure_ascii=False, separators=(",", ":")).encode()


def read_yaml(file: Path) -> Any:
    """Return what a YAML file of the theme holds; its mistakes are told with the file's name."""
    with open(file, "rb") as stream:
        return yaml.load(stream, yaml.CSafeLoader)


def _named_by(catalogue: Catalogue) -> Iterable[str]:
    for facet in FACETS:
        for term in getattr(catalogue.vocabulary, facet).values():
            if icon := getattr(term, "icon", None):
                yield icon
    for route in catalogue.routes.values():
        yield from (actor.icon for actor in route.record.actors.values())

"""Icons, and what else the theme brings beside pages."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.layers import Layers
from meedoenkaart.records.reference import Glossary
from meedoenkaart.records.vocabulary import FACETS
from meedoenkaart.yaml_loaders import load

_VIEW = "0 0 24 24"
_USE = re.compile(r'><use href="[^"]*assets/icons\.svg#([a-z0-9-]+)"(?:></use>|/>)')


def icon_shapes(icons: Mapping[str, str], theme: Layers, more: Iterable[str] = ()) -> dict[str, str]:
    """Return the shapes of every icon that ``icons.yml`` names, and of others, as SVG, by name."""
    used: list[str] = read_yaml(theme / "icons.yml")
    named = sorted({*used, *more})
    if missing := [name for name in named if name not in icons]:
        raise ValueError(f"no icons of Lucide: {', '.join(missing)}")
    return {name: icons[name] for name in named}


def inlined(shapes: Mapping[str, str], drawn: str) -> Markup:
    """Return markup of ours with its icons drawn in place.

    For what scripts copy many times: a browser takes several times as long to copy, show and remove a ``<use>``.
    """
    return Markup(_USE.sub(lambda use: f' viewBox="{_VIEW}">{shapes[use[1]]}', drawn))  # noqa: S704


def icon_sheet(shapes: Mapping[str, str]) -> bytes:
    """Return one SVG file with all icons."""
    style = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {style}>{symbols(shapes, shapes)}</svg>\n'.encode()


def symbols(shapes: Mapping[str, str], names: Iterable[str]) -> Markup:
    """Return icons to be shown by their names."""
    drawn = (f'<symbol id="{name}" viewBox="{_VIEW}">{shapes[name]}</symbol>' for name in dict.fromkeys(names))
    return Markup("".join(drawn))  # noqa: S704  # Lucide's


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
        return load(stream)


def icons_of(catalogue: Catalogue) -> Iterable[str]:
    """Yield the icons that the vocabulary and the routes name."""
    for facet in FACETS:
        for term in getattr(catalogue.vocabulary, facet).values():
            if icon := getattr(term, "icon", None):
                yield icon
    for route in catalogue.routes.values():
        yield from (actor.icon for actor in route.record.actors.values())

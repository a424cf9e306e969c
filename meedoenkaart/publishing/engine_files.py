"""The files of the atelier's engine: what ``tools/pack_engine.mjs`` packed, and what the project adds to it.

The browser fetches them when somebody begins, unpacks them itself, since not every host would, and keeps them by name.
"""

import base64
import gzip
import hashlib
import io
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from meedoenkaart.icons import Icons
from meedoenkaart.infographic.measuring.fonts import FontFile, Fonts
from meedoenkaart.layers import made, theme_of
from meedoenkaart.publishing.drawings import CACHE, font_files
from meedoenkaart.reading.documents import COLLECTIONS, values_of
from meedoenkaart.reading.yaml_text import parse
from meedoenkaart.yaml_loaders import load

PLACE = "assets/engine/"
MANIFEST = f"{PLACE}engine.json"
"""What files there are, at an address that stays; from the site's root."""
_OWN_PAGE = frozenset({"organisations", "reception", "municipalities"})
"""Folders of so many files that the engine reads only those that a route names."""
_NEEDLESS = ("DSIG", "STAT", "cvar", "glyf", "gvar", "loca", "name", "post", "prep", "fpgm", "cvt ", "gasp", "meta")
"""Tables of a font that say nothing of how wide a text is."""


def engine_files(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the address and the bytes of every file of the engine; none where it was not packed."""
    engine = made(root, "engine")  # without it the atelier checks and draws nothing
    try:
        packed = json.loads((engine / "manifest.json").read_text("utf-8"))
    except FileNotFoundError:
        return
    for one in packed["files"].values():
        yield PLACE + one["file"], (engine / one["file"]).read_bytes()
    yield f"{PLACE}licences.txt", (engine / "licences.txt").read_bytes()
    told = json.dumps(_project(root), ensure_ascii=False, separators=(",", ":")).encode()
    data = gzip.compress(told, mtime=0)
    file = f"project-{hashlib.sha256(data).hexdigest()[:10]}.gz"
    yield PLACE + file, data
    files = {name: [one["file"], one["bytes"]] for name, one in packed["files"].items()}
    files["project.json"] = [file, len(data)]
    yield MANIFEST, json.dumps({"abi": packed["abi"], "files": files}).encode()


def _project(root: Path) -> dict[str, Any]:
    """Return what ``meedoenkaart.atelier.Session`` knows of the project."""
    trees: dict[str, Any] = {}
    texts: dict[str, str] = {}
    for collection in COLLECTIONS:
        if collection.single:
            trees |= {name: tree for name in [collection.pattern] if (tree := values_of(root, name))}
            continue
        for file in sorted((root / collection.folder).glob("*/*.yml" if collection.per_municipality else "*.yml")):
            name, data = file.relative_to(root).as_posix(), file.read_bytes()
            if collection.name in _OWN_PAGE:
                texts[name] = data.decode()
            elif name not in trees:
                trees[name] = _tree(name, data)
    theme = theme_of(root)
    drawing = theme.files("drawing/*.*")
    words = {"drawing": load((theme / "words.yml").read_text("utf-8"))["drawing"]}
    return {
        "trees": trees,
        "texts": texts,
        "theme": {name: one.read_text("utf-8") for name, one in drawing.items() if one.suffix in {".svg", ".yml"}}
        | {"words.yml": json.dumps(words, ensure_ascii=False)},
    }


@lru_cache(maxsize=500)  # in a preview most of them stay as they were
def _tree(name: str, data: bytes) -> Any:
    return parse(data, name)[0]


def drawing_data(root: Path) -> str:
    """Return what drawings are made with, as JSON: the icons, and of the fonts what it takes to measure texts."""
    fonts = [[file.family, base64.b64encode(_measured(root, file)).decode()] for file in font_files(root)]
    return json.dumps({"icons": dict(Icons(root)), "fonts": fonts}, ensure_ascii=False, separators=(",", ":"))


def _measured(root: Path, file: FontFile) -> bytes:
    from fontTools.ttLib import TTFont  # large, and not needed by a build

    font = TTFont(io.BytesIO(Fonts([file], root / CACHE / "fonts").unpacked(0)), recalcTimestamp=False)
    for table in _NEEDLESS:
        if table in font:
            del font[table]
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()

"""Pictures and pages: SVG becomes PNG and PDF, with text that can be selected. No program or font of the machine."""

import hashlib
import io
import json
import os
from pathlib import Path
from typing import Any, Literal

import typst

from meedoenkaart.infographic.measuring.fonts import FontFile, family

WEIGHTS = (400, 500, 600, 700)
"""The weights that ``theme/drawing/drawing.yml`` uses."""


class Printer:
    """Prints drawings with Typst."""

    def __init__(self, template: Path, cache_folder: Path) -> None:
        """Take the template of a page; fonts of one weight are made of the served ones once, and kept."""
        self._template = template
        self._cache_folder = cache_folder
        self._fonts: dict[tuple[FontFile, ...], typst.Fonts] = {}

    def png(self, svg: str, files: tuple[FontFile, ...], width: float, height: float, scale: float) -> bytes:
        """Return a picture of ``scale`` pixels for a px."""
        page = {"svg": svg, "width": width * 0.75, "height": height * 0.75, "margin": 0, "title": "", "notes": []}
        return self._compile(page, files, "png", 96.0 * scale)

    def pdf(self, svg: str, files: tuple[FontFile, ...], page: dict[str, Any]) -> bytes:
        """Return a page with a drawing, and what belongs to it as text; ``page`` as in ``print.typ``."""
        return self._compile(page | {"svg": svg}, files, "pdf", 96.0)

    def notes_height(self, files: tuple[FontFile, ...], page: dict[str, Any]) -> float:
        """Return how much of the page its notes take below a drawing, in points."""
        found = typst.query(
            self._template.read_bytes(),
            "<height>",
            field="value",
            one=True,
            font_paths=self._fonts_of(files),
            ignore_system_fonts=True,
            sys_inputs={"page": json.dumps(page, ensure_ascii=False)},
        )
        return float(found)

    def _fonts_of(self, files: tuple[FontFile, ...]) -> typst.Fonts:
        if files not in self._fonts:
            self._fonts[files] = typst.Fonts(
                include_system_fonts=False,
                include_embedded_fonts=False,
                font_paths=[str(_instances(file, self._cache_folder)) for file in files],
            )
        return self._fonts[files]

    def _compile(
        self, page: dict[str, Any], files: tuple[FontFile, ...], form: Literal["png", "pdf"], ppi: float
    ) -> bytes:
        compiled = typst.compile(
            self._template.read_bytes(),
            font_paths=self._fonts_of(files),
            ignore_system_fonts=True,
            format=form,
            ppi=ppi,
            sys_inputs={"page": json.dumps(page, ensure_ascii=False)},
        )
        pages: list[bytes] | bytes = compiled
        return pages if isinstance(pages, bytes) else pages[0]


def _instances(file: FontFile, cache_folder: Path) -> Path:
    """Return a folder with a font for each weight of a variable font."""
    packed = file.path.read_bytes()
    folder = cache_folder / f"{hashlib.sha256(packed).hexdigest()[:32]}-{family(file.family).replace(' ', '-').lower()}"
    folder.mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        kept = folder / f"{weight}.ttf"
        if kept.exists():
            continue
        from fontTools.ttLib import TTFont
        from fontTools.varLib.instancer import instantiateVariableFont

        font = TTFont(io.BytesIO(packed), recalcTimestamp=False)
        font.flavor = None
        axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes} | {"wght": weight}
        font = instantiateVariableFont(font, axes)
        font["OS/2"].usWeightClass = weight
        for id, name in ((1, family(file.family)), (2, str(weight))):
            font["name"].setName(name, id, 3, 1, 0x409)
        part = kept.with_suffix(f".{os.getpid()}.part")  # another process may make the same
        font.save(part)
        part.replace(kept)
    return folder

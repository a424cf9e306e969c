"""The fonts that the page serves: how wide a text is in them, and the few glyphs that a file of its own needs."""

import base64
import hashlib
import io
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import uharfbuzz as hb

UNKNOWN_GLYPH = 1.05
"""Width in em of a character that none of the fonts has: wide enough for any font of the reader's machine."""

_UNSEEN = dict.fromkeys((0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
"""Marks of direction, which no font draws."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """One served font file and the family under which style sheets know it."""

    path: Path
    family: str
    unpacked: Path | None = None
    """The same font as TTF, for where nothing can unpack woff2."""


def family(name: str) -> str:
    """Return the name of a family as pictures know it: one font for each weight."""
    return name.removesuffix(" Variable")


class Fonts:
    """Measures text as the browser will set it: for each character the first of the files that has it."""

    def __init__(self, files: Sequence[FontFile], cache_folder: Path) -> None:
        """Take the files in order of preference; unpacked copies are kept in ``cache_folder``."""
        self.files = tuple(files)
        self._faces = [_Face(file, cache_folder) for file in files]
        self._widths: dict[tuple[str, int], float] = {}

    @cached_property
    def fingerprint(self) -> str:
        """What the files hold, as a hash."""
        return hashlib.sha256(b"".join(file.path.read_bytes() for file in self.files)).hexdigest()

    def unpacked(self, index: int) -> bytes:
        """Return one of the files as TTF."""
        return self._faces[index].data

    def width(self, text: str, size: float, weight: int) -> float:
        """Return the width of one line in px, for a font size in px."""
        key = (text, weight)
        if key not in self._widths:
            self._widths[key] = sum(
                face.width(run, weight) if face else len(run) * UNKNOWN_GLYPH for run, face in self._runs(text)
            )
        return self._widths[key] * size

    def subsets(self, texts: Iterable[str]) -> list[tuple[str, str]]:
        """Return ``(family, woff2 file in base64)`` for the files that hold glyphs of these texts, with only those."""
        characters: dict[int, set[str]] = {}
        for text in texts:
            for run, face in self._runs(text):
                if face:
                    characters.setdefault(self._faces.index(face), set()).update(run)
        return [
            (self.files[index].family, self._faces[index].subset(frozenset(found)))
            for index, found in sorted(characters.items())
        ]

    def files_for(self, texts: Iterable[str]) -> tuple[FontFile, ...]:
        """Return the files that these texts need."""
        needed = {self._faces.index(face) for text in texts for _, face in self._runs(text) if face}
        return tuple(self.files[index] for index in sorted(needed))

    def by_family(self, text: str) -> list[tuple[str, str]]:
        """Cut a text where the family changes, marks of direction kept: ``(run, family)``."""
        runs: list[tuple[str, str]] = []
        for character in text:
            last = runs[-1][1] if runs else self.files[0].family
            face = next((face for _, face in self._runs(character)), None)
            name = self.files[self._faces.index(face)].family if face else last
            stays = character in " " or character.translate(_UNSEEN) == ""
            if runs and (name == last or stays):
                runs[-1] = (runs[-1][0] + character, last)
            else:
                runs.append((character, name))
        return runs

    def _runs(self, text: str) -> list[tuple[str, "_Face | None"]]:
        """Cut a text where the font changes; spaces and marks stay in the font before them when it has them."""
        runs: list[tuple[str, _Face | None]] = []
        for character in text.translate(_UNSEEN):
            last = runs[-1][1] if runs else None
            if last and character in last and not character.isalnum():
                face: _Face | None = last
            else:
                face = next((face for face in self._faces if character in face), None)
            if runs and runs[-1][1] is face:
                runs[-1] = (runs[-1][0] + character, face)
            else:
                runs.append((character, face))
        return runs


_DUTCH = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("éèëêïíöóôüúáâäçñÉ‘’“”–—…€·•×→")
"""What nearly every drawing is written with."""


class _Face:
    """One font file, unpacked."""

    def __init__(self, file: FontFile, cache_folder: Path) -> None:
        self._file = file
        self._cache_folder = cache_folder
        self._shaped: dict[int, hb.Font] = {}
        self._subsets: dict[frozenset[str], str] = {}

    def __contains__(self, character: str) -> bool:
        return ord(character) in self._characters

    def width(self, text: str, weight: int) -> float:
        """Return the width in em."""
        font = self._shaped.get(weight)
        if font is None:
            font = self._shaped[weight] = hb.Font(self._face)
            font.set_variations({"wght": weight})
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(font, buffer, {})
        advance: float = sum(position.x_advance for position in buffer.glyph_positions)
        return advance / int(self._face.upem)

    def subset(self, characters: frozenset[str]) -> str:
        """Return a woff2 file with at least these characters, in base64; the same bytes every time.

        Packing a font takes long, so nearly all drawings share one with the letters that Dutch needs.
        """
        if characters & _DUTCH:
            characters |= {one for one in _DUTCH if one in self}
        if characters not in self._subsets:
            from fontTools import subset
            from fontTools.ttLib import TTFont  # large, and not needed for what is in the cache

            options = subset.Options(flavor="woff2", notdef_outline=True, layout_features=["*"], recalc_timestamp=False)
            font = TTFont(io.BytesIO(self.data), recalcTimestamp=False)
            subsetter = subset.Subsetter(options)
            subsetter.populate(unicodes=sorted(map(ord, characters)))
            subsetter.subset(font)
            font.flavor = "woff2"
            file = io.BytesIO()
            font.save(file)
            self._subsets[characters] = base64.b64encode(file.getvalue()).decode()
        return self._subsets[characters]

    @cached_property
    def data(self) -> bytes:
        """The font unpacked from woff2, which takes long: kept between runs."""
        if self._file.unpacked:
            return self._file.unpacked.read_bytes()
        packed = self._file.path.read_bytes()
        kept = self._cache_folder / f"{hashlib.sha256(packed).hexdigest()[:32]}.ttf"
        if not kept.exists():
            from fontTools.ttLib import TTFont

            font = TTFont(io.BytesIO(packed), recalcTimestamp=False)
            font.flavor = None
            file = io.BytesIO()
            font.save(file)
            kept.parent.mkdir(parents=True, exist_ok=True)
            part = kept.with_suffix(f".{os.getpid()}.part")  # another process may make the same
            part.write_bytes(file.getvalue())
            part.replace(kept)
        return kept.read_bytes()

    @cached_property
    def _face(self) -> hb.Face:
        return hb.Face(self.data)

    @cached_property
    def _characters(self) -> frozenset[int]:
        return frozenset(self._face.unicodes)

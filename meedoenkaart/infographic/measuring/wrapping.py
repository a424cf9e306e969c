"""From a text to lines that fit: at spaces, then within long words. Nothing is cut off and nothing shrinks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pyphen

from meedoenkaart.infographic.measuring.fonts import Fonts

_AFTER_MARKS = re.compile(r"(?<=[-/–])(?=\w)")
_LATIN_RUN = re.compile(r"\([^\u0590-\u08ff()]*\)|[A-Za-z0-9€](?:[^\u0590-\u08ff()]*[A-Za-z0-9+%€])?")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff]")
_ISOLATE, _END_ISOLATE = "\u2066", "\u2069"


@dataclass(frozen=True, slots=True)
class Style:
    """How one kind of text is set; from ``theme/drawing/drawing.yml``."""

    name: str
    size: float
    """px"""
    weight: int
    leading: float
    """px from baseline to baseline."""


class Wrapper:
    """Wraps texts in the served fonts."""

    def __init__(self, fonts: Fonts, breaks: Mapping[str, str], language: str) -> None:
        """``breaks`` tells where long words may break: ``vrijwilligerswerk: vrijwilligers-werk``."""
        self._fonts = fonts
        self._breaks = {word.lower(): parts for word, parts in breaks.items()}
        self._hyphens = pyphen.Pyphen(lang="nl_NL", left=4, right=4) if language == "nl" else None
        self._wrapped: dict[tuple[str, Style, int, bool], tuple[str, ...]] = {}

    def width(self, text: str, style: Style) -> float:
        """Return the width of one line in px."""
        return self._fonts.width(text, style.size, style.weight)

    def lines(self, text: str, style: Style, width: float, *, balanced: bool = False) -> tuple[str, ...]:
        """Return the lines of a text in at most ``width`` px; ``balanced``: as even as they can be in as few lines."""
        key = (text, style, round(width * 4), balanced)
        if key not in self._wrapped:
            lines = self._greedy(text, style, width)
            if balanced and len(lines) > 1:
                lines = self._balanced(text, style, width, lines)
            self._wrapped[key] = tuple(map(isolated, lines))
        return self._wrapped[key]

    def _balanced(self, text: str, style: Style, width: float, lines: list[str]) -> list[str]:
        least, best = width / 2, lines
        for _ in range(6):
            middle = (least + width) / 2
            tried = self._greedy(text, style, middle)
            if len(tried) > len(lines) or _worse(text, tried, lines):
                least = middle
            else:
                width, best = middle, tried
        return best

    def _greedy(self, text: str, style: Style, width: float) -> list[str]:
        lines: list[str] = []
        line, used = "", 0.0
        space = self.width(" ", style)
        for word in text.split():
            for position, piece in enumerate(_AFTER_MARKS.split(word)):
                joint = " " if position == 0 and line else ""
                own = self.width(piece, style)
                more = own + (space if joint else 0.0)
                if used + more <= width:
                    line, used = line + joint + piece, used + more
                elif own <= width:
                    lines += [line] if line else []
                    line, used = piece, own
                else:
                    *full, line = self._broken(line + joint, piece, style, width)
                    lines += full
                    used = self.width(line, style)
        return [*lines, line] if line else lines

    def _broken(self, line: str, word: str, style: Style, width: float) -> list[str]:
        """Break a word that is wider than a line: at a given place, between syllables, or anywhere."""
        lines = []
        while self.width(line + word, style) > width:
            cut = next((at for at in self._places(word) if self.width(line + word[:at] + "-", style) <= width), 0)
            if cut:
                lines.append(line + word[:cut].rstrip("-") + "-")
            elif line:
                lines.append(line.rstrip())
            else:
                cut = max((at for at in range(1, len(word)) if self.width(word[:at], style) <= width), default=1)
                lines.append(word[:cut])
            line, word = "", word[cut:]
            if not word:
                return lines
        return [*lines, line + word]

    def _places(self, word: str) -> list[int]:
        """Return where a word may break, the last first."""
        bare = word.strip("()[]«»“”‘’'\".,;:!?")
        start = word.find(bare)
        given = self._breaks.get(bare.lower())
        if given:
            places, at = [], start
            for part in given.split("-")[:-1]:
                at += len(part)
                places.append(at)
            return places[::-1]
        if self._hyphens is None or len(bare) < 8:
            return []
        return [start + at for at in reversed(self._hyphens.positions(bare))]


def held(line: str) -> str:
    """Keep a line without any right-to-left letter in its own direction, in a drawing that reads from right to left."""
    return line if reads_right_to_left(line) else f"{_ISOLATE}{line}{_END_ISOLATE}"


def reads_right_to_left(line: str) -> bool:
    """Whether a line has letters that read from right to left."""
    return bool(_RIGHT_TO_LEFT.search(line))


def _cuts(text: str, lines: list[str]) -> int:
    """Return how much longer the lines are than the text: more for each word that was broken."""
    return sum(map(len, lines)) + len(lines) - 1 - len(" ".join(text.split()))


def _worse(text: str, tried: list[str], lines: list[str]) -> bool:
    """Say whether a try breaks more words, or more of them without a hyphen."""
    return _cuts(text, tried) > _cuts(text, lines) or _bare_cuts(text, tried) > _bare_cuts(text, lines)


def _bare_cuts(text: str, lines: list[str]) -> int:
    """Return how many lines end within a word and show no hyphen that the text lacks."""
    drawn = "".join(lines)
    within = len(lines) - 1 - (len(text.split()) - 1 - drawn.count(" "))
    return within - (drawn.count("-") - text.count("-"))


def isolated(line: str) -> str:
    """Keep Latin runs within a right-to-left line together, signs included: ``ISK 18+`` stays ``ISK 18+``."""
    if not reads_right_to_left(line):
        return line
    return _LATIN_RUN.sub(lambda run: f"{_ISOLATE}{run[0]}{_END_ISOLATE}", line)

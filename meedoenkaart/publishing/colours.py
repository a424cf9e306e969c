"""A region's own colours: a few are given, all others that belong to them are derived, with contrast that suffices.

The sheet that comes of them lies over ``theme/tokens.css`` and ``tokens-site.css``, which say what each name is for.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

TEXT, SIGN = 4.5, 3.0
"""The contrast that WCAG 2.2 AA asks of text, and of signs and edges."""
NAMES = ("accent", "bar", "highlight")
"""Links, buttons and icons; the bar at the top and the foot; the one bright colour."""
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
WHITE, BLACK = "#ffffff", "#000000"
_LIGHT = (WHITE, "#f8f6f1", "#efebe2")
"""The surfaces of light pages: ``--surface``, ``--paper``, ``--sunken``."""
_DARK = ("#16252c", "#0e191e", "#1e3139")
_BAR, _SUN = "#083c47", "#ffc94a"
"""What the bar and the bright colour are where a region gives none."""
_INK = "#1d2a1f"
"""Text on the bright colour, in both schemes."""
_STEPS = 100


class Fault(NamedTuple):
    """A colour on which, or in which, something can't be read."""

    name: str
    contrast: float
    """The least there is."""
    least: float
    """What is needed."""
    better: str
    """A colour near it that does."""


def fault(colours: Mapping[str, str]) -> Fault | None:
    """Return the first colour without enough contrast, with one that has it."""
    for name, colour in colours.items():
        of, least, towards = _CHECKS[name]
        if of(colour) < least:
            return Fault(name, of(colour), least, _until(colour, towards, lambda one: of(one) >= least))  # noqa: B023
    bar, highlight = bar_of(colours), colours.get("highlight", _SUN)
    if (found := contrast(bar, highlight)) >= SIGN:
        return None
    if "bar" in colours:
        return Fault("bar", found, SIGN, _until(bar, BLACK, lambda one: contrast(one, highlight) >= SIGN))
    return Fault("highlight", found, SIGN, _until(highlight, WHITE, lambda one: contrast(one, bar) >= SIGN))


def sheet(colours: Mapping[str, str]) -> tuple[str, bytes]:
    """Return the name and the bytes of the style sheet with a region's colours."""
    lines = [f"--{name}:var(--light,{light})var(--dark,{dark})" for name, (light, dark) in _tokens(colours).items()]
    data = f"body{{{';'.join(lines)}}}\n".encode()
    return f"colours-{hashlib.sha256(data).hexdigest()[:8].upper()}.css", data


def bar_of(colours: Mapping[str, str]) -> str:
    """Return the colour of the bar at the top."""
    return _completed(colours).get("bar", _BAR)


def _tokens(colours: Mapping[str, str]) -> Mapping[str, tuple[str, str]]:
    """Return all colours that follow from those given, light and dark, by the name of their token."""
    found: dict[str, tuple[str, str]] = {}
    if accent := colours.get("accent"):
        tint = _mixed(accent, _DARK[1], 0.78)
        bright = _until(_mixed(accent, WHITE, 0.4), WHITE, lambda one: _least(one, *_DARK, tint) >= TEXT)
        found |= {
            "brand": (accent, bright),
            "brand-strong": (_mixed(accent, BLACK, 0.35), _mixed(bright, WHITE, 0.45)),
            "brand-tint": (_tint(accent), tint),
            "on-brand": (WHITE, _mixed(accent, BLACK, 0.75)),
            "focus-on-paper": (accent, bright),
        }
    if bar := _completed(colours).get("bar"):
        night = _mixed(bar, BLACK, 0.35)
        found |= {
            "bar": (bar, night),
            "on-bar": (WHITE, "#eef5f6"),
            "on-bar-soft": (_on(bar, 0.75, TEXT), _on(night, 0.7, TEXT)),
            "bar-edge": (_on(bar, 0.45, SIGN), _on(night, 0.45, SIGN)),
        }
    if highlight := colours.get("highlight"):
        found["sun"] = (highlight, highlight)
    return found


def _completed(colours: Mapping[str, str]) -> dict[str, str]:
    """Return the colours with a bar that goes with the accent, where none is given."""
    if "bar" in colours or "accent" not in colours:
        return dict(colours)
    highlight = colours.get("highlight", _SUN)
    darker = _mixed(colours["accent"], BLACK, 0.3)
    return {**colours, "bar": _until(darker, BLACK, lambda one: contrast(one, highlight) >= SIGN)}


def _tint(accent: str) -> str:
    """Return the ground of what is marked, on which the accent can be read."""
    return _until(_mixed(accent, WHITE, 0.86), WHITE, lambda one: contrast(accent, one) >= TEXT)


_CHECKS: Mapping[str, tuple[Callable[[str], float], float, str]] = {
    "accent": (lambda one: _least(one, *_LIGHT), TEXT, BLACK),
    "bar": (lambda one: contrast(one, WHITE), TEXT, BLACK),
    "highlight": (lambda one: contrast(one, _INK), TEXT, WHITE),
}


def _on(ground: str, share: float, least: float) -> str:
    return _until(_mixed(ground, WHITE, share), WHITE, lambda one: contrast(one, ground) >= least)


def _until(colour: str, towards: str, suffices: Callable[[str], bool]) -> str:
    """Return the colour nearest to one, on the way to another, that suffices."""
    return next(one for step in range(_STEPS + 1) if suffices(one := _mixed(colour, towards, step / _STEPS)))


def _mixed(one: str, other: str, share: float) -> str:
    parts = (round(a + (b - a) * share) for a, b in zip(_parts(one), _parts(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in parts)


def _least(colour: str, *grounds: str) -> float:
    return min(contrast(colour, one) for one in grounds)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [part / 255 for part in _parts(colour)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _parts(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]

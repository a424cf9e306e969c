"""What the theme says about drawings: type, icons and words. Read once, shared by all drawings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from meedoenkaart.infographic.measuring.fonts import Fonts
from meedoenkaart.infographic.measuring.wrapping import Style, Wrapper
from meedoenkaart.languages import spoken
from meedoenkaart.layers import Layers
from meedoenkaart.records.scalars import Text
from meedoenkaart.yaml_loaders import load


@dataclass(frozen=True, slots=True)
class Look:
    """Type, icons and words for drawings in one language."""

    language: str
    styles: Mapping[str, Style]
    icons: Mapping[str, str]
    """Names of Lucide's icons by what they stand for."""
    words: Mapping[str, Any]
    wrapper: Wrapper

    def width(self, text: str, style: str) -> float:
        """Return the width of a line in px."""
        return self.wrapper.width(text, self.styles[style])

    def lines(self, text: str, style: str, width: float, *, balanced: bool = False) -> tuple[str, ...]:
        """Return the lines of a text in at most ``width`` px."""
        return self.wrapper.lines(text, self.styles[style], width, balanced=balanced)

    def leading(self, style: str) -> float:
        """Return the px from baseline to baseline."""
        return self.styles[style].leading

    def text(self, text: Text) -> str:
        """Return a text in the drawing's language, or in Dutch where nobody translated it."""
        return dict(text.others).get(self.language, text.nl)


def read_look(theme: Layers, fonts: Fonts, language: str) -> Look:
    """Read ``drawing/drawing.yml`` and the words of the drawing of a theme.

    In another language than Dutch, that has to be spoken: its words are those of the site.
    """
    look = load((theme / "drawing/drawing.yml").read_text("utf-8"))
    words = load((theme / "words.yml").read_text("utf-8"))["drawing"]
    if language == spoken().code:
        words = spoken().messages.tree(words)
    styles = {name: Style(name, one["size"], one["weight"], one["leading"]) for name, one in look["type"].items()}
    return Look(language, styles, look["icons"], words, Wrapper(fonts, look["breaks"], language))

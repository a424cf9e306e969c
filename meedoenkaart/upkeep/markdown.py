"""Text of contributors within Markdown: shown as it is, never as markup, a mention or a link."""

import re
from html import escape

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|~:/$^=\"'])")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")


def escaped(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line; nobody is mentioned by it and nothing becomes a link."""
    line = " ".join(_UNSEEN.sub(" ", text).split())
    marked = escape(_MARKUP.sub(r"\\\1", line), quote=False)
    return marked.replace("@", "@\u2060").replace("#", "#\u2060")


def code(text: str) -> str:
    """Return a text as code within a line."""
    line = " ".join(_UNSEEN.sub(" ", text).replace("`", "'").split())
    return f"`{line or ' '}`"


def fenced(text: str, language: str = "") -> str:
    """Return a text of several lines as a block of code, whose fence no line within can close."""
    longest = max((len(found) for found in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"

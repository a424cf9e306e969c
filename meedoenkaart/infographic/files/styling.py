"""The drawing's style sheet, for files of their own: whole for browsers, flat for the program that makes pictures."""

import re
from collections.abc import Sequence
from typing import Literal

Scheme = Literal["light", "dark"]
_TOKEN = re.compile(r"(--[\w-]+): var\(--light, ([^)]+)\) var\(--dark, ([^)]+)\);")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BOTH = (
    ".drawing { --light: initial; --dark: ; }\n"
    "@media (prefers-color-scheme: dark) { .drawing { --light: ; --dark: initial; } }\n"
)
_LIGHT = ".drawing { --light: initial; --dark: ; }\n"


def tokens(css: str, scheme: Scheme) -> dict[str, str]:
    """Return the colours of a scheme by their names."""
    return {name: light if scheme == "light" else dark for name, light, dark in _TOKEN.findall(css)}


def flat(css: str, scheme: Scheme = "light") -> str:
    """Return the rules with the colours filled in, and without what only browsers know."""
    colours = tokens(css, scheme)
    rules = _COMMENT.sub("", css).partition("@media")[0]
    rules = re.sub(r"\.drawing \{.*?\n\}\n", "", rules, flags=re.DOTALL)
    rules = re.sub(r"var\((--[\w-]+)\)", lambda found: colours[found[1]], rules)
    return re.sub(r"\s*\n\s*", "\n", rules).strip()


def whole(css: str, fonts: Sequence[tuple[str, str]], *, paper: bool) -> str:
    """Return the style sheet for a file of its own, with its fonts; one for paper is always light."""
    faces = "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: 100 900; '
        f"src: url(data:font/woff2;base64,{data}) format('woff2'); }}\n"
        for family, data in fonts
    )
    rules = re.sub(r"\s*\n\s*", "\n", _COMMENT.sub("", css)).strip()
    return faces + (_LIGHT if paper else _BOTH) + rules

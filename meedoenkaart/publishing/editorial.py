"""Editorial pages that all regions share: what a region's settings say takes the place of names in braces."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from babel import Locale

PROGRAM = "https://github.com/meedoenkaart/meedoenkaart"
"""Where the program and what all regions share is developed."""
_NAMES = re.compile(r"\{(site_name|site_url|repo_url|program_url|region|languages)\}")
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>&|#!]")
"""What means something in Markdown."""
_BEGINS = re.compile(r" *(?:\||[-*] |\d+\. |#)")
"""How a line of a table, an item of a list or a heading begins."""


def filled(markdown: str, values: Mapping[str, str]) -> str:
    """Return Markdown with values in the place of names such as ``{region}``; each value is text, not Markdown.

    A paragraph, item or row that names what has no value is left out. Code stays as it is.
    """
    return "".join(_filled(block, values) for block in _blocks(markdown))


def filled_line(text: str, values: Mapping[str, str]) -> str:
    """Return a title or a description with values in the place of names, as plain text."""
    return _NAMES.sub(lambda name: values.get(name[1], ""), text)


def names_of_languages(codes: list[str]) -> list[str]:
    """Return what languages are called in Dutch."""
    dutch = Locale("nl")
    known: Mapping[str, str] = dutch.languages
    return [known.get(code.replace("-", "_")) or known.get(code.partition("-")[0], code) for code in codes]


def _blocks(markdown: str) -> Iterator[str]:
    """Yield parts that stand or go as a whole, each with the empty lines that follow it; a block of code is one."""
    lines: list[str] = []
    in_code = False
    for line in markdown.splitlines(keepends=True):
        begins = (lines and not lines[-1].strip() and line.strip()) or _BEGINS.match(line)
        if begins and lines and not in_code:
            yield "".join(lines)
            lines = []
        lines.append(line)
        in_code ^= line.lstrip().startswith("```")
    yield "".join(lines)


def _filled(block: str, values: Mapping[str, str]) -> str:
    if block.lstrip().startswith("```"):
        return block
    if any(not values.get(name) for name in _NAMES.findall(block)):
        return ""
    return _NAMES.sub(lambda name: _as_markdown(name[1], values[name[1]]), block)


def _as_markdown(name: str, value: str) -> str:
    if name.endswith("_url"):
        return quote(value, safe=":/?#@!$&'*+,;=%~")
    return _SPECIAL.sub(lambda sign: f"&#{ord(sign[0])};", value)

"""What a page is made of, as a digest: where that is the same, the page is.

A page is made of its context, its template with all that the template names, its shell, and what every template may
use: words, icons, what routes are drawn with, the day and the small parts of the catalogue. Of organisations and
routes, which are many, a template uses what its context holds; a text in it that is a name is told from one that is
none. What the finder's files are called is left out: a page that is kept gets it anew.
"""

import datetime
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from types import FunctionType, NoneType
from typing import Any

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.geography.areas import PROVINCES
from meedoenkaart.languages import Language
from meedoenkaart.layers import made, theme_of
from meedoenkaart.publishing.assets import read_yaml
from meedoenkaart.publishing.embeds import CARDS
from meedoenkaart.publishing.marking import Names
from meedoenkaart.publishing.page import Page
from meedoenkaart.publishing.rendering import CARD, Site, everywhere, offers
from meedoenkaart.publishing.shells import Shells

_NAMED = re.compile(r"""["']([\w./-]+\.\w+)["']""")
"""What may be the name of another template, wherever a template says it."""
_EVERYWHERE = ("words.yml", "icons.yml", "head.html", "components/languages/languages.html")
"""Files of the theme that any page may show something of."""
_PLAIN = frozenset({int, float, bool, bytes, NoneType, datetime.date})
_SHORT = 64
"""A text up to this length stands for itself; a longer one is replaced by its digest."""
_MUCH = 150
"""From this length on, what stands for a record is remembered beyond the page that mentions it."""

Tokens = Sequence[str]
"""What stands for some records, in their order."""


class Digests:
    """Knows what the pages of one catalogue with one theme are made of."""

    def __init__(
        self,
        root: Path,
        site: Site,
        catalogue: Catalogue,
        shells: Shells,
        program: str,
        languages: Mapping[str, Language],
    ) -> None:
        """Take all that pages are made of; ``program`` stands for the code that makes them."""
        self._languages = languages
        self._program = program
        self._theme = theme = theme_of(root)
        self._shells = shells
        self._seen: dict[int, tuple[object, str]] = {}
        self._small: list[int] = []
        self._template = cache(self._template_of)
        self._names = Names(catalogue)
        parts = [*(theme / name for name in _EVERYWHERE), *theme.files("drawing/*").values()]
        offered = offers(read_yaml(theme / "words.yml"), languages.values())
        site_in = [(code, one.name, offered[code]) for code, one in languages.items()]
        named = [*PROVINCES.values(), catalogue.nationwide.name]  # which templates mark as names, if they are any
        files = [path.read_bytes() for path in (*parts, made(root, "libraries")) if path.is_file()]
        self._everywhere = _hash(self._token([program, site, everywhere(catalogue), named, site_in, files]))
        self._small.clear()  # what pages share stays known

    def of(self, page: Page) -> str:
        """Return the digest of a page; raises ``TypeError`` when its context holds what can't be compared."""
        about = [getattr(page, field.name) for field in fields(page) if field.name != "context"]
        said = self._languages[page.language].messages.state
        digest = _hash(self._everywhere, said, self._token(about), self._token(page.shown()), self._frame(page))
        self._forget_small()
        return digest

    def take_in(self, records: Iterable[object], tokens: Tokens | None = None) -> Tokens:
        """Look at records that many pages mention; return what stands for each.

        ``tokens`` is what this returned in another process: then nothing is looked at again.
        """
        kept = list(records)
        found = tokens or [self._token(one) for one in kept]
        self._forget_small()
        self._seen.update((id(one), (one, token)) for one, token in zip(kept, found, strict=True))
        return found

    def of_data(self, *parts: object) -> str:
        """Return the digest of values that a file without a template is made of, and forget what only they hold."""
        before = len(self._seen)
        digest = _hash(self._program, self._token(parts))
        while len(self._seen) > before:  # or all organisations would be remembered, in every process
            self._seen.popitem()
        self._small.clear()
        return digest

    def _forget_small(self) -> None:
        """Forget what only one page mentions: of all pages it would take more memory than the catalogue."""
        for one in self._small:
            del self._seen[one]
        self._small.clear()

    def _frame(self, page: Page) -> str:
        """Return the digest of what lies around a page and of the template that draws it."""
        template = self._template(f"pages/{page.template}.html")
        if page.beside == CARDS:
            template += self._template(CARD)
        if page.whole:
            return template
        shell = self._shells.parts(page.url)
        known = self._seen.get(id(shell))
        if known is None:
            known = self._seen[id(shell)] = (shell, _hash(*map(bytes.decode, shell)))
        return known[1] + template

    def _template_of(self, name: str) -> str:
        """Return the text of a template and of all that it names."""
        known: dict[str, str] = {}
        waiting = [name]
        while waiting:
            file = waiting.pop()
            if file not in known:
                path = self._theme / file
                known[file] = path.read_text("utf-8") if path.is_file() else ""
                waiting += _NAMED.findall(known[file])
        return _hash(*(part for file in sorted(known) for part in (file, known[file])))

    def _token(self, value: Any) -> str:
        """Return a text that stands for a value; a record is looked at once, however often it is mentioned."""
        kind: type = type(value)
        if kind is str:  # a template marks names
            return f"{value!r}*" if self._names.is_name(value) else repr(value)
        if kind in _PLAIN:
            return repr(value)
        token = self._token
        if isinstance(value, tuple | list):
            return f"{kind.__name__}({self._tokens(value)})"
        if (names := _fields(kind)) is not None:
            known = self._seen.get(id(value))
            if known is None:
                told = f"{kind.__name__}({self._tokens([getattr(value, name) for name in names])})"
                known = self._seen[id(value)] = (value, told if len(told) <= _SHORT else _hash(told))
                if len(told) <= _MUCH:
                    self._small.append(id(value))
            return known[1]
        if isinstance(value, Mapping):
            return f"{{{','.join([f'{token(key)}:{token(one)}' for key, one in value.items()])}}}"
        if isinstance(value, Set):
            return f"{{{','.join(sorted(map(token, value)))}}}"
        if isinstance(value, str):
            return self._token(str(value))
        if isinstance(value, type) or (isinstance(value, FunctionType) and value.__closure__ is None):
            return f"{value.__module__}.{value.__qualname__}"
        raise TypeError(f"nobody knows whether a {kind.__name__} changed, and a page shows it: {value!r:.80}")

    def _tokens(self, values: Iterable[Any]) -> str:
        return ",".join([repr(one) if type(one) in _PLAIN else self._token(one) for one in values])


@cache
def _fields(kind: type) -> tuple[str, ...] | None:
    """Return the names of the fields by which records of a class are compared; None of another class."""
    return tuple(field.name for field in fields(kind) if field.compare) if is_dataclass(kind) else None


def _hash(*parts: str) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(4, "big") + data)
    return digest.hexdigest()

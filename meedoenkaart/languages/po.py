"""A message catalogue as it lies in a file: gettext's, with the plural forms that CLDR knows.

What a file's header says of its language, letters and plural forms counts for nothing: its place says the language,
it is in UTF-8, and Babel's own list of plural forms leaves some languages out.
"""

import re
from io import StringIO
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, PoFileParser
from babel.plural import to_gettext

from meedoenkaart.languages.messages import categories_of, unreadable
from meedoenkaart.layers import TRANSLATIONS

LONGEST_FILE = 1_000_000
"""Bytes; a complete catalogue is a tenth of it."""


class PluralCatalog(Catalog):
    """A catalogue with as many forms of each counted text as CLDR knows for a locale."""

    def __init__(self, locale: Locale, **about: Any) -> None:
        """Take the locale, and what else Babel's own catalogue takes."""
        self._spoken = locale
        super().__init__(locale=locale, **about)

    @property
    def num_plurals(self) -> int:
        """How many forms a counted text has."""
        return len(categories_of(self._spoken))

    @property
    def plural_expr(self) -> str:
        """Which whole number takes which form, as gettext writes it; it has no exponent (CLDR's ``e``)."""
        rule = to_gettext(self._spoken.plural_form).partition("plural=")[2].rstrip(";")
        return re.sub(r"\be\b", "0", rule)


def read_catalogue(path: Path, locale: Locale) -> Catalog:
    """Return the catalogue in a ``.po`` file; raises ``ValueError`` when it is none."""
    file = f"{TRANSLATIONS}/{path.parent.name}/{path.name}"
    if not path.is_file():  # a folder, or what never ends
        raise unreadable("no-file", file=file)
    if path.stat().st_size > LONGEST_FILE:
        raise unreadable("too-long", file=file, longest=LONGEST_FILE // 1000)
    catalog = PluralCatalog(locale)
    try:
        PoFileParser(catalog, abort_invalid=True).parse(StringIO(path.read_bytes().decode("utf-8-sig")))
    except UnicodeDecodeError:
        raise unreadable("no-utf-8", file=file) from None
    except PoFileError as error:
        raise unreadable("wrong-line", file=file, line=error.lineno + 1) from error
    except Exception as error:  # Babel's parser and its reading of the header raise whatever Python does
        raise unreadable("no-catalogue", file=file) from error
    catalog.locale, catalog.charset = locale, "utf-8"
    return catalog

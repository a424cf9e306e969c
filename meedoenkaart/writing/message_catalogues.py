"""From the project to message catalogues: which texts there are to translate, and what became of translations.

Texts come from templates (``{% trans %}`` and ``_()``) and from the YAML of texts. Catalogues are gettext's, as
translators and their tools know them: a template ``messages.pot``, and ``messages.po`` in a folder for each language.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po
from jinja2 import TemplateSyntaxError
from jinja2.ext import babel_extract
from yaml import YAMLError

from meedoenkaart.languages import Language
from meedoenkaart.languages.messages import NO_TEXT, complaint, texts_in
from meedoenkaart.languages.po import PluralCatalog, read_catalogue
from meedoenkaart.layers import own_translations, theme_of, translations_of
from meedoenkaart.texts import FOLDER as TEXTS
from meedoenkaart.yaml_loaders import load_texts

TEMPLATE = "messages.pot"
CATALOGUE = "messages.po"
WORDS_FOR_RESIDENTS = frozenset(
    """
    accessible ask costs declaration drawing embed finder language law law_past map meedoenbalie moment money offline
    onward permission precision reception_type route_files route_of route_stage shortlist status through travel travels
    unit vog way way_among ways
    """.split()  # noqa: SIM905  # as a list these would be many lines of quotes
)
"""The parts of ``theme/words.yml`` that pages for residents show; all else is for who works in Dutch."""
PAGES_FOR_RESIDENTS = frozenset(
    """
    activities agenda country embed-agenda embed-offers embed-permit embed-route general-contact glossary home
    municipality municipality-index municipality-route
    nationwide offline onward opportunities opportunities-activity opportunities-municipality opportunities-nationwide
    opportunities-sector organisation organisation-nationwide reception reception-index sectors shortlist without-travel
    """.split()  # noqa: SIM905  # likewise
)
"""The same of ``meedoenkaart/texts/nl/pages.yml``."""
_ABOUT = """\
What the site says to residents, in another language; see docs/developers/languages.md.
Licence: EUPL-1.2. Placeholders such as %(name)s and {name}, and tags such as <strong>, stay as they are.\
"""


@dataclass(frozen=True, slots=True)
class State:
    """How far the translation into a language is."""

    language: str
    texts: int
    """How many there are to translate."""
    missing: tuple[str, ...]
    """Dutch texts without a translation."""
    fuzzy: tuple[str, ...]
    """Dutch texts that changed after they were translated."""
    unused: tuple[str, ...]
    """Translated texts that are not in the project any more."""
    wrong: tuple[tuple[str, str], ...]
    """Dutch texts with a translation that is left out, and why: see ``complaint``."""
    translated: tuple[tuple[str, str], ...]
    """Dutch texts with their translations, the forms of a counted one as one text."""

    @property
    def share(self) -> float:
        """Which part is translated, from 0 to 1."""
        return 1 - (len(self.missing) + len(self.fuzzy) + len(self.wrong)) / max(1, self.texts)


def extract(root: Path) -> Catalog:
    """Return all texts to translate of the project at ``root``, in the order of its files."""
    catalog = _catalog()
    for path, text in texts_to_translate(root):
        catalog.add(text, locations=[(path, 0)], flags=["python-format"] if _is_format(text) else ())
    return catalog


def write_template(root: Path) -> Path:
    """Write the catalogue that new languages begin with; return its path."""
    return _write(own_translations(root) / TEMPLATE, extract(root))


def update(root: Path, languages: Sequence[Language]) -> Iterator[Path]:
    """Bring the catalogues of languages up to date with the project; yield the path of each."""
    template = extract(root)
    for language in languages:
        path = own_translations(root) / language.code / CATALOGUE
        catalog = read_catalogue(path, language.locale) if path.exists() else _catalog(language)
        catalog.update(template, update_header_comment=True)
        catalog.obsolete.clear()
        yield _write(path, catalog)


def state(root: Path, language: Language, template: Catalog) -> State:
    """Return how far the translation of a ``template`` (see ``extract``) into a language is."""
    path = translations_of(root) / f"{language.code}/{CATALOGUE}"
    catalog = read_catalogue(path, language.locale) if path.exists() else _catalog(language)
    known = {_source(one): one for one in catalog if one.id and not one.context}
    wanted = [_source(one) for one in template if one.id]
    missing, fuzzy, wrong, translated = [], [], [], []
    for source in wanted:
        message = known.get(source)
        forms = _forms(message)
        if not message or not forms or not all(forms):
            missing.append(source[0])
        elif message.fuzzy:
            fuzzy.append(source[0])
        elif found := next(filter(None, (complaint(source, form) for form in forms)), ""):
            wrong.append((source[0], found))
        else:
            translated.append((source[0], "\0".join(forms)))
    unused = [one[0] for one in known if one not in set(wanted)]
    parts = (missing, fuzzy, unused, wrong, translated)
    return State(language.code, len(wanted), *(tuple(part) for part in parts))  # type: ignore[arg-type]  # in order


def texts_to_translate(root: Path) -> Iterator[tuple[str, str | tuple[str, str]]]:
    """Yield each text with the file that it stands in; a counted one as a pair."""
    theme = theme_of(root)
    for file, path in theme.files("**/*.html").items():
        name = f"theme/{file}"
        try:
            found = list(babel_extract(BytesIO(path.read_bytes()), ("_", "gettext", "ngettext"), (), _OPTIONS))
        except TemplateSyntaxError as error:
            raise ValueError(f"{name}:{error.lineno}: {error.message}") from error
        for _, _, text, _ in found:
            if isinstance(text, str):
                yield name, text
            elif text:
                one, other, *_ = (str(part) for part in text if part is not None)
                yield name, (one, other)
    for path, wanted in ((theme / "words.yml", WORDS_FOR_RESIDENTS), (TEXTS / "pages.yml", PAGES_FOR_RESIDENTS)):
        try:
            tree = load_texts(path.read_bytes())
        except YAMLError as error:
            raise ValueError(f"{path.parent.name}/{path.name}: {error}") from error
        yield from _texts_of(path, {name: part for name, part in tree.items() if name in wanted})
    yield from _texts_of(TEXTS / "times.yml", load_texts((TEXTS / "times.yml").read_bytes()))


def _texts_of(path: Path, tree: Mapping[str, object]) -> Iterator[tuple[str, str | tuple[str, str]]]:
    name = f"{path.parent.name}/{path.name}"
    yield from ((name, text) for keys, text in texts_in(tree) if NO_TEXT not in keys)


_OPTIONS = {"trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}


def _is_format(text: str | tuple[str, str]) -> bool:
    return "%(" in (text if isinstance(text, str) else text[1])


def _catalog(language: Language | None = None) -> Catalog:
    header = "\n".join(f"# {line}" for line in _ABOUT.splitlines())
    about: Any = {"header_comment": header, "project": "Meedoenkaart", "fuzzy": False}
    return PluralCatalog(language.locale, **about) if language else Catalog(**about)


def _write(path: Path, catalog: Catalog) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = BytesIO()
    write_po(data, catalog, width=0, include_lineno=False, ignore_obsolete=True, omit_header=False)
    # Babel also writes when it did so, which would make of the same texts another file every minute.
    lines = [line for line in data.getvalue().splitlines(keepends=True) if not line.startswith(_LEFT_OUT)]
    path.write_bytes(b"".join(lines))
    return path


_LEFT_OUT = tuple(
    f'"{name}:'.encode()
    for name in (
        *("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Generated-By"),
        *("Project-Id-Version", "Report-Msgid-Bugs-To"),
    )
)


def _source(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _forms(message: Message | None) -> tuple[str, ...]:
    if message is None or not message.string:
        return ()
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)

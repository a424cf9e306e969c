"""Made-up languages: messages within brackets, with accents and longer by two fifths, to see what is none."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.pofile import write_po
from ruamel.yaml import YAML

from meedoenkaart.languages import Language
from meedoenkaart.languages.messages import PLACEHOLDER, TAG, categories_of
from meedoenkaart.layers import TRANSLATIONS
from meedoenkaart.writing.message_catalogues import extract
from tests.site.copies import built, copy_project, speak

FROM_LEFT, FROM_RIGHT = "en-XA", "ar-XB"
REAL = ("en", "ar", "fa-AF", "ti", "tr", "uk")
OPEN, CLOSE = "⟦", "⟧"
_ACCENTS = str.maketrans("aeiouncAEIOUNC", "áéíóúñçÁÉÍÓÚÑÇ")
_KEPT = re.compile(f"{PLACEHOLDER.pattern}|{TAG.pattern}")


def accented(text: str) -> str:
    """Return a text within brackets, with accents on all that is not filled in, and longer by two fifths."""
    kept = _KEPT.findall(text)
    rest = [one.translate(_ACCENTS) for one in _KEPT.split(text)]
    inside = "".join(part for pair in zip(rest, [*kept, ""], strict=True) for part in pair)
    return f"{OPEN}{inside}{'·' * max(1, round(0.4 * len(text)))}{CLOSE}"


def write_catalogue(project: Path, code: str) -> None:
    """Write the catalogue of a made-up language into a project."""
    language = Language(code)
    catalog = extract(project)
    catalog.locale = language.locale
    for message in catalog:
        if message.id:
            one, other = (message.id, message.id) if isinstance(message.id, str) else message.id
            forms = [accented(one if form == "one" else other) for form in categories_of(language.locale)]
            message.string = accented(one) if isinstance(message.id, str) else tuple(forms)
    data = BytesIO()
    write_po(data, catalog, width=0)
    path = project / TRANSLATIONS / code / "messages.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.getvalue())


def translate_catalogue(project: Path) -> None:
    """Write the catalogue's shared words in the made-up languages beside those in others."""
    yaml = YAML()
    yaml.width = 10_000
    for path in (*(project / "catalogue").glob("*.yml"), project / "routes/statutory.yml"):
        tree = yaml.load(path.read_text("utf-8"))
        _translate(tree)
        with open(path, "w", encoding="utf-8") as file:
            yaml.dump(tree, file)


def _translate(tree: Any) -> None:
    if isinstance(tree, dict) and {"nl", "en"} <= tree.keys() and isinstance(tree["nl"], str):
        tree |= dict.fromkeys((FROM_LEFT, FROM_RIGHT), f"{OPEN}{tree['nl']}{CLOSE}")
    elif isinstance(tree, dict | list):
        for one in tree.values() if isinstance(tree, dict) else tree:
            _translate(one)


def make_spoken(fork: Path, target: Path) -> None:
    """Copy a small project and build its site in all languages, and in two that are made up."""
    copy_project(fork, target)
    translate_catalogue(target)
    for code in (FROM_LEFT, FROM_RIGHT):
        write_catalogue(target, code)
    moved = target / "catalogue/municipalities/noardeast-fryslan.yml"
    moved.write_text(f"{moved.read_text('utf-8').rstrip()}\naliases: [dongeradeel]\n", "utf-8")
    speak(target, *REAL, FROM_LEFT, FROM_RIGHT)
    built(target)

"""What is wrong with a region's own sentences: where, why, and which the site does not have."""

from collections.abc import Iterator
from pathlib import Path

from rapidfuzz import fuzz, process

from meedoenkaart.languages.messages import complaint, texts_in
from meedoenkaart.languages.sentences import FILE, is_own
from meedoenkaart.layers import theme_of
from meedoenkaart.problems import ALIKE, Problem, problem
from meedoenkaart.reading.yaml_text import parse, positions
from meedoenkaart.texts import FOLDER as TEXTS
from meedoenkaart.texts import texts
from meedoenkaart.writing.message_catalogues import texts_to_translate
from meedoenkaart.yaml_loaders import load_texts

_RULES = {
    "form": "sentence-form",
    "counted": "sentence-counted",
    "placeholder": "sentence-placeholder",
    "tag": "sentence-tag",
    "control": "sentence-control",
    "unknown": "sentence-unknown",
}
"""The rule that a region's sentence breaks, by what is wrong with it."""


def problems_of_sentences(root: Path) -> list[Problem]:
    """Return what is wrong in a region's sentences, and as warnings those that the site does not have."""
    path = root / FILE
    if not path.is_file():
        return []
    data = path.read_bytes()
    tree, found = parse(data, FILE, checks=())
    if tree is None or found:
        return found
    if not isinstance(tree, dict):
        return [problem(_RULES["form"], FILE, sentence="")]
    known = _known(root)
    places = positions(data, [(source,) for source in tree])
    for (source, own), (line, column) in zip(tree.items(), places, strict=True):
        if rule := _wrong(source, own, known):
            found.append(problem(rule, FILE, line, column, sentence=source, suggestion=_suggestion(source, known)))
    return found


def gone(root: Path) -> list[str]:
    """Return the sentences that a region says otherwise, though the site has none of them (any more)."""
    path = root / FILE
    tree = parse(path.read_bytes(), FILE, checks=())[0] if path.is_file() else None
    known = _known(root) if tree else {}
    return [source for source in tree if source not in known] if isinstance(tree, dict) else []


def _wrong(source: str, own: object, known: dict[str, tuple[str, ...]]) -> str:
    """Return the rule that a region's sentence breaks, or nothing."""
    if source not in known:
        return _RULES["unknown"]
    forms = known[source]
    if not is_own(own) or isinstance(own, dict) != (len(forms) == 2):
        return _RULES["counted" if len(forms) == 2 else "form"]
    told = own.values() if isinstance(own, dict) else [str(own)]
    return _RULES.get(next(filter(None, (complaint(forms, one) for one in told)), ""), "")


def _suggestion(source: str, known: dict[str, tuple[str, ...]]) -> str:
    closest = process.extractOne(source, known.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return str(texts("problems")["did-you-mean"].format(name=closest[0])) if closest else ""


def _known(root: Path) -> dict[str, tuple[str, ...]]:
    """Return the sentences of the site that a region can say otherwise, with their forms; see ``FILE``."""
    forms = ((text,) if isinstance(text, str) else text for text in _all(root))
    return {one[-1]: one for one in forms}


def _all(root: Path) -> Iterator[str | tuple[str, str]]:
    yield from (text for _, text in texts_to_translate(root))
    for path in (theme_of(root) / "words.yml", TEXTS / "pages.yml"):
        yield from (text for _, text in texts_in(load_texts(path.read_bytes())))

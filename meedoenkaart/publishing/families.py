"""Which words are forms of one word, and what compounds are made of: who looks for "taallessen" finds "taalles".

Forms come from the lemmas of simplemma, compounds from the spelling dictionary of OpenTaal. To read these takes
seconds; what is made of them is kept, so that a build only picks what belongs to the words of its catalogue.
"""

import hashlib
import json
import os
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from meedoenkaart.geography.places import table
from meedoenkaart.layers import made
from meedoenkaart.texts import fold

CACHE = ".cache/dutch"
"""What was made of the dictionaries, below the project's root; safe to delete."""
"""The dictionary of OpenTaal, below the project's root."""
SHORTEST = 3
"""Letters of a part of a compound."""
LONGEST = 40
"""Letters of a word that is taken apart."""
LINKS = ("", "s", "e", "en")
"""What may stand between two parts, and "en" after the last letter once more: "mannengroep"."""
FREQUENT = 1500
"""How many parts of frequent compounds are told besides those in the catalogue."""
FUNCTION_WORDS = frozenset(
    """
    aan achter af al alle alleen als andere ander anders ben bent bij bijna binnen buiten daar dan dat de den der
    des deze die dit doe doen doet door dus echt een eens elk elkaar elke en er etc even ga gaan gaat geen gek had
    hadden heb hebben hebt heeft heel hem hen het hier hij hoe hun iets iemand ieder iedere iedereen ik in is ja je
    jij jou jouw jullie kan kon konden kun kunnen kunt laat laten maar mag mee meer meest met mij mijn mocht mochten
    moet moeten na naar naast nee niemand niet niets nog nu of om ons onze ook op over per samen soms tegen te toch
    toe toen tot tussen u uit uw van vanaf veel via vol voor vooral waar wanneer want waren was wat we weg wel welk
    welke wie wij wil willen word worden wordt zal ze zelf zich zij zijn zo zoals zonder zou zouden zullen
    """.split()  # noqa: SIM905  # as a list these would be many lines of quotes
)
"""Words that nobody looks for: they have no family and are no part of a compound."""
SIMPLE = frozenset("cultuur gesprek gesprekken netwerk vijftien".split()).union(  # noqa: SIM905  # likewise
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()  # noqa: SIM905
)
"""Words that only seem to be compounds."""

_MENDED = {"boost": "boost", "buste": "buste", "gilde": "gilde", "leden": "lid", "zagen": "zaag"}
"""What words are forms of, where simplemma thinks of a word that is looked for less."""
_LETTERS = re.compile(r"[^\W\d_]+")
_ENTRY = re.compile(r"^([a-z]{3,})(?:/(\S+))?$", re.MULTILINE)
"""A line of the dictionary: a word in small letters and its flags, of two signs each."""
_BEGIN = frozenset({"Ca", "CA", "Cb", "CB", "Cd", "Ce", "Ch"})
"""Flags of what compounds begin with."""
_STEM = "V3"
"""The flag of a verb's stem, which may begin one as well: "naaimachine"."""
_SHORT_STEMS = frozenset({"eet", "rij"})
"""Those of three letters that do; "lap" of "laptop" does not."""
_END = "Cc"
"""The flag of what compounds end with."""
_NOUN = frozenset({_END, "Ya", "Yb", "Yc", "Yd", "Ye", "Yf", "Za", "Zb", "Zc", "Zd", "Ze", "Zf", "Zh", "Zi"})
"""Flags of nouns: their diminutives and plurals."""
_SURE = 6
"""From so many letters on, every noun may end a compound."""
_ENDINGS = frozenset({"aar", "baar", "heid", "lijk", "loos", "ster"})
"""Nouns that are endings of other words more often."""
_COMPOUND = re.compile(r"[^dnte]$")
"""What no form of a verb of two parts ends with: "kaartspel"."""
_NO_STEM = ("en", "e", "jes")
"""What stems of verbs do not end with."""
_SHORT_VOWEL = re.compile(r"^[^aeiou]*[aeiou][^aeiouwxy]$")
_LONG_VOWEL = re.compile(r"(aa|ee|oo|uu)[^aeiou]$")
_VOICED = {"f": "v", "s": "z"}
_MOST_STEPS = 3
"""From a form to what it is a form of, and so on."""
_DIALECT = re.compile(r"[^aeiou]?(ke|ie)s?")
_SELDOM = ("s", "st", "ers", "eren", "ere")
"""Endings of adjectives that are seldom written."""


@dataclass(frozen=True, slots=True)
class Families:
    """What the finder knows of words, all of them folded."""

    forms: list[str]
    """The forms of one word each, separated by spaces."""
    parts: dict[str, str]
    """The compounds of the catalogue, with their parts, separated by spaces."""
    known: str
    """Words of which other compounds may be made, separated by spaces."""


def families(words: Iterable[str], root: Path) -> Families:
    """Return the families of the folded ``words`` of a catalogue; ``root`` is the project's."""
    return _found(frozenset(word for word in words if len(word) >= SHORTEST and word not in FUNCTION_WORDS), root)


@lru_cache(maxsize=1)  # in a preview most changes bring no new word
def _found(told: frozenset[str], root: Path) -> Families:
    dutch = _dutch(root)
    forms = sorted(
        " ".join(kept)
        for family in map(str.split, dutch.families)
        if not told.isdisjoint(family) and len(kept := _common(family, told)) > 1
    )
    nouns, last, whole = set(dutch.nouns), set(dutch.last), SIMPLE.union(dutch.simple, _place_names())
    first = told.intersection(nouns).union(dutch.first)
    parts = {word: " ".join(found) for word in sorted(told - whole) if (found := _parts(word, first, last))}
    seen = told.union(*map(str.split, forms))
    known = (seen & (first | nouns)).union(dutch.frequent, *map(str.split, parts.values()))
    return Families(forms, parts, " ".join(sorted(known - _ENDINGS)))


@dataclass(frozen=True, slots=True)
class _Dutch:
    """All that is taken from the dictionaries."""

    families: list[str]
    first: list[str]
    """What compounds begin with, and may have in their middle."""
    last: list[str]
    """What compounds end with: nouns and their forms."""
    nouns: list[str]
    """The nouns themselves."""
    simple: list[str]
    """Forms of verbs, and of nothing else: "luisteren" has no "luis"."""
    frequent: list[str]
    """The parts of most compounds."""


@cache
def _dutch(root: Path) -> _Dutch:
    """Return what the dictionaries say, as it was kept or read anew."""
    spelling = made(root, "spelling")
    edition = json.loads((spelling / "package.json").read_text("utf-8"))["version"]
    inputs = repr((version("simplemma"), edition, Path(__file__).read_text("utf-8")))
    file = root / CACHE / f"{hashlib.sha256(inputs.encode()).hexdigest()[:20]}.json"
    with suppress(OSError, ValueError, TypeError):
        return _Dutch(**json.loads(file.read_bytes()))
    found = _read((spelling / "index.dic").read_text("utf-8"))
    file.parent.mkdir(parents=True, exist_ok=True)
    for old in file.parent.glob("*.json"):
        old.unlink(missing_ok=True)
    part = file.with_suffix(f".{os.getpid()}")  # another build may do the same
    part.write_text(json.dumps(asdict(found), ensure_ascii=False, separators=(",", ":")), "utf-8")
    part.replace(file)
    return found


def _read(dictionary: str) -> _Dutch:
    flags = _flags(dictionary)
    found = list(_families(_lemmas()))
    verbal = [family for family in found if any(_is_verbal(family, form) for form in family)]
    stems = {word for word, has in flags.items() if _STEM in has and len(word) > SHORTEST} | _SHORT_STEMS
    begin = {word for word, has in flags.items() if has & _BEGIN} - FUNCTION_WORDS
    end = {word for word, has in flags.items() if _END in has or (len(word) >= _SURE and has & _NOUN)}
    last = end.union(*(family for family in found if not end.isdisjoint(family))) - FUNCTION_WORDS - _ENDINGS
    nouns = {word for word in last if word in end or flags.get(word, set()) & _NOUN}
    count: Counter[str] = Counter()
    for word in flags:
        for at in range(SHORTEST, len(word) - SHORTEST + 1):
            if word[:at] in begin and word[at:] in nouns:
                count.update((word[:at], word[at:]))
    verbs = set(chain.from_iterable(verbal))
    return _Dutch(
        families=[" ".join(family) for family in found],
        first=sorted(begin | stems),
        last=sorted(last),
        nouns=sorted(nouns),
        simple=sorted(
            {form for form in verbs if not (flags[form] & _NOUN if form in flags else _COMPOUND.search(form))}
        ),
        frequent=sorted(count, key=lambda word: (-count[word], word))[:FREQUENT],
    )


def _flags(dictionary: str) -> dict[str, set[str]]:
    """Return the flags of the words in small letters, folded."""
    flags: dict[str, set[str]] = defaultdict(set)
    folded = "".join(sign for sign in unicodedata.normalize("NFKD", dictionary) if not unicodedata.combining(sign))
    for word, signs in _ENTRY.findall(folded):
        flags[word].update(signs[at : at + 2] for at in range(0, len(signs), 2))
    return flags


def _lemmas() -> dict[str, str]:
    """Return what each word in small letters is a form of, or so it is said."""
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory  # slow; who only checks needs none of it

    dictionary = DefaultDictionaryFactory(cache_max_size=1).get_dictionary("nl")
    found: dict[str, str] = {}
    for form in dictionary:
        if form.islower() and (word := _plain(form)) and (lemma := _plain(dictionary[form])):
            found.setdefault(word, lemma)
    return found | _MENDED


def _plain(word: str) -> str:
    """Return a word folded and without apostrophes; nothing when it is several."""
    folded = word if word.isascii() else fold(word)
    folded = folded.lower().replace("'", "").replace("’", "")
    return folded if _LETTERS.fullmatch(folded) else ""


def _families(lemmas: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield the forms of each word, in order; "werk" is in two families: a thing and, for "ik werk", what one does."""
    found: dict[str, set[str]] = defaultdict(set)
    roots = {word: _root(word, lemmas) for word in lemmas}
    for word, root in roots.items():
        found[root].add(word)
        if (lemma := lemmas[word]) not in lemmas and _are_kin(word, lemma):
            found[lemma].add(lemma)
    for word in lemmas:
        if word.endswith(_NO_STEM) or word in FUNCTION_WORDS:
            continue
        verb = next((verb for verb in _verbs(word) if verb in roots), "")
        if verb and f"{word}ste" not in lemmas and _is_verbal(family := found[roots[verb]], verb):
            family.add(word)
    for root in sorted(found):
        if len(found[root]) > 1:
            yield sorted(found[root])


def _is_verbal(family: Collection[str], verb: str) -> bool:
    return f"{verb}d" in family or f"{verb}de" in family


def _verbs(stem: str) -> tuple[str, ...]:
    """Return what the verb of a stem may be: "plannen", "wonen", "reizen", "werken"."""
    end = _VOICED.get(stem[-1], stem[-1])
    if _SHORT_VOWEL.search(stem):
        return (f"{stem}{stem[-1]}en",)
    if _LONG_VOWEL.search(stem):
        return (f"{stem[:-2]}{end}en",)
    return (f"{stem}en", f"{stem[:-1]}{end}en")


def _root(word: str, lemmas: Mapping[str, str]) -> str:
    """Return what a word is a form of, in the end; of two that are said to be forms of each other, the shorter."""
    way = [word]
    while len(way) <= _MOST_STEPS:
        lemma = lemmas.get(way[-1], way[-1])
        if lemma in way or not _are_kin(way[-1], lemma):
            break
        way.append(lemma)
    last = way[-1]
    other = lemmas.get(last, last)
    return min(last, other, key=lambda one: (len(one), one)) if other in way else last


def _are_kin(word: str, lemma: str) -> bool:
    """Say whether one can be a form of the other: none of function words, a letter or two, what begins otherwise."""
    if len(word) < SHORTEST or len(lemma) < SHORTEST or word in FUNCTION_WORDS or lemma in FUNCTION_WORDS:
        return False
    return word[0] == lemma[0] or word.removeprefix("ge")[:1] == lemma.removeprefix("ge")[:1]


def _common(family: list[str], told: Collection[str]) -> list[str]:
    """Return the forms that people write, and those of the catalogue."""
    return [form for form in family if form in told or not _is_rare(form, family)]


def _is_rare(form: str, family: Collection[str]) -> bool:
    """Say whether hardly anybody writes a form: "plekske", "fietsende", "gefietste", "fietse", "fietsde", "groens"."""
    past = form.removesuffix("n").removesuffix("de")
    return (
        form.endswith("tt")
        or (form.endswith(("end", "ende")) and form.removesuffix("e").removesuffix("d") in family)
        or (form.startswith("ge") and form.endswith(("de", "te")) and form[:-1] in family)
        or (form.endswith("e") and f"{form}nd" in family and not {f"{form}s", f"{form}r"} & {*family})
        or (len(past) < len(form) - 1 and f"{past}te" in family)
        or (form.endswith(("e", "es")) and any(_DIALECT.fullmatch(form.removeprefix(one)) for one in family))
        or (form.endswith("ken") and form[:-3] in family and form[-4] != "k")
        or any(
            form.endswith(end) and (base := form.removesuffix(end)) in family and f"{base}ste" in family
            for end in _SELDOM
        )
    )


def _parts(word: str, first: Collection[str], last: Collection[str]) -> list[str]:
    """Return the parts of a compound, as few and as long as can be; nothing when it is none."""
    if not 2 * SHORTEST <= len(word) <= LONGEST:
        return []
    # By where a part may begin: how many parts and short parts come before, the letters between them, and the parts.
    best: list[tuple[int, int, int, list[str]] | None] = [None] * (len(word) + 1)
    best[0] = (0, 0, 0, [])
    for start, before in enumerate(best):
        if before is None:
            continue
        many, short, between, parts = before
        for end in range(start + SHORTEST, len(word) + 1):
            part = word[start:end]
            if part == word or part not in (first if end < len(word) else last):
                continue
            for link in (*LINKS, f"{part[-1]}en") if end < len(word) else LINKS[:1]:
                if word.startswith(link, end):
                    found = (many + 1, short + (len(part) == SHORTEST), between + len(link), [*parts, part])
                    after = end + len(link)
                    if after < len(word) or end == len(word):
                        best[after] = min(best[after] or found, found)
    whole = best[-1]
    return whole[3] if whole else []


@cache
def _place_names() -> frozenset[str]:
    return frozenset(fold(place.name) for place in table())

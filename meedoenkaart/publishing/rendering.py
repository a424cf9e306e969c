"""From a page to HTML: the templates of ``theme/pages/`` and the words they use. Autoescape is on everywhere."""

import datetime
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

import idna
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from meedoenkaart.calendars.selection import own_calendar
from meedoenkaart.catalogue import Catalogue, Offer, OrganisationPage
from meedoenkaart.continuity.travels import travels
from meedoenkaart.geography.areas import PROVINCES
from meedoenkaart.geography.distance import BIKE_KM_PER_HOUR, DETOUR, bike_minutes
from meedoenkaart.icons import Icons
from meedoenkaart.infographic import CannotDraw, Draughtsman
from meedoenkaart.infographic.measuring.forms import FormName
from meedoenkaart.infographic.measuring.wrapping import held, isolated
from meedoenkaart.languages import DUTCH, SOURCE, Language, speaking, spoken
from meedoenkaart.languages.formats import counted, day, decimal, either, km, listed, long_day, partial_day
from meedoenkaart.languages.templates import Translated, compiled, translate
from meedoenkaart.layers import theme_of
from meedoenkaart.publishing.assets import icon_shapes, icons_of, inlined, read_yaml, symbols
from meedoenkaart.publishing.colours import bar_of
from meedoenkaart.publishing.embeds import OFFERS, with_cards
from meedoenkaart.publishing.facets import facets
from meedoenkaart.publishing.finder import FinderFiles, finder_files
from meedoenkaart.publishing.finder_words import words_files
from meedoenkaart.publishing.jinja import PageEnvironment
from meedoenkaart.publishing.marking import Glosses, Names
from meedoenkaart.publishing.page import Page, shows_finder
from meedoenkaart.publishing.policy import FRAMED
from meedoenkaart.publishing.surroundings import picture_of
from meedoenkaart.records.record import texts_of
from meedoenkaart.records.recurrence import ORDINALS, SCHOOL_REGIONS
from meedoenkaart.records.route import Route
from meedoenkaart.records.scalars import Text
from meedoenkaart.texts import texts
from meedoenkaart.times.compact import compact, number
from meedoenkaart.times.days import next_time
from meedoenkaart.times.sentence import exception_lines, full_clock, meeting_lines, next_line, next_words, sentence

CARD = "components/card/card.html"
"""Draws the card of an opportunity."""
CHUNK = 1 << 18
"""Characters of a page that are joined before they become bytes."""
MOST_REMEMBERED = 20_000
"""Parts of pages kept in memory for the next page; some kilobyte each."""
FOLLOWING = ("example", "is_elsewhere", "regional_municipalities")
"""What templates may use too, since it follows from what they may use ``everywhere``."""
DIRECTED = frozenset({"arrow-right", "corner-up-right", "log-in", "redo-2", "route", "undo-2", "volume-2"})
"""Icons that point onward or back: where one reads from right to left, they point the other way."""
_SHEET = re.compile(r'(?<=<use href=")[^"#]*(?=#)')
"""Where icons lie: a page for frames has those that it shows in it."""
_NEEDLESS = re.compile(
    r' data-key="[^"]*"| focusable="false"|<span class="card__keep"></span>'
    r'|(?<=tag--plain">)<svg.*?</svg>|(?<=>)\s+(?=<)'
)
"""What a card in a frame has no use for."""
_ANY_ROOT = "\0/"
"""Stands for the way to the site's root in a part that pages at any depth share; no file may hold this sign."""


@dataclass(frozen=True, slots=True)
class Site:
    """What the site is called and where things about it go; from ``mkdocs.yml``."""

    name: str
    url: str
    """The published address, ending in a slash."""
    repo_url: str
    """The repository of code and data."""
    edit_url: str
    """Prefix before a file's path that opens it for editing."""
    new_url: str
    """Prefix before a folder that opens a new file in it."""
    issue_url: str
    """Where a mistake is reported; takes ``title`` and ``body``."""
    mail: str | None = None
    """A mailbox for those without an account."""
    assets: Mapping[str, str] = field(default_factory=dict)
    """The names of the built scripts, styles and fonts in ``assets/``, by the name of their source."""
    bar: str = bar_of({})
    """The colour of the bar at the top."""
    atelier: bool = True
    """Whether there is a page on which a municipality makes its route; else its address leads to how to send one."""
    offline: bool = True
    """Whether devices keep pages, to show them without a line; else what they kept is removed."""


class Drawn(NamedTuple):
    """What is drawn of a page, to be put into its frame."""

    head: str
    switch: str
    """The links to the page in other languages; empty when the site has one language."""
    content: Iterable[str]


class Renderer:
    """Draws the pages of one catalogue with one theme."""

    def __init__(
        self,
        root: Path,
        site: Site,
        catalogue: Catalogue,
        artist: Draughtsman,
        language: Language = DUTCH,
        languages: Sequence[Language] = (DUTCH,),
    ) -> None:
        """Load the templates and words of the region at ``root``; ``artist`` draws routes.

        Pages are drawn in ``language``, one of the ``languages`` of the site.
        """
        self._language = language
        self._languages = {one.code: one for one in languages}
        self._site = site
        self._artist = artist
        self._catalogue = catalogue
        self._project = root
        theme = theme_of(root)
        words = read_yaml(theme / "words.yml")
        self._words = language.messages.tree(words)
        self._offers = offers(words, languages)
        self._root = _Root()
        self._base = _Root(self._root, "" if language.is_source else "../")
        self._drawn: dict[tuple[object, ...], str] = {}
        self.finder: FinderFiles | None = None
        """What pages with the finder name; see ``name_finder``."""
        self._environment = PageEnvironment(
            loader=FileSystemLoader(theme.folders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            extensions=[Translated],
            bytecode_cache=compiled(root, language, __file__),
        )
        translate(self._environment, language)
        glossed = Glosses(catalogue.glossary)
        shapes = icon_shapes(Icons(root), theme, icons_of(catalogue))
        self._environment.filters |= {
            "day": day,
            "partial_day": partial_day,
            "km": km,
            "bike": bike_minutes,
            "host": host,
            "tel": tel,
            "quote": lambda text: quote(str(text), safe=""),
            "inlined": partial(inlined, shapes),
            "long_day": long_day,
            "clock": lambda time: full_clock(time) if time else "",
            "decimal": decimal,
            "listed": lambda names: listed(list(map(str, names))),
            "either": lambda names: either(list(map(str, names))),
            "sentence": sentence,
            "meeting_lines": meeting_lines,
            "exception_lines": exception_lines,
            "next_line": lambda offer: _next_line(offer, catalogue.today),
            "next_words": lambda page: _json(next_words(catalogue.today, page.is_confirmed)),
            "reckoned": lambda offer: _json(compact(offer.opportunity, catalogue.today)),
            "number": number,
            "own_calendar": own_calendar,
            "pictured": picture_of,
            "subscribed": lambda address: f"webcal:{address.partition(':')[2]}",
            "named": Names(catalogue).mark,
            "glossed": lambda text: self._glossed(glossed, text),
            "in_page": in_page,
            "json_in_page": lambda values: Markup(_json(values).replace("<", "\\u003c")),  # noqa: S704  # no tag is left
            "leading_to": lambda drawn, url: Markup(str(drawn).replace('href="#', f'href="{url}#')),  # noqa: S704  # ours
        }
        self._switch = _macro(self._environment, "components/languages/languages.html", "switch")
        self._environment.globals |= {
            "catalogue": _for_templates(catalogue),
            "provinces": PROVINCES,
            "school_regions": SCHOOL_REGIONS,
            "ordinals": tuple(ORDINALS),
            "site": site,
            "root": self._root,
            "base": self._base,
            "counted": counted,
            "once": self._once,
            "drawn": self._drawing,
            "is_told": self.is_told,
            "travels": partial(travels, catalogue),
            "finder_files": lambda: self.finder or self.name_finder()[0],
            "words": self._words,
            "dutch_words": self._languages.get(SOURCE, DUTCH).messages.tree(words),
            "languages": languages,
            "icon": self._icon,
            "facet_labels": self._facet_labels,
            "time_words": lambda: texts("times"),
            "framed": FRAMED,
            "ride": {"detour": DETOUR, "speed": BIKE_KM_PER_HOUR},
            "symbols": partial(symbols, shapes),
            "term": lambda facet, name: getattr(catalogue.vocabulary, facet)[name],
            "t": str if language.is_source else said,
            "plain": str,
        }
        self._card = _macro(self._environment, CARD, "card")

    def name_finder(self) -> tuple[FinderFiles, dict[str, bytes]]:
        """Return what the files of the finder are called, and their bytes by path; from now on pages name them."""
        self.finder, contents = finder_files(self._catalogue, self._project, self._words["finder"], self._when)
        return self.finder, contents

    def name_words(self, dutch: FinderFiles, contents: Mapping[str, bytes]) -> tuple[FinderFiles, dict[str, bytes]]:
        """Return the same in another language than Dutch, whose files these are: the bytes of its own files only."""
        with speaking(self._language):
            self.finder, own = words_files(
                dutch, contents, self._catalogue, self._project, self._words["finder"], self._when
            )
        return self.finder, own

    def _when(self, offer: Offer) -> str:
        """Return when something is, in a line, as text."""
        return self._once(_macro(self._environment, CARD, "when_line"), offer.opportunity).striptags()

    def draw(self, page: Page) -> Drawn:
        """Return the parts of a page; to be used up before the next page is drawn, while its language is spoken."""
        self._root.way = root_of(page.way)
        common = {"breadcrumbs": page.breadcrumbs, "title": page.title, "description": page.description}
        context = page.shown()
        content = _in_chunks(
            self._environment.get_template(f"pages/{page.template}.html").generate({**common, **context})
        )
        told = [one(self._site, self._catalogue) if callable(one) else one for one in context.get("jsonld", ())]
        jsonld = [*told, *self._breadcrumb_list(page)]
        more = {
            "canonical": self._site.url + page.url,
            "jsonld": jsonld,
            "image": page.picture and self._site.url + page.picture,
            "with_finder": shows_finder(page),
            "alternates": self._alternates(page),
            "feed": page.feed,
        }
        switch = self._switch([self._offered(page, one) for one in self._languages.values()], self._icon("languages"))
        return Drawn(self._environment.get_template("head.html").render(common | more), switch, content)

    def beside(self, page: Page) -> bytes:
        """Return the bytes of the file beside a page: what the page says itself, or its cards for frames."""
        context = page.shown()
        return context["beside"](context) if "beside" in context else self._cards(context["page"])

    def _cards(self, organisation: OrganisationPage) -> bytes:
        """Return the cards of an organisation's opportunities as frames show them, one for each place of each."""
        self._root.way = root_of(OFFERS)
        drawn = [
            [in_page(self._card(offer, None, "h2", True, venue)) for venue in offer.venues or [None]]
            for offer in with_cards(self._catalogue, organisation)
        ]
        return _json(drawn).encode()

    def _facet_labels(self, names: Iterable[str]) -> dict[str, dict[str, str]]:
        """Return the labels of the values of some facets, in the language that is spoken."""
        found = facets(self._catalogue.vocabulary, self._words["finder"]["values"])
        return {one.name: {value.id: value.label for value in one.values} for one in found if one.name in names}

    def _offered(self, page: Page, language: Language) -> tuple[Language, str, str]:
        """Return a language, the way from a page to the same in that language, and what offers it."""
        is_there = language.is_source or language.code in page.others
        offer = self._offers[language.code] if is_there else ""
        return language, root_of(page.url) + self._way_to(page, language.code), offer

    def _way_to(self, page: Page, code: str) -> str:
        """Return the address of a page in another language: the home page where it is not there in that."""
        if code == SOURCE:
            return page.way
        return self._languages[code].way + (page.way if code in page.others else "")

    def redirect(self, url: str, target: str) -> str:
        """Return the page at an old address, which leads to ``target``; both without the way to their language."""
        self._root.way = root_of(url)
        values = {"target": target, "canonical": self._site.url + self._language.way + target}
        return self._environment.get_template("pages/redirect.html").render(values)

    def manifest(self) -> str:
        """Return what a phone needs to know of the site as an app, in the language."""
        self._root.way = root_of("")
        return self._environment.get_template("manifest.webmanifest").render(id=urlsplit(self._site.url).path)

    def sitemaps(self, pages: Mapping[str, Page | None]) -> Iterator[tuple[str, str]]:
        """Yield the path and the text of each list of pages for search engines; ``pages`` are those at all addresses.

        One list with each page in all its languages would be larger than search engines read.
        """
        template = self._environment.get_template("sitemap.xml")
        if len(self._languages) == 1:
            yield "sitemap.xml", template.render(entries=[(self._site.url + url, ()) for url in pages])
            return
        lists: dict[str, list[tuple[str, list[tuple[str, str]]]]] = {code: [] for code in self._languages}
        for url, page in pages.items():
            alternates = self._alternates(page) if page else []
            lists[page.language if page else SOURCE].append((self._site.url + url, alternates))
        for code, entries in lists.items():
            yield f"sitemap-{code}.xml", template.render(entries=entries)
        yield "sitemap.xml", template.render(lists=[f"{self._site.url}sitemap-{code}.xml" for code in lists])

    def _alternates(self, page: Page) -> list[tuple[str, str]]:
        """Return the languages that a page is there in, when there is more than one, with its address in each."""
        if not page.others:
            return []
        return [(code, self._site.url + self._way_to(page, code)) for code in (SOURCE, *page.others)]

    def _once(self, macro: Callable[..., Markup], about: object, *arguments: object) -> Markup:
        """Return what a macro makes of its arguments, from memory when it was drawn before.

        ``about`` is a part of the catalogue, which lives as long as this. A card is in several lists, and an answer of
        the law on thousands of pages; drawing them costs more than all else.
        """
        key = (macro.name, id(about), *arguments)  # type: ignore[attr-defined]  # a macro of Jinja
        drawn = self._drawn.get(key)
        if drawn is None:
            way, self._root.way = self._root.way, _ANY_ROOT
            drawn = str(macro(about, *arguments))
            self._root.way = way
            if len(self._drawn) < MOST_REMEMBERED:
                self._drawn[key] = drawn
        return Markup(drawn.replace(_ANY_ROOT, self._root.way))  # noqa: S704  # what a macro drew

    def _glossed(self, glosses: Glosses, text: object) -> Markup:
        """Return a text with terms marked; one that is only there in Dutch is called that."""
        marked = glosses.mark(text.in_order if isinstance(text, FromRight) else str(text), str(self._root))
        if not isinstance(text, InDutch):
            return marked
        note = escape(self._words["language"]["in_dutch"])
        return Markup(f'<span class="in-dutch">{note}</span> {InDutch.START}{marked}</span>')  # noqa: S704  # all is escaped

    def _drawing(self, route: Route, form: FormName) -> Markup | None:
        """Return a route's drawing, in Dutch where not all of it is there in the language.

        None when it is beyond what can be drawn.
        """
        language = self._language if self.is_told(route) else DUTCH
        try:
            drawn = self._artist.draw(route, form, language.code, language.direction)
            return Markup(drawn.svg)  # noqa: S704  # drawn with autoescape on
        except CannotDraw:
            return None

    def is_told(self, route: Route) -> bool:
        """Say whether all texts of a route are there in the language of the pages."""
        return self._language.is_source or all(text.is_in(self._language.code) for text in texts_of(route))

    def _icon(self, name: str) -> Markup:
        use = f'<use href="{self._base}assets/icons.svg#{name}"></use>'
        turned = " icon--turned" if self._language.direction == "rtl" and name in DIRECTED else ""
        return Markup(f'<svg class="icon{turned}" aria-hidden="true" focusable="false">{use}</svg>')  # noqa: S704  # names

    def _breadcrumb_list(self, page: Page) -> list[Mapping[str, Any]]:
        if not page.breadcrumbs:
            return []
        items = [
            {
                "@type": "ListItem",
                "position": number,
                "name": title,
                "item": self._site.url + (page.url if url is None else self._language.way + url),
            }
            for number, (title, url) in enumerate(page.breadcrumbs, 1)
        ]
        return [{"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}]


def everywhere(catalogue: Catalogue) -> dict[str, object]:
    """Return what any template may use of a catalogue: all but what is in it in large numbers, and so in contexts."""
    many = ("organisations", "offers", "places", "routes")
    return {one.name: getattr(catalogue, one.name) for one in fields(catalogue) if one.name not in many}


def _for_templates(catalogue: Catalogue) -> SimpleNamespace:
    return SimpleNamespace(**everywhere(catalogue), **{name: getattr(catalogue, name) for name in FOLLOWING})


def offers(words: Mapping[str, Any], languages: Iterable[Language]) -> dict[str, str]:
    """Return what offers a page in each language, in that language; ``words`` are those of the theme."""
    return {one.code: one.messages.text(words["language"]["offer"]) for one in languages}


def _macro(environment: Environment, template: str, name: str) -> Callable[..., Markup]:
    macro: Callable[..., Markup] = getattr(environment.get_template(template).module, name)
    return macro


def _in_chunks(pieces: Iterable[str]) -> Iterator[str]:
    """Join a template's many small pieces to few, and never to one that takes as much memory as all."""
    kept: list[str] = []
    size = 0
    for piece in pieces:
        kept.append(piece)
        size += len(piece)
        if size > CHUNK:
            yield "".join(kept)
            kept.clear()
            size = 0
    yield "".join(kept)


class InDutch(str):
    """A text that is only there in Dutch, on a page in another language."""

    __slots__ = ()
    START = '<span lang="nl" dir="ltr">'

    def __html__(self) -> str:
        return f"{self.START}{escape(str(self))}</span>"


class FromRight(str):
    """A text on a page that reads from right to left, on which ``ISK 18+`` stays ``ISK 18+``."""

    __slots__ = ()

    @property
    def in_order(self) -> str:
        """The text with Latin runs held together, by signs that nobody sees."""
        return held(isolated(str(self)))

    def __html__(self) -> str:
        return escape(self.in_order)


def said(text: object) -> str:
    """Return a text of the catalogue in the language that is spoken, or marked as Dutch."""
    if isinstance(text, Text) and not text.is_in(spoken().code):
        return InDutch(text)
    return FromRight(text) if spoken().direction == "rtl" else str(text)


class _Root:
    """The relative way from the page that is being drawn to the pages of its language, or on to the site's root.

    A global of the templates, so that their macros need no context: Jinja then loads each component once, not per page.
    """

    def __init__(self, of: "_Root | None" = None, further: str = "") -> None:
        """Start at the home page, or follow another way and go ``further``."""
        self.way = "./"
        self._of = of or self
        self._further = further

    def __str__(self) -> str:
        return self._of.way + self._further

    def __html__(self) -> str:
        return self._of.way + self._further


def _next_line(offer: Offer, today: datetime.date) -> str:
    following = None if offer.is_paused else next_time(offer.opportunity, today)
    return next_line(following, offer.organisation.is_confirmed) if following else ""


def in_page(drawn: str) -> Markup:
    """Return markup of ours that shows icons of the page itself, instead of those of the site's sheet."""
    return Markup(_NEEDLESS.sub("", _SHEET.sub("", drawn)))  # noqa: S704  # what a macro drew


def _json(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def root_of(url: str) -> str:
    """Return the relative way from a page to the site's root."""
    return "../" * url.count("/") or "./"


def host(address: str) -> str:
    """Return the site's name within a web address, in its own letters: ``omropfryslan.nl``, ``café-zout.nl``."""
    name = (urlsplit(address).hostname or "").removeprefix("www.")
    return idna.decode(name) if "xn--" in name else name


def tel(number: str) -> str:
    """Return the digits of a phone number, for a ``tel:`` link."""
    return re.sub(r"[^\d+]", "", number)

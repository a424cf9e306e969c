"""Routes that nobody has: small ones written here, and random ones."""

from typing import Any

from hypothesis import strategies as st
from pydantic import TypeAdapter

from meedoenkaart.records.route import Route

_ADAPTER = TypeAdapter(Route)
_ICONS = ("compass", "house", "school", "heart-handshake", "landmark", "user-round")
_LONG = "arbeidsongeschiktheidsverzekeringsmaatschappij"
_WORDS = (
    "werk plan gesprek woning taal begeleiding inburgeringsplichtige statushouder gemeente NT2-lessen (ISK) 18+ en met "
    f"maatschappelijke participatieverklaringstraject {_LONG} a Ω € opleiding&scholing <b> in de wijk"
).split()
_ARABIC = ["مقابلة", "التعارف", "وملف", "الشخص", "في", "مركز", "اللجوء", "ISK", "18+", "NT2", "دروس"]


def route(**changes: Any) -> Route:
    """Return a valid route from plain values, as they stand in a file."""
    plain: dict[str, Any] = {
        "title": "Een verzonnen route",
        "law": "Wi2021",
        "period": "2026",
        "status": {"stage": "papier"},
        "actors": {"gemeente": {"name": "Gemeente", "icon": "landmark"}, "coa": {"name": "COA", "icon": "house"}},
        "phases": {"een": {"title": "Eerst"}, "twee": {"title": "Daarna"}},
        "steps": {"a": {"title": "Beginnen", "phase": "een"}},
        "sources": [{"address": "https://example.org/", "title": "Een bron"}],
    }
    return _ADAPTER.validate_python(plain | changes)


def chain(count: int) -> Route:
    """Return a route of steps one after the other over two phases."""
    steps = {
        f"s{number}": {
            "title": f"Stap {number}",
            "phase": "een" if number < count / 2 else "twee",
            "actor": "gemeente",
            "after": [f"s{number - 1}"] if number else [],
        }
        for number in range(count)
    }
    return route(steps=steps)


def full() -> Route:
    """Return a route that uses everything a drawing can show."""
    return route(
        subtitle="Met alles erop",
        status={"stage": "papier", "text": "Nog niet begonnen."},
        phases={
            "een": {"title": "In het azc", "when": "vanaf dag 1", "goal": "Je leert elkaar kennen."},
            "twee": {"title": "Overdracht"},
            "drie": {"title": "Meedoen", "when": "zodra je er woont"},
        },
        lanes={"oud": {"title": "Volwassenen"}, "jong": {"title": "Jongeren", "text": "Van 18 tot 27 jaar."}},
        steps={
            "intake": {"title": "Brede intake", "phase": "een", "actor": "gemeente", "term": "binnen 10 weken"},
            "overdracht": {
                "title": "Warme overdracht",
                "text": "Je bent er zelf bij.",
                "phase": "twee",
                "actor": "gemeente",
                "together_with": ["coa"],
                "after": ["intake"],
                "accent": "ja",
            },
            "werk": {"title": "Werk", "phase": "drie", "lane": "oud", "after": ["overdracht"], "contact_moment": "ja"},
            "sport": {"title": "Sport", "phase": "drie", "lane": "oud", "after": ["overdracht"], "from_budget": "ja"},
            "school": {
                "title": "School",
                "phase": "drie",
                "lane": "jong",
                "after": ["overdracht"],
                "back_to": ["intake"],
                "condition": "als je jonger bent dan 27",
            },
            "hulp": {"title": "Hulp naast alles", "phase": "een", "until_phase": "drie", "actor": "coa"},
        },
        regisseur={"title": "Regisseur", "text": "Houdt het overzicht.", "starts_at": "overdracht"},
        money=[{"kind": "budget", "amount": "€ 1.500", "text": "per persoon"}],
        breaks_off=[{"phase": "drie", "lane": "jong", "after": ["school"]}],
        notes=[
            {"title": "Een", "text": "Uitleg.", "about": "overdracht"},
            {"title": "Twee", "text": "Uitleg.", "about": "regisseur"},
            {"title": "Drie", "text": "Uitleg.", "about": "budget"},
            {"title": "Vier", "text": "Uitleg.", "about": "status"},
        ],
    )


@st.composite
def routes(draw: st.DrawFn) -> Route:
    """Return any valid route: 1 to 6 phases, 0 to 5 lanes, 1 to 40 steps, with or without all the rest."""
    words = draw(st.sampled_from([_WORDS, _WORDS, _WORDS, _ARABIC]))
    phrase = st.lists(st.sampled_from(words), min_size=1, max_size=6).map(lambda found: " ".join(found)[:90])
    sentence = st.lists(st.sampled_from(words), min_size=3, max_size=16).map(lambda found: " ".join(found)[:200])
    phases = [f"f{number}" for number in range(draw(st.integers(1, 6)))]
    lanes = [f"b{number}" for number in range(draw(st.integers(0, 5)))]
    actors = [f"w{number}" for number in range(draw(st.integers(0, 5)))]
    count = draw(st.one_of(st.integers(1, 12), st.integers(8, 40)))
    places = sorted(draw(st.lists(st.integers(0, len(phases) - 1), min_size=count, max_size=count)))
    density = draw(st.sampled_from([0, 1, 1, 2, 3]))
    often = st.booleans()
    seldom = st.integers(0, 9).map(lambda found: found == 0)
    steps: dict[str, dict[str, Any]] = {}
    for number, place in enumerate(places):
        step: dict[str, Any] = {"title": draw(phrase), "phase": phases[place]}
        before = list(steps)
        if before and density:
            near = before[-8:] if draw(often) else before
            step["after"] = draw(st.lists(st.sampled_from(near), max_size=density, unique=True))
        if bool(before) and draw(seldom):
            step["back_to"] = [draw(st.sampled_from(before))]
        if bool(lanes) and draw(often):
            step["lane"] = draw(st.sampled_from(lanes))
        if draw(seldom):
            step["until_phase"] = phases[draw(st.integers(place, len(phases) - 1))]
        if bool(actors) and draw(often):
            step["actor"] = draw(st.sampled_from(actors))
            step["together_with"] = draw(st.lists(st.sampled_from(actors), max_size=3, unique=True))
        if draw(often):
            step["text"] = draw(sentence)
        for name in ("term", "condition"):
            if draw(seldom):
                step[name] = draw(phrase)
        for name in ("contact_moment", "from_budget"):
            if draw(seldom):
                step[name] = "ja"
        steps[f"s{number}"] = step
    ids = list(steps)
    if draw(often):
        steps[draw(st.sampled_from(ids))]["accent"] = "ja"
    more: dict[str, Any] = {}
    if draw(often):
        more["regisseur"] = {"title": draw(phrase), "starts_at": draw(st.sampled_from(ids))}
        if draw(often):
            more["regisseur"]["text"] = draw(sentence)
        if draw(often):
            more["money"] = [{"kind": "budget", "amount": "€ 1.500", "text": draw(phrase)}]
    if draw(seldom):
        end: dict[str, Any] = {"phase": phases[-1], "after": [draw(st.sampled_from(ids))]}
        more["breaks_off"] = [end | ({"lane": draw(st.sampled_from(lanes))} if bool(lanes) and draw(often) else {})]
    if draw(often):
        about = draw(st.lists(st.sampled_from([*ids, "regisseur", "budget", "status"]), max_size=5, unique=True))
        more["notes"] = [{"title": "Noot", "text": "Uitleg.", "about": one} for one in about]
    return route(
        title=draw(phrase),
        actors={id: {"name": draw(phrase)[:30], "icon": _ICONS[number]} for number, id in enumerate(actors)},
        phases={
            id: {"title": draw(phrase)} | ({"goal": draw(sentence), "when": draw(phrase)} if draw(often) else {})
            for id in phases
        },
        lanes={id: {"title": draw(phrase)[:40]} for id in lanes},
        steps=steps,
        **more,
    )

"""Made-up records: as many as asked, the same on every machine, of realistic length, with every field in use.

An organisation depends on its number only, so the first thousand of five thousand are the thousand of a smaller run.
Each one says that it is made up, and everything it refers to lies on the reserved domain ``.example``.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml

from meedoenkaart.geography.places import Place, municipality_names, postcodes, province, table
from meedoenkaart.texts import fold

Record = dict[str, Any]
"""The values of a file, as they stand in its YAML."""
Facets = Mapping[str, Sequence[str]]
"""The ids of the vocabulary by facet."""

DAY = "2026-11-22"
"""The day on which everything is built: nothing is stale or over on it."""
SHARE_IN_SEATS = 0.5
"""So many of the organisations lie in their municipality's main place, and some municipalities have many more."""


@dataclass(frozen=True, slots=True)
class MadeUp:
    """Records by the path of their file below ``catalogue/municipalities`` and ``catalogue/organisations``."""

    municipalities: Mapping[str, Record]
    organisations: Mapping[str, Record]
    spots: Mapping[str, Record]
    """Where each organisation is: its position, or else the centre of its place."""


@dataclass(frozen=True, slots=True)
class _Country:
    """Where organisations may lie."""

    slugs: Mapping[str, str]
    """Slug of a municipality by its CBS code."""
    seats: Sequence[Place]
    seat_weights: Sequence[float]
    """Summed up, as ``random.choices`` likes them."""
    places: Sequence[Place]
    places_near: Mapping[str, Sequence[Place]]
    """Places by the CBS code of their municipality."""


def made_up(count: int, facets: Facets) -> MadeUp:
    """Return every Dutch municipality and ``count`` organisations in them."""
    country = _country()
    names = municipality_names()
    municipalities = {country.slugs[seat.cbs_code]: _municipality(names[seat.cbs_code], seat) for seat in country.seats}
    organisations, spots = {}, {}
    for number in range(1, count + 1):
        chance = random.Random(number)
        place = _place(chance, country)
        slug = f"{country.slugs[place.cbs_code]}/verzonnen-organisatie-{number}"
        organisations[slug] = record = _organisation(number, chance, place, country, facets)
        spots[slug] = record.get("position") or _centre(place)
    return MadeUp(municipalities, dict(sorted(organisations.items())), spots)


def _country() -> _Country:
    named: dict[tuple[str, str], list[Place]] = {}
    for place in table():
        named.setdefault((place.cbs_code, fold(place.name)), []).append(place)
    places = [same[0] for same in named.values() if len(same) == 1]
    near: dict[str, list[Place]] = {}
    for place in places:
        near.setdefault(place.cbs_code, []).append(place)
    slugs: dict[str, str] = {}
    seats = []
    for code, name in municipality_names().items():
        slug = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
        slugs[code] = f"{slug}-{code.lower()}" if slug in slugs.values() else slug
        seats.append(next((place for place in near[code] if place.name == name), near[code][0]))
    weights = list(accumulate(1 / (rank + 5) for rank in range(1, len(seats) + 1)))
    return _Country(slugs, seats, weights, places, near)


@cache
def _digits() -> dict[tuple[str, str], list[str]]:
    """Return the postcodes of each place."""
    found: dict[tuple[str, str], list[str]] = {}
    for digits, area in postcodes().items():
        for place in area.places:
            found.setdefault(place, []).append(digits)
    return found


def _place(chance: random.Random, country: _Country) -> Place:
    if chance.random() < SHARE_IN_SEATS:
        return chance.choices(country.seats, cum_weights=country.seat_weights)[0]
    return chance.choice(country.places)


def _municipality(name: str, seat: Place) -> Record:
    return {
        "name": name,
        "cbs_code": seat.cbs_code,
        "province": province(seat.cbs_code),
        "seat": seat.name,
        "description": _words()["municipality"],
        "website": f"https://www.gemeente-{seat.cbs_code.lower()}.example/",
        "sources": [{"address": "https://www.cijfers.example/gemeenten", "title": "cijfers.example", "date": "2025"}],
    }


def _organisation(number: int, chance: random.Random, place: Place, country: _Country, facets: Facets) -> Record:
    kind = facets["kinds"][number % len(facets["kinds"])]
    host = f"verzonnen-{number}.example"
    own = country.slugs[place.cbs_code]
    record: Record = {
        "name": _name(number, kind),
        "kind": kind,
        "description": _in_languages(chance, _sentences(chance, "about")),
        "address": _address(chance, place),
        "contact": {"website": f"https://www.{host}/"},
        "sources": [_source(chance, number, page) for page in range(chance.choice([1, 1, 2]))],
        "opportunities": [
            _opportunity(index, chance, place, country, facets) for index in range(chance.choice([1, 1, 1, 2, 3]))
        ],
    }
    if chance.random() < 0.5:
        record["contact"] |= {"email": f"info@{host}", "phone": f"000-{number:07}"}  # a number that nobody can have
    optional: tuple[tuple[float, str, Callable[[], Any]], ...] = (
        (0.3, "position", lambda: _position(chance, place)),
        (0.5, "networks", lambda: _some(chance, facets["networks"])),
        (0.15, "serves", lambda: sorted({*chance.sample(sorted(country.slugs.values()), 2)} - {own})),
        (0.3, "accessible", lambda: chance.choice(["ja", "nee"])),
        (0.3, "confirmation", lambda: {"on": f"2026-{chance.randint(1, 10):02}-15", "by": _note("confirmed_by")}),
        (0.04, "status", lambda: "gepauzeerd"),
        (0.05, "aliases", lambda: [f"{own}/eerder-{number}"]),
    )
    return record | _by_chance(chance, optional)


def _name(number: int, kind: str) -> str:
    """Return a name; the same kind and words come together again after 60 times 59 times 19 organisations."""
    first, second = _words()["first"].split(), _words()["second"].split()
    return f"Verzonnen {kind} {number} {first[number % len(first)]} {second[number // len(first) % len(second)]}"


def _opportunity(index: int, chance: random.Random, place: Place, country: _Country, facets: Facets) -> Record:
    found: Record = {
        "id": f"kans-{index + 1}",
        "title": _in_languages(chance, chance.choice(_words()["titles"])),
        "activity": chance.choice(facets["activities"]),
        "sectors": _some(chance, facets["sectors"]),
        "description": _in_languages(chance, _sentences(chance, "what")),
    }
    if chance.random() < 0.15:
        there = chance.choice(country.places_near[place.cbs_code])
        found["locations"] = [{"address": _address(chance, there), "position": _position(chance, there)}]
    if chance.random() < 0.1:
        found |= {"first_day": "2026-09-01", "last_day": f"2027-{chance.randint(1, 12):02}-28"}
    optional: tuple[tuple[float, str, Callable[[], Any]], ...] = (
        (0.6, "audience", lambda: _some(chance, facets["audiences"])),
        (0.1, "age", lambda: {"least": chance.randint(4, 18), "most": chance.randint(60, 90)}),
        (0.4, "dutch", lambda: _dutch(chance, facets)),
        (0.15, "languages", lambda: _some(chance, facets["languages"])),
        (0.1, "ways", lambda: _ways(chance, "locations" in found)),
        (0.05, "serves", lambda: [chance.choice(["provincie-friesland", "landelijk"])]),
        (0.6, "schedule", lambda: _schedule(chance)),
        (0.25, "commitment", lambda: _commitment(chance)),
        (0.15, "places", lambda: chance.randint(2, 20)),
        (0.4, "costs", lambda: _costs(chance)),
        (0.3, "requirements", lambda: _requirements(chance)),
        (0.5, "joining", lambda: _joining(chance)),
        (0.7, "continuity", lambda: _continuity(chance)),
        (0.03, "status", lambda: "gepauzeerd"),
    )
    return found | _by_chance(chance, optional)


def _ways(chance: random.Random, goes_somewhere: bool) -> list[str]:
    """Return two ways to take part; who has a place to go to can go there."""
    ways = chance.sample(["ter-plaatse", "thuis", "telefoon", "online"], 2)
    return ["ter-plaatse", *(one for one in ways if one != "ter-plaatse")][:2] if goes_somewhere else ways


def _by_chance(chance: random.Random, optional: Sequence[tuple[float, str, Callable[[], Any]]]) -> Record:
    """Return the fields that chance picks, each with the likelihood that stands before its name."""
    return {name: make() for likelihood, name, make in optional if chance.random() < likelihood}


def _dutch(chance: random.Random, facets: Facets) -> Record:
    return {"level": chance.choice(facets["levels"]), "note": _note("dutch"), "estimate": chance.choice(["ja", "nee"])}


def _schedule(chance: random.Random) -> Record:
    starts = chance.randint(8, 19)
    times = {"starts": f"{starts:02}:30", "ends": f"{starts + 2:02}:00"}
    days = chance.sample(["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"], 2)
    meetings: tuple[Record, ...] = (
        {"days": days},
        {"rule": f"eerste en derde {days[0]} van de maand"},
        {"rule": f"om de week op {days[1]} vanaf 2026-09-07"},
        {"days": days, "rule": "maandelijks"},
        {"rule": "in overleg"},
    )
    found: Record = {"meetings": [chance.choice(meetings) | times]}
    stops = ["juli en augustus", "schoolvakanties noord"]
    if chance.random() < 0.2:
        found["meetings"][0]["seasons"] = ["lente", "herfst", "winter"]
        stops = stops[1:]
    optional: tuple[tuple[float, str, Callable[[], Any]], ...] = (
        (0.2, "without", lambda: [{"days": chance.choice(stops)}]),
        (0.4, "words", lambda: _note("words")),
    )
    return found | _by_chance(chance, optional)


def _commitment(chance: random.Random) -> Record:
    hours, one_off = chance.choice([1, 2, 2.5, 4, 8]), chance.choice(["ja", "nee"])
    return {"hours_per_week": hours, "duration": _note("duration"), "one_off": one_off}


def _costs(chance: random.Random) -> Record:
    kind = chance.choice(["gratis", "vrijwillige-bijdrage", "betaald", "vergoeding"])
    return {"kind": kind, "note": _note("costs"), "travel": chance.choice(["organisatie", "coa", "gemeente"])}


def _requirements(chance: random.Random) -> Record:
    declaration = {"status": chance.choice(["aanwezig", "aangevraagd", "niet-nodig", "onbekend"])}
    if declaration["status"] == "aanwezig":
        declaration |= {"until": "2028-06-30", "work": _note("work")}
    return {"vog": chance.choice(["ja", "nee"]), "declaration": declaration}


def _joining(chance: random.Random) -> Record:
    return {"through": chance.choice(["meedoenbalie", "rechtstreeks", "beide"]), "note": _note("joining")}


def _continuity(chance: random.Random) -> Record:
    way = chance.choice(["netwerk", "zelfde-soort", "online", "op-afstand"])
    return {"ways": [way], "note": _note("continuity")}


def _address(chance: random.Random, place: Place) -> Record:
    found: Record = {"place": place.name}
    if chance.random() < 0.5:
        found["street"] = f"{chance.choice(_words()['streets'].split())} {chance.randint(1, 180)}"
        digits = chance.choice(_digits().get((place.name, place.cbs_code), ["1000"]))
        found["postcode"] = f"{digits} {chance.choice('ABCDEGHJK')}{chance.choice('LMNPRTVWXZ')}"
    return found


def _centre(place: Place) -> Record:
    return {"latitude": place.latitude, "longitude": place.longitude, "precision": "plaats"}


def _position(chance: random.Random, place: Place) -> Record:
    """Return a point within a kilometre of the centre of a place."""
    return {
        "latitude": round(place.latitude + chance.uniform(-0.006, 0.006), 5),
        "longitude": round(place.longitude + chance.uniform(-0.009, 0.009), 5),
        "precision": chance.choice(["exact", "adres"]),
    }


def _source(chance: random.Random, number: int, page: int) -> Record:
    found: Record = {
        "address": f"https://www.dorpskrant.example/nieuws/{number}/verzonnen-bericht-over-meedoen-{page}",
        "title": "dorpskrant.example",
    }
    if chance.random() < 0.7:
        found["date"] = f"{chance.randint(2018, 2025)}-{chance.randint(1, 12):02}"
        found["date_is_estimate"] = chance.choice(["ja", "nee"])
    return found


def _some(chance: random.Random, known: Sequence[str]) -> list[str]:
    return chance.sample(known, chance.randint(1, 2))


def _sentences(chance: random.Random, about: str) -> str:
    return " ".join(chance.sample(_words()[about], chance.randint(1, 3)))


def _in_languages(chance: random.Random, dutch: str) -> str | Record:
    """Return the text, now and then with an English one beside it."""
    return {"nl": dutch, "en": chance.choice(_words()["english"])} if chance.random() < 0.05 else dutch


def _note(name: str) -> str:
    note: str = _words()["notes"][name]
    return note


@cache
def _words() -> Any:
    return yaml.load(Path(__file__).with_name("words.yml").read_text("utf-8"), yaml.CSafeLoader)

"""Words are found as people type them, and a question is understood as a filter."""

import re
from collections import Counter
from typing import Any

import pytest
import yaml

from meedoenkaart.catalogue import Catalogue, Offer
from meedoenkaart.geography.places import municipality_names
from meedoenkaart.publishing.places import slug
from meedoenkaart.texts import fold
from tests.finder.conftest import Ask
from tests.site.copies import ROOT

WORDS: dict[str, Any] = yaml.load((ROOT / "meedoenkaart/theme/words.yml").read_text("utf-8"), yaml.CSafeLoader)[
    "finder"
]


def _titles(catalogue: Catalogue, keys: list[str]) -> set[str]:
    names = {offer.key: f"{offer.opportunity.title}, {offer.organisation.record.name}" for offer in catalogue.offers}
    return {names[key] for key in keys}


@pytest.mark.parametrize(
    "words", ["repair cafe", "CAFÉ repair", "café rep", "Repàir Câfe", "rapair cafe", "reapir cafe"]
)
def test_parts_order_accents_and_typing_errors(ask: Ask, catalogue: Catalogue, words: str) -> None:
    [answer] = ask(("select", f"?woorden={words}"))
    assert "Spullen maken of gasten ontvangen, Repair Café Dokkum" in _titles(catalogue, answer["sure"])
    assert len(answer["sure"]) < 40


@pytest.mark.parametrize("word", ["fiets", "rijwiel", "fietsenmaker"])
def test_synonyms_lead_to_the_same(ask: Ask, catalogue: Catalogue, word: str) -> None:
    [answer] = ask(("select", f"?woorden={word}"))
    technical = {offer.key for offer in catalogue.regional_offers if "techniek" in offer.opportunity.sectors}
    assert technical <= set(answer["sure"])
    assert answer["corrected"] == []


@pytest.mark.parametrize("words", ["kapper", "‘kapper’", '"kapper"', "“kapper”", "'kapper'"])
def test_quotes_come_in_one_pair(ask: Ask, words: str) -> None:
    [chip] = ask(("fill", [WORDS["chosen"]["woorden"], {"words": words}]))
    assert chip == "‘kapper’"
    [remedy, late] = ask(
        ("fill", [WORDS["loosen"], {"filter": chip, "count": "2 kansen"}]),
        ("fill", [WORDS["gone"], {"value": "'s avonds"}]),
    )
    assert remedy == "Zonder ‘kapper’: 2 kansen"
    assert late == "‘'s avonds’ bestaat niet meer en telt niet mee."


@pytest.mark.parametrize(("sure", "maybe", "told"), [(3, 0, "3"), (3, 9, "3 + 9?"), (0, 9, "9?"), (0, 0, "0")])
def test_a_number_tells_certain_and_possible_apart(ask: Ask, sure: int, maybe: int, told: str) -> None:
    assert ask(("tallied", {"sure": sure, "maybe": maybe})) == [told]


def test_own_words_come_before_synonyms(ask: Ask, catalogue: Catalogue) -> None:
    [answer] = ask(("select", "?woorden=fiets"))
    texts = {offer.key: _own_words(offer) for offer in catalogue.current_offers}
    own = ["fiets" in texts[key] for key in answer["sure"]]
    assert own == sorted(own, reverse=True)
    assert 0 < sum(own) < len(own)


def _own_words(offer: Offer) -> str:
    what, record = offer.opportunity, offer.organisation.record
    return f"{what.title} {what.description} {record.name} {record.description} {offer.place}".lower()


def test_descriptions_places_and_sectors_are_searched(ask: Ask, catalogue: Catalogue) -> None:
    for offer in catalogue.regional_offers[::20]:
        described = str(offer.opportunity.description or offer.opportunity.title).split()
        word = max(described, key=len).strip(".,:;'’\"()")
        answers = ask(("select", f"?woorden={word}"), ("select", f"?woorden={offer.place}"))
        for answer in answers:
            assert offer.key in answer["sure"], word


def test_what_something_is_called_comes_first(ask: Ask, catalogue: Catalogue) -> None:
    names = {
        offer.key: fold(f"{offer.opportunity.title} {offer.organisation.record.name}") for offer in catalogue.offers
    }
    for word in ("kringloop", "taalhuis", "repair"):
        [answer] = ask(("select", f"?woorden={word}"))
        called = [word in names[key] for key in answer["sure"]]
        assert called == sorted(called, reverse=True), word
        assert 0 < sum(called) < len(called), word


def test_a_whole_word_comes_before_a_part_of_one(ask: Ask, catalogue: Catalogue) -> None:
    [answer] = ask(("select", "?woorden=huis"))
    names = {
        offer.key: fold(f"{offer.opportunity.title} {offer.organisation.record.name}") for offer in catalogue.offers
    }
    whole = [bool(re.search(r"\bhuis\b", names[key])) for key in answer["sure"]]
    assert whole == sorted(whole, reverse=True)
    assert 0 < sum(whole) < len(whole)


@pytest.mark.parametrize(("together", "apart"), [("digitaalhuis", "digi taalhuis"), ("repaircafe", "repair cafe")])
def test_a_name_is_found_however_its_words_are_joined(
    ask: Ask, catalogue: Catalogue, together: str, apart: str
) -> None:
    [answer, other] = ask(("select", f"?woorden={together}"), ("select", f"?woorden={apart}"))
    assert answer["corrected"] == []
    assert answer["sure"]
    assert set(answer["sure"]) <= set(other["sure"])


def test_a_correction_begins_as_the_word_does(ask: Ask) -> None:
    [answer] = ask(("select", "?woorden=engels"))
    assert not {"vogels", "regels"} & {word for _, near in answer["corrected"] for word in near.split(", ")}
    [added, missing] = ask(("select", "?woorden=dbieb"), ("select", "?woorden=epair"))
    assert added["corrected"] == [["dbieb", "bieb"]]
    assert missing["sure"]


def test_a_word_that_nothing_resembles_finds_nothing(ask: Ask) -> None:
    [answer] = ask(("select", "?woorden=xqzwvxqz"))
    assert answer["sure"] == answer["maybe"] == []
    assert answer["absent"] == ["xqzwvxqz"]


def test_a_correction_is_told(ask: Ask) -> None:
    [answer] = ask(("select", "?woorden=voetbl"))
    assert answer["corrected"][0][0] == "voetbl"
    assert "voetbal" in answer["corrected"][0][1]
    assert answer["sure"]


def test_what_was_found_is_marked_in_the_text_as_it_is_written(ask: Ask) -> None:
    answers = ask(
        ("pieces", ["Repair Café Dokkum", ["cafe"]]),
        ("pieces", ["Ænima ﬁets", ["fiets"]]),
        ("pieces", ["Café café", ["cafe", "af"]]),
        ("pieces", ["geen", ["xx"]]),
        ("pieces", ["العربية", ["عرب"]]),
        ("pieces", ["<b>fiets</b>", ["b", "fiets"]]),
    )
    assert answers == [
        "Repair [Café] Dokkum",
        "Ænima [ﬁets]",
        "[Café] [café]",
        "geen",
        "ال[عرب]ية",
        "<[b]>[fiets]</[b]>",
    ]


@pytest.mark.parametrize(
    ("question", "query"),
    [
        (
            "iets in de zorg bij Sneek voor iemand met A1 zonder vergunning, dat door kan gaan na verhuizing",
            "?bij=sneek&taal=A1&vergunning=nee&sector=zorg&doorgaan=ja",
        ),
        ("Repair Café bij Sint Annaparochie", "?bij=sint-annaparochie&woorden=Repair+Caf%C3%A9"),
        ("zaterdag sport binnen 10 km van Drachten", "?bij=drachten&straal=10&sector=sport&dag=zaterdag"),
        ("zaterdagmiddag koffie in Assen", "?bij=assen&dag=zaterdag&dagdeel=middag&woorden=koffie"),
        ("koffie bij azc sneek", "?bij=azc-sneek&woorden=koffie"),
        ("statushouder taal Leeuwarden 's avonds", "?bij=leeuwarden&vergunning=ja&activiteit=taal&dagdeel=avond"),
        ("gratis cursus in gemeente Smallingerland", "?bij=gemeente-smallingerland&activiteit=cursus&kosten=gratis"),
        ("iets te doen in de gemeente Assen", "?bij=gemeente-assen"),
        ("iets te doen in Assen", "?bij=assen"),
        ("zonder vog in Heerenveen binnen 25km", "?bij=heerenveen&straal=25&niet=vog"),
        ("iets in het Engels", "?spreekt=en"),
        ("koffie in het farsi", "?spreekt=fa&woorden=koffie"),
        ("Frysk oefenen", "?spreekt=fy&woorden=oefenen"),
        ("met een beetje Nederlands", "?taal=A1"),
        ("baan zonder vergunning", "?activiteit=werk,werkervaring&vergunning=nee"),
        ("koffie bij St. Annaparochie", "?bij=sint-annaparochie&woorden=koffie"),
        ("Sint-Annaparochie", "?bij=sint-annaparochie"),
        ("Ter-Apel taal", "?bij=ter-apel&activiteit=taal"),
        ("taal in terapel", "?bij=ter-apel&activiteit=taal"),
        ("in het weekend iets met dieren", "?sector=dieren&dag=zaterdag,zondag"),
        ("een", ""),
        ("tuinieren", "?sector=groen&woorden=tuinieren"),
        ("", ""),
    ],
)
def test_a_question_becomes_a_filter(ask: Ask, question: str, query: str) -> None:
    [answer] = ask(("question", question))
    parts = sorted(answer["query"].removeprefix("?").split("&"))
    assert parts == sorted(query.removeprefix("?").split("&"))
    assert answer["ambiguous"] is None


@pytest.mark.parametrize("name", ["Oudega", "Winsum", "Elsloo"])
def test_a_name_that_several_places_have_is_asked(ask: Ask, name: str) -> None:
    [question, alike, suggested] = ask(("question", f"koffie bij {name}"), ("alike", name.lower()), ("suggest", name))
    assert question == {"query": "?woorden=koffie", "ambiguous": name}
    assert len(alike) >= 2
    assert len({municipality for _, municipality in alike}) == len(alike)
    assert [one for one in suggested if one[0] == name and one[2]] == suggested[: len(alike)]


def test_a_name_that_is_not_finished_is_asked(ask: Ask) -> None:
    [question, suggested, typed, address] = ask(
        ("question", "koffie bij Sint Anna"),
        ("suggest", "St. Annap"),
        ("suggest", "terapel"),
        ("alike", "st-annaparochie"),
    )
    assert question == {"query": "?woorden=koffie", "ambiguous": "Sint Anna"}
    assert any(name == "Sint Annaparochie" for name, *_ in suggested)
    assert [name for name, *_ in typed][:1] == ["Ter Apel"]
    assert [name for name, _ in address] == ["Sint Annaparochie"]


@pytest.mark.parametrize("typed", ["9203", "9203CD", "9203 cd", " 9203 c"])
def test_a_postcode_is_somewhere(ask: Ask, typed: str) -> None:
    [origin, suggested, question, nothing] = ask(
        ("origin", "9203"), ("suggest", typed), ("question", f"koffie bij {typed.strip()}"), ("origin", "9900")
    )
    assert (origin["kind"], origin["within"]) == ("postcode", "Drachten")
    assert suggested == [["9203", "postcode", "Drachten"]]
    assert question == {"query": "?bij=9203&woorden=koffie", "ambiguous": None}
    assert nothing is None


def test_a_year_is_no_postcode(ask: Ask) -> None:
    year, postcode = ask(("question", "kansen in de zomer van 2026"), ("question", "kansen bij 2026 AB"))
    assert "bij=" not in year["query"]
    assert postcode["query"].startswith("?bij=2026")


@pytest.mark.parametrize(
    ("typed", "name", "kind", "within"),
    [
        ("Snits", "Sneek", "plaats", "Súdwest-Fryslân"),
        ("sudwest fryslan", "Súdwest-Fryslân", "gemeente", ""),
        ("friese meren", "De Fryske Marren", "gemeente", ""),
        ("den bosch", "'s-Hertogenbosch", "plaats", "'s-Hertogenbosch"),
        ("Afferden L", "Afferden", "plaats", "Bergen (Limburg)"),
        ("Oudega", "Oudega", "plaats", "De Fryske Marren"),
    ],
)
def test_other_names_are_names_too(ask: Ask, typed: str, name: str, kind: str, within: str) -> None:
    assert [name, kind, within] in ask(("suggest", typed))[0]


def test_the_file_of_places_says_what_the_table_does(ask: Ask, catalogue: Catalogue) -> None:
    rows = catalogue.places[:: len(catalogue.places) // 60]
    ids = [slug(one.name) for one in rows]
    count = Counter(slug(one.name) for one in catalogue.places)
    for place, id, origin in zip(rows, ids, ask(*(("origin", id) for id in ids)), strict=True):
        if count[id] == 1 and origin and origin["kind"] == "plaats":
            assert origin["within"] == municipality_names()[place.cbs_code]
            assert (origin["lat"], origin["lon"]) == pytest.approx((place.latitude, place.longitude), abs=0.0006)


def test_a_reception_location_and_its_village_are_two_origins(ask: Ask) -> None:
    [reception, place] = ask(("origin", "ter-apel"), ("origin", "plaats-ter-apel"))
    assert reception["kind"] == "azc"
    assert (place["kind"], place["name"]) == ("plaats", "Ter Apel")


@pytest.mark.parametrize(
    "stored",
    [
        "", "null", "{", "7", '"x"', "[null, 1, []]", '[{"name": 1}]', '{"name": "x"}',
        '[{"name": "x", "query": "javascript:alert(1)", "seen": []}]',
        '[{"name": "x", "query": "//evil.example/", "seen": []}]',
        '[{"name": "", "query": "?a=b", "seen": []}]',
        '[{"name": "x", "query": "?a=b", "seen": {}}]',
        '[{"__proto__": {"name": "x", "query": "?a", "seen": []}}]',
    ],
)  # fmt: skip
def test_stored_views_that_are_none_are_left_out(ask: Ask, stored: str) -> None:
    assert ask(("views", stored)) == [[]]


def test_scripts_fold_as_the_generator_does(ask: Ask) -> None:
    awkward = [
        *("", " ", "  Café  ’t   Hoekje ", "Straße STRASSE ẞ", "ΣΊΣΥΦΟΣ σίσυφος", "İstanbul Iğdır ı", "ﬁets ﬀ ŉ ſ"),
        *("Å\u030a A\u030a", "ᾳ ΐ ᾼ", "Ａ１ ℂ ™ ½ Ⅷ", "e\u0301\u0327\u20dd", "हिन्दी", "العَرَبِيَّة", "ไทย น้ำ", "한국어 ㈜"),
        *("a\u00a0b\u2009c\u3000d", "a\tb\nc\r\nd\u2028e", "a\x1cb\x1fc\x85d", "a\ufeffb\u200bc\u00add", "👩‍🔧 Ⓐ"),
        *("Ünïcødé Łódź đ", "Súdwest-Fryslân"),
    ]
    assert ask(*(("fold", text) for text in awkward)) == [fold(text) for text in awkward]

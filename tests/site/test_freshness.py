"""What the head of a page says about how old it is."""

from tests.site.conftest import Built


def test_an_organisation_with_several_sources_names_their_years(real: Built) -> None:
    """The newest one says nothing of what an older one told."""
    told = {
        slug: next(one.text for one in real.pages[page.url].all("p") if "freshness" in one.classes)
        for slug, page in real.catalogue.organisations.items()
    }
    assert told["ooststellingwerf/scala-welzijn"] == "Volgens bronnen uit 2019 tot en met 2024, nog niet bevestigd."
    assert told["noardeast-fryslan/repair-cafe-dokkum"] == "Volgens een bron uit april 2024, nog niet bevestigd."


def test_a_reception_location_tells_its_age_beside_its_sources(real: Built) -> None:
    """Its head stands above opportunities, which have an age of their own."""
    for page in real.catalogue.receptions.values():
        html = (real.site / page.url / "index.html").read_text("utf-8")
        assert html.count('class="freshness') == 1
        assert html.index('class="freshness') > html.index('id="over-titel"')

"""What goes on after a move, as somebody asks it."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open


def _choose(page: Page, label: str, typed: str, option: str) -> None:
    page.get_by_label(label).fill(typed)
    page.get_by_role("option", name=option).first.click()


def test_from_a_reception_location_to_a_municipality(visit: Open) -> None:
    page = visit(viewport=PHONE).open("")
    page.get_by_role("link", name="Verhuis je naar een gemeente?").click()
    status, results = page.locator(".onward__status"), page.locator(".onward__results")
    expect(status).to_have_text("Kies waar je nu bent, of begin met je lijstje.")
    _choose(page, "Waar ben je nu?", "Drachten", "azc Drachten")
    expect(status).to_contain_text("Kies waar je gaat wonen.")
    page.get_by_label("Waar ga je wonen?").fill("Drachten")
    expect(page.get_by_role("option").first).to_contain_text("Smallingerland")
    expect(page.get_by_role("option", name="azc")).to_have_count(0)  # nobody moves to a municipality there
    _choose(page, "Waar ga je wonen?", "Ljouwert", "Leeuwarden")
    expect(status).to_contain_text("Zo gaat het verder in of bij Leeuwarden")
    page.get_by_label("Wat?").select_option(label="Nederlands leren")
    network = results.get_by_role("region", name="Zelfde netwerk")
    library = network.get_by_role("listitem").filter(has_text="Taal, rekenen en computer oefenen")
    expect(library).to_contain_text("Ook van Openbare bibliotheken:")
    expect(library).to_contain_text("km van je nieuwe huis: ongeveer")
    told, address = results.inner_text(), page.url
    assert "bij=azc-drachten" in address
    assert "wat=taal" in address

    page.reload()
    expect(status).to_contain_text("Zo gaat het verder")
    assert (results.inner_text(), page.url) == (told, address)
    expect(page.get_by_role("link", name="Maak een blad voor de overdracht")).to_have_attribute(
        "href", re.compile(r"/overdracht/\?bij=azc-drachten&naar=leeuwarden$")
    )
    page.emulate_media(media="print")
    expect(page.get_by_label("Waar ga je wonen?")).to_have_value("gemeente Leeuwarden")
    expect(page.get_by_label("Waar ga je wonen?")).to_be_visible()
    expect(library).to_be_visible()


def test_one_kind_of_work_alone(visit: Open) -> None:
    page = visit().open("doorgaan/?bij=azc-drachten&naar=gemeente-leeuwarden")
    status = page.locator(".onward__status")
    kinds = page.get_by_label("Wat?")
    kinds.select_option("sector.zorg")
    expect(page.locator(".onward__title").first).to_be_visible()
    assert "wat=sector.zorg" in page.url
    some = int((status.text_content() or "").partition(" ")[0])
    kinds.select_option("")
    expect(status).to_have_text(re.compile("^[0-9]+ kansen"))
    assert 0 < some < int((status.text_content() or "").partition(" ")[0])
    kinds.select_option("sector.dieren")
    expect(status).to_have_text("Hier is niets met ‘Dieren’. Kies iets anders, of ‘Alles’.")


def test_a_shortlist_and_nobody_knows_yet_where_to(visit: Open) -> None:
    page = visit().open("gemeenten/smallingerland/")
    page.get_by_role("button", name="Bewaar: Badminton voor jongeren uit het azc").click()
    page.goto(page.url.replace("gemeenten/smallingerland", "lijstje"))
    page.get_by_role("link", name="Ik verhuis naar …").click()
    page.get_by_label("Nog niet bekend").check()
    expect(page.locator(".onward__status")).to_contain_text("1 kans.")
    network = page.get_by_role("region", name="Netwerk in het hele land")
    expect(network).to_contain_text("Badminton Nederland: in het hele land te vinden.")
    assert "naar=onbekend" in page.url
    assert "kansen=smallingerland/badmintonclub-drachten." in page.url


def test_what_an_address_says_wrongly_is_told(visit: Open) -> None:
    tab = visit()
    page = tab.open("doorgaan/?bij=azc-drachten&naar=<script>window.hacked=1</script>&wat=x")
    expect(page.locator(".onward__place--naar .finder__where-note")).to_contain_text("<script>window.hacked=1</script>")
    expect(page.locator(".onward__status")).to_contain_text("Kies waar je gaat wonen.")
    assert page.evaluate("window.hacked") is None
    page = tab.open("doorgaan/?kansen=smallingerland/weg.oud-werk,x'y&naar=gemeente-leeuwarden")
    expect(page.locator(".onward__notes")).to_have_text(
        "Staat niet meer op de kaart: oud werk. Misschien is het gestopt."
    )
    page = tab.open("doorgaan/?bij=azc-drachten&naar=littenseradiel")
    told = page.locator(".onward__place--naar .finder__where-note")
    expect(told).to_contain_text("Littenseradiel (tot 2018) is geen gemeente meer.")
    expect(told).to_contain_text("hoort nu bij Leeuwarden, Súdwest-Fryslân of Waadhoeke.")
    page = tab.open("doorgaan/?bij=azc-drachten&naar=drachten")
    expect(page.locator(".onward__notes")).to_contain_text("Je blijft in de gemeente Smallingerland wonen.")


def test_without_a_script_the_lists_stand_on_other_pages(visit: Open) -> None:
    page = visit(java_script_enabled=False).open("doorgaan/")
    expect(page.locator("noscript p")).to_contain_text("Kiezen kan alleen met JavaScript")
    expect(page.get_by_label("Waar ga je wonen?")).to_be_hidden()
    page = visit(java_script_enabled=False).open("gemeenten/heerenveen/")
    onward = page.get_by_role("region", name="Wat kan hier doorgaan?")
    expect(onward.get_by_role("link", name="Bibliotheek Heerenveen")).to_be_visible()

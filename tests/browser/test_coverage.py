"""What is chosen about coverage and contacts: shown by style alone, kept in the address, and answered."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Open


def test_which_reception_locations_have_nothing(visit: Open) -> None:
    """The question of who acquires: where is nothing in care for somebody with A1?"""
    tab = visit()
    page = tab.open("dekking/?binnen=25&vergunning=ja&wat=sectors.zorg&taal=A1")
    answer = page.get_by_role("status").filter(has_text="Nog niets bij")
    expect(page.get_by_role("heading", name="Binnen 25 km, met verblijfsvergunning")).to_be_visible()
    expect(page.locator("table:visible")).to_have_count(2)
    named = re.sub(r"^Nog niets bij \d+: |\.$", "", answer.inner_text()).split(", ")
    table = page.get_by_role("table", name="Laagste niveau").nth(1)
    column = table.locator("thead th").all_inner_texts().index("Zorg")
    told = {
        row.locator("th").inner_text(): row.locator("td").nth(column).inner_text()
        for row in table.locator("tbody tr").all()
    }
    assert named == [name for name, lowest in told.items() if lowest.rstrip("?") not in ("A0", "A1")]
    expect(page.locator(".coverage__asked")).to_have_count(len(named))
    page.get_by_role("radio", name="Half uur fietsen").check()
    page.get_by_label("Waar is nog niets voor").select_option("Sport")
    expect(page).to_have_url(re.compile(r"binnen=fiets&vergunning=ja&wat=sectors\.sport&taal=A1$"))
    expect(page.get_by_role("heading", name="Binnen een half uur fietsen, met")).to_be_visible()


def test_hostile_values_in_the_address_change_nothing(visit: Open) -> None:
    tab = visit()
    page = tab.open('dekking/?binnen="]<script>window.hacked=1</script>&vergunning=x&wat=a.b.c&taal=Z9')
    expect(page.get_by_role("heading", name="Binnen 10 km, zonder verblijfsvergunning")).to_be_visible()
    expect(page.locator(".coverage__answer")).not_to_be_empty()
    assert page.evaluate("window.hacked") is None


def test_choices_show_without_a_script(visit: Open) -> None:
    page = visit(java_script_enabled=False).open("azc/azc-delfzijl/dekking/")
    expect(page.get_by_role("heading", name="Binnen 10 km, zonder verblijfsvergunning")).to_be_visible()
    page.get_by_role("radio", name="5 km", exact=True).check()
    page.get_by_role("radio", name="Met vergunning").check()
    expect(page.get_by_role("heading", name="Binnen 5 km, met verblijfsvergunning")).to_be_visible()
    expect(page.get_by_role("heading", name="Binnen 10 km, zonder verblijfsvergunning")).to_be_hidden()


def test_the_contacts_of_a_few_places_are_printed(visit: Open) -> None:
    tab = visit()
    page = tab.open("contacten/")
    for name in ("azc Sneek", "azc Drachten", "Smallingerland"):
        page.get_by_label(f"Op papier: {name}", exact=True).check()
    expect(page).to_have_url(re.compile(r"\?kies=smallingerland&kies=azc-drachten&kies=azc-sneek$"))
    page.reload()
    page.emulate_media(media="print")
    printed = [one.inner_text() for one in page.locator(".contacts__name").all() if one.is_visible()]
    assert printed == ["Smallingerland", "azc Drachten", "azc Sneek"]

"""Routes side by side in the browser: choosing, the address, swiping, the drawings; and the table of all routes."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, Open

COMPARE = "routes/vergelijken/"
THREE = f"{COMPARE}?gemeenten=smallingerland,groningen,midden-groningen"


def _heads(page: Page) -> list[str]:
    expect(page.locator(".compare__status")).to_have_text(re.compile(r"^(?!Even laden).*\S", re.DOTALL))
    return page.locator(".compare__table thead th").all_inner_texts()


def _row(page: Page, title: str) -> list[str]:
    return page.locator(f".compare__table tbody[data-title='{title}'] td").all_inner_texts()


def test_from_home_three_differences(visit: Open) -> None:
    """As somebody of a municipality who was never here."""
    page = visit(viewport=LAPTOP).open("")
    page.get_by_role("link", name="Vergelijk routes").click()
    for name in ("Smallingerland", "Groningen", "Midden-Groningen"):
        page.get_by_role("checkbox", name=f"Vergelijk {name}", exact=True).check()
    page.get_by_role("button", name="Vergelijk wat je aanvinkt").click()
    assert set(_heads(page)) == {"Smallingerland", "Groningen", "Midden-Groningen"}
    order = _heads(page)
    told = dict(zip(order, _row(page, "Eigen budget"), strict=True))
    assert "€ 1.500" in told["Smallingerland"]
    assert told["Groningen"] == told["Midden-Groningen"] == "Niet genoemd"
    told = dict(zip(order, _row(page, "Wie heeft de regie"), strict=True))
    assert told["Groningen"].startswith("Coach van de gemeente")
    assert told["Midden-Groningen"] == "Niet genoemd"
    told = dict(zip(order, _row(page, "Termijn vanaf de inschrijving in de BRP"), strict=True))
    assert "12 maanden (ongeveer 52 weken)" in told["Groningen"]
    expect(page.locator(".compare__differences")).to_contain_text("Alleen Smallingerland noemt:")


def test_what_was_chosen_stands_in_the_address_and_back_goes_back(visit: Open) -> None:
    page = visit(viewport=LAPTOP).open(THREE)
    assert _heads(page) == ["Smallingerland", "Groningen", "Midden-Groningen"]
    page.get_by_label("Gemeente 3").select_option("den-haag")
    page.get_by_role("button", name="Vergelijk").click()
    expect(page.locator(".compare__table thead")).to_contain_text("Den Haag")
    assert page.url.endswith("?gemeenten=smallingerland,groningen,den-haag")
    # Of another law: not held against the law of now.
    assert _row(page, "Brede intake")[0] == "Andere wet. Die vroeg dit niet zo."
    page.go_back()
    expect(page.locator(".compare__table thead")).to_contain_text("Midden-Groningen")
    expect(page.get_by_label("Gemeente 3")).to_have_value("midden-groningen")


@pytest.mark.parametrize(
    ("query", "heads", "said"),
    [
        ("gemeenten=weert", ["Weert"], "Kies er nog een gemeente bij"),
        ("gemeenten=weert&gemeenten=gennep", ["Weert", "Gennep"], "Naast elkaar: Weert, Gennep."),
        ("gemeenten=weert,weert,gennep", ["Weert", "Gennep"], "Weert stond er twee keer"),
        ("gemeenten=weert,lutjebroek,gennep", ["Weert", "Gennep"], "Van ‘lutjebroek’ staat hier geen route"),
        (
            "gemeenten=weert,gennep,delft,rijswijk,westland",
            ["Weert", "Gennep", "Delft", "Rijswijk"],
            "Er passen 4 routes naast elkaar. Deze staan er niet bij: Westland.",
        ),
        ("gemeenten=<script>alert(1)</script>,__proto__,%00%FF,weert,gennep", ["Weert", "Gennep"], "‘<script>alert(1)"),
        (f"gemeenten={'x' * 3000}", None, "Kies hierboven twee tot vier gemeenten"),
    ],
)  # fmt: skip
def test_whatever_the_address_asks_gets_an_answer(visit: Open, query: str, heads: list[str] | None, said: str) -> None:
    page = visit(viewport=PHONE).open(f"{COMPARE}?{query}")
    found = _heads(page)
    assert found == heads if heads else len(found) == 4
    expect(page.locator(".compare__status")).to_contain_text(said)


def test_routes_without_a_term_or_without_anything_in_common_say_so(visit: Open) -> None:
    page = visit(viewport=LAPTOP).open(f"{COMPARE}?gemeenten=gennep,midden-groningen")
    _heads(page)
    assert _row(page, "Termijn vanaf de vergunning") == ["Deze route noemt geen enkele termijn."] * 2
    assert _row(page, "Persoonlijk plan (PIP)")[0] == "Niet genoemd"  # nobody of these names it
    page.goto(page.url.partition("?")[0] + "?gemeenten=delft,westland")
    _heads(page)
    expect(page.locator(".compare__differences")).to_contain_text("Deze routes noemen allemaal hetzelfde.")


def test_on_a_phone_one_swipes_and_the_name_in_view_is_marked(visit: Open) -> None:
    tab = visit(viewport={"width": 320, "height": 700}, has_touch=True, reduced_motion="reduce")
    page = tab.open(f"{COMPARE}?gemeenten=den-haag,gennep,groningen,weert")
    assert len(_heads(page)) == 4
    names = page.locator(".compare__name")
    expect(names.nth(0)).to_have_attribute("aria-current", "true")
    scroll = page.locator(".compare__scroll")
    width = scroll.evaluate("one => one.clientWidth")
    assert page.locator(".compare__table td").first.evaluate("one => one.offsetWidth") == pytest.approx(width, abs=2)
    scroll.evaluate("one => one.scrollTo({ left: one.clientWidth * 0.9 })")  # a finger lets go before the end
    expect(names.nth(1)).to_have_attribute("aria-current", "true")
    page.wait_for_function("one => Math.abs(one.scrollLeft - one.scrollWidth / 4) < 3", arg=scroll.element_handle())
    names.nth(3).focus()
    page.keyboard.press("Enter")
    expect(names.nth(3)).to_have_attribute("aria-current", "true")
    scroll.focus()
    page.keyboard.press("ArrowLeft")
    expect(names.nth(2)).to_have_attribute("aria-current", "true")
    page.locator("#deel-geld").scroll_into_view_if_needed()
    expect(names.first).to_be_in_viewport()


def test_the_same_step_lights_up_in_every_drawing(visit: Open) -> None:
    tab = visit(viewport=LAPTOP)
    page = tab.open(THREE)
    _heads(page)
    assert not any("/gemeenten/" in url for url in tab.asked)
    page.locator("#tekeningen").scroll_into_view_if_needed()
    expect(page.locator(".compare__figure svg.drawing-wide")).to_have_count(3)
    page.get_by_label("Laat dezelfde stap oplichten").select_option(label="Contact met de regisseur")
    lit = page.eval_on_selector_all(
        ".compare__figure",
        "all => all.map(one => [...one.querySelectorAll('.drawing-wide .is-on')].map(two => two.dataset.step).sort())",
    )
    assert lit == [["extra-hulp", "plan", "warme-overdracht"], ["plan-van-aanpak"], []]
    ids = page.eval_on_selector_all("[id]", "all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))
    page.locator(".compare__figure a[href$='#stap-plan-van-aanpak']:visible").first.click()
    page.wait_for_url("**/gemeenten/groningen/#stap-plan-van-aanpak")


def test_what_cannot_be_loaded_is_said_and_the_rest_stays(visit: Open) -> None:
    tab = visit(viewport=LAPTOP)
    page = tab.open(COMPARE)
    before = _heads(page)
    page.route("**/routes/weert/", lambda route: route.fulfill(status=404, body=""))
    page.get_by_label("Gemeente 1").select_option("weert")
    page.get_by_role("button", name="Vergelijk").click()
    expect(page.locator(".compare__status")).to_contain_text("konden niet laden")
    assert _heads(page) == before
    tab.faults.clear()  # the browser tells of the page that was not found


def test_the_table_sorts_and_filters_and_keeps_it_in_the_address(visit: Open) -> None:
    page = visit(viewport=LAPTOP).open("routes/")
    names = page.locator(".routes__table tbody tr:visible th a")
    assert names.first.inner_text() == "Den Haag"  # tells most of the law of now
    page.get_by_role("button", name="Gemeente").click()
    assert names.first.inner_text() == "Amersfoort"
    page.get_by_role("button", name="Gemeente").press("Enter")
    assert names.first.inner_text() == "Westland"
    page.get_by_label("Papier of praktijk").select_option("papier")
    assert names.all_inner_texts() == ["Smallingerland"]
    expect(page.locator(".routes__found")).to_have_text("1 route")
    page.reload()
    assert names.all_inner_texts() == ["Smallingerland"]
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Gemeente")
    page = visit(viewport=LAPTOP).open("routes/?stand=<b>&op=99&wet=%00&zoek=<script>")
    expect(page.locator(".routes__found")).to_have_text("Geen route past. Kies minder.")


def test_without_a_script_routes_stand_side_by_side(visit: Open) -> None:
    tab = visit(viewport=PHONE, java_script_enabled=False)
    page = tab.open(THREE)
    assert len(page.locator(".compare__table thead th").all()) == 4
    expect(page.locator("noscript p")).to_be_visible()
    page = tab.open("routes/")
    page.get_by_role("link", name="Weert").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Route van Weert in het kort")

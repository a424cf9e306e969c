"""The map of the finder: there when asked for, asking nobody else, and never in the way of the list."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.axe import findings
from tests.browser.conftest import LAPTOP, PHONE, TILES, Open, Visit, settled
from tests.browser.test_layout import SMALL, TOO_WIDE

MAP_BYTES = 61_300
"""What the map may load beyond the finder, compressed; its outlines and names have a budget of their own."""
MARKS = ".map :is(.pin, .cluster)"
BOXES = "all => all.map(one => one.getBoundingClientRect().toJSON())"
HOSTILE = "<img src=x onerror=window.hacked=1>"
TILE = """<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256">
<rect width="256" height="256" fill="#dde8d0"/><path d="M0 90 256 160" stroke="#fff" stroke-width="9"/></svg>"""


def background(route: Route) -> None:
    """Answer as PDOK does."""
    route.fulfill(body=TILE, content_type="image/svg+xml")


def nothing(route: Route) -> None:
    """Answer as a network that does not let PDOK through."""
    route.abort()


def _without_tiles(tab: Visit) -> None:
    """Forget that tiles did not come, which the browser reports as a fault."""
    tab.faults[:] = [fault for fault in tab.faults if TILES not in fault and "ERR_FAILED" not in fault]


def show(page: Page) -> Locator:
    """Press the button for the map, and return the map once it has marks."""
    page.get_by_role("button", name="Kaart", exact=True).click()
    page.locator(MARKS).first.wait_for()
    page.wait_for_timeout(300)
    return page.locator(".map")


def say(page: Page, found: Any) -> None:
    """Let the finder say that it found something else."""
    page.evaluate(
        """found => {
          const root = document.querySelector(".finder")
          root.found = found
          root.dispatchEvent(new CustomEvent("finder:results", { detail: found }))
        }""",
        found,
    )
    page.wait_for_timeout(400)


def result(number: int, **values: Any) -> dict[str, Any]:
    return {
        "key": f"gemeente/organisatie#kans-{number}",
        "title": f"Kans {number}",
        "who": "Organisatie",
        "place": "Sneek",
        "url": "../../kansen/",
        "activity": "vrijwilligerswerk",
        "icon": "users",
        "lat": 53.03,
        "lon": 5.66 + number / 10,
        "km": float(number),
        "others": [],
        **values,
    }


def _meet(one: dict[str, float], other: dict[str, float]) -> bool:
    return (
        one["left"] < other["right"]
        and other["left"] < one["right"]
        and one["top"] < other["bottom"]
        and other["top"] < one["bottom"]
    )


SNEEK = {"name": "azc Sneek", "lat": 53.03, "lon": 5.66, "kind": "azc"}


def test_nothing_is_loaded_before_the_map_is_shown(visit: Open) -> None:
    tab = visit()
    page = tab.open("azc/azc-sneek/")
    page.locator(".finder__results .card").first.wait_for()
    page.wait_for_load_state("networkidle")
    assert not [url for url in tab.asked if "/map-" in url or url.endswith("kaart.json")]
    show(page)
    assert [url for url in tab.asked if "/map-" in url]
    assert [url for url in tab.asked if url.endswith("/assets/kaart.json")]


def test_outlines_and_names_are_the_sites_own(visit: Open) -> None:
    """A tab that may ask for no tiles fails when it asks for any."""
    page = visit(reduced_motion="reduce").open("azc/azc-sneek/")
    shown = show(page)
    for kind in ("land", "abroad", "provinces", "municipalities"):
        assert len(shown.locator(f".map__{kind}").get_attribute("d") or "") > 100
    expect(shown.locator(".map__place", has_text=re.compile("^Sneek$"))).to_be_visible()
    names = shown.locator(".map__place").evaluate_all(BOXES)
    marks = shown.locator(":is(.pin, .cluster, .origin)").evaluate_all(BOXES)
    assert len(names) > 5
    boxes = [*names, *marks]
    assert [(one, other) for at, one in enumerate(names) for other in boxes[at + 1 :] if _meet(one, other)] == []
    few = len(names)
    for _ in range(3):
        page.get_by_role("button", name="Dichterbij").click()
    expect(shown.locator(".map__place", has_text=re.compile("^IJlst$"))).to_be_visible()
    assert few < 80
    source = page.locator(".map__source")
    expect(source).to_have_text("Grenzen: CBS en Kadaster; plaatsen: GeoNames (CC BY 4.0)", use_inner_text=True)


def test_the_background_of_pdok_is_switched_on_and_off(visit: Open) -> None:
    tab = visit(tiles=background, reduced_motion="reduce")
    page = tab.open("azc/azc-sneek/")
    shown = show(page)
    switch = page.get_by_role("checkbox", name="Achtergrond van PDOK (kaart van de overheid)")
    expect(switch).not_to_be_checked()
    assert not [url for url in tab.asked if url.startswith(TILES)]
    switch.check()
    shown.locator(".leaflet-tile-loaded").first.wait_for()
    assert [url for url in tab.asked if url.startswith(f"{TILES}wmts/v2_0/standaard/EPSG:3857/")]
    expect(shown.locator(".map__source")).to_contain_text("BRT Achtergrondkaart, © Kadaster")
    expect(shown.locator(".map__place").first).to_be_hidden()  # the background has names of its own
    page.reload()  # the address says that the map is shown
    page.locator(MARKS).first.wait_for()
    expect(switch).to_be_checked()
    switch.uncheck()
    expect(shown.locator(".leaflet-tile")).to_have_count(0)
    expect(shown.locator(".map__place").first).to_be_visible()
    expect(shown.locator(".map__source-pdok")).to_be_hidden()
    asked = len(tab.asked)
    page.reload()
    page.locator(MARKS).first.wait_for()
    assert not [url for url in tab.asked[asked:] if url.startswith(TILES)]


def test_without_an_answer_of_pdok_the_names_stay(visit: Open) -> None:
    tab = visit(tiles=nothing, reduced_motion="reduce")
    shown = show(tab.open("azc/azc-sneek/"))
    tab.page.get_by_role("checkbox", name="Achtergrond van PDOK").check()
    tab.page.wait_for_load_state("networkidle")
    expect(shown.locator(".map__place").first).to_be_visible()
    _without_tiles(tab)


def test_without_its_outlines_the_map_is_tried_again(visit: Open) -> None:
    tab = visit(reduced_motion="reduce")
    page = tab.open("azc/azc-sneek/")
    page.route("**/kaart.json", lambda route: route.fulfill(status=503, body=""))
    page.get_by_role("button", name="Kaart", exact=True).click()
    expect(page.get_by_text("De kaart kon niet laden")).to_be_visible()
    page.unroute("**/kaart.json")
    page.locator(".map__failed button").click()
    page.locator(MARKS).first.wait_for()
    tab.faults[:] = [fault for fault in tab.faults if "503" not in fault]


def test_the_map_is_small(project: Path) -> None:
    files = [*(project / "site/assets").glob("map-*.js"), *(project / "site/assets").glob("map-*.css")]
    assert len(files) == 2
    assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) <= MAP_BYTES


def test_the_origin_circles_and_every_result_are_there(visit: Open) -> None:
    page = visit(reduced_motion="reduce").open("azc/azc-sneek/")
    shown = show(page)
    expect(shown.locator(".origin")).to_contain_text("azc Sneek")
    assert shown.locator(".map__km").all_inner_texts() == ["5 km", "10 km", "25 km"]
    expect(shown.locator(".map__circle")).to_have_count(3)
    say(page, {"results": [result(1), result(2), result(2, key="g/o#x")], "origin": SNEEK, "radius": 25})
    expect(shown.locator(".pin")).to_have_count(1)
    expect(shown.get_by_role("button", name="2 kansen")).to_have_count(1)
    say(page, {"results": [], "origin": None, "radius": None})
    expect(page.locator(MARKS)).to_have_count(0)
    expect(shown.locator(".origin")).to_have_count(0)


def test_a_card_marks_its_pin_and_a_pin_its_card(visit: Open) -> None:
    page = visit(reduced_motion="reduce").open("azc/azc-sneek/")
    shown = show(page)
    card = page.locator(".finder__results .card").first
    card.hover()
    expect(shown.locator(".is-marked")).to_have_count(1)
    page.mouse.move(0, 0)
    expect(shown.locator(".is-marked")).to_have_count(0)
    card.locator(".card__title a").focus()
    expect(shown.locator(".is-marked")).to_have_count(1)
    page.locator("body").evaluate("document.activeElement.blur()")
    key = card.get_attribute("data-key")
    say(page, {"results": [result(4, key=key)], "origin": SNEEK, "radius": 25})
    shown.locator(".pin").focus()
    expect(card).to_have_class("card card--marked")
    page.locator("body").evaluate("document.activeElement.blur()")
    expect(page.locator(".card--marked")).to_have_count(0)
    shown.locator(".pin").hover()
    expect(card).to_have_class("card card--marked")


def test_with_a_keyboard(visit: Open) -> None:
    page = visit(reduced_motion="reduce").open("azc/azc-sneek/")
    button = page.get_by_role("button", name="Kaart", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    page.locator(MARKS).first.wait_for()
    button.focus()
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Sla de kaart over")
    while not skip.evaluate("one => one === document.activeElement"):
        page.keyboard.press("Tab")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id || document.querySelector(':target').id") == "__na_kaart"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.map') === null")
    say(page, {"results": [result(2), result(20)], "origin": SNEEK, "radius": 25})
    pin = page.get_by_role("button", name="Kans 2, Organisatie, Sneek, 2,0 km")
    pin.focus()
    page.keyboard.press("Enter")
    link = page.locator(".popup").get_by_role("link", name="Kans 2")
    expect(link).to_be_focused()
    expect(page.locator(".popup")).to_contain_text("2,0 km van azc Sneek")
    page.keyboard.press("Escape")
    expect(page.locator(".popup")).to_have_count(0)
    expect(pin).to_be_focused()
    page.keyboard.press("Space")
    expect(link).to_be_focused()
    page.locator(".popup").get_by_role("button", name="Sluit").press("Enter")
    expect(page.locator(".popup")).to_have_count(0)
    expect(pin).to_be_focused()


def test_with_a_finger(visit: Open) -> None:
    tab = visit(viewport=PHONE, has_touch=True, reduced_motion="reduce")
    page = tab.open("azc/azc-sneek/")
    shown = show(page)
    assert page.evaluate(SMALL, [".map :is(.map__zoom, .map__switch)", 44]) == []
    key = page.locator(".finder__results .card").first.get_attribute("data-key")
    say(page, {"results": [result(2, key=key), result(20)], "origin": SNEEK, "radius": 25})
    assert page.evaluate(SMALL, [".map :is(.pin, .cluster)", 24]) == []
    shown.get_by_role("button", name="Kans 2,").tap()
    popup = page.locator(".popup")
    expect(popup).to_be_visible()
    popup.get_by_role("button", name="Bewaar").tap()
    expect(page.locator(".finder__results .card").first.locator(".keep")).to_have_class("keep keep--on")
    assert page.evaluate(TOO_WIDE) == []


def test_hostile_results_stay_text(visit: Open) -> None:
    page = visit(reduced_motion="reduce").open("azc/azc-sneek/")
    shown = show(page)
    poison = {"title": HOSTILE, "who": HOSTILE, "place": HOSTILE, "icon": '"><script>window.hacked=1</script>'}
    far = [result(2, lat=None, lon="x"), result(3, lat=91, lon=200)]
    origin = {**SNEEK, "name": HOSTILE}
    say(page, {"results": [result(1, **poison), *far], "origin": origin, "radius": 25})
    expect(shown.locator(".pin")).to_have_count(1)
    shown.locator(".pin").click()
    expect(page.locator(".popup")).to_contain_text(HOSTILE)
    assert page.locator(".map :is(.pin, .cluster, .popup, .origin) :is(img, script)").count() == 0
    assert page.evaluate("window.hacked") is None


def test_less_motion_is_no_motion(visit: Open) -> None:
    page = visit(reduced_motion="reduce").open("azc/azc-sneek/")
    shown = show(page)
    assert shown.locator(".leaflet-zoom-anim, .leaflet-fade-anim, .leaflet-cluster-anim").count() == 0
    assert "leaflet-fade-anim" not in (shown.locator(".map__canvas").get_attribute("class") or "")


def test_axe_finds_nothing(visit: Open) -> None:
    page = visit(color_scheme="dark", reduced_motion="reduce").open("azc/azc-sneek/")
    shown = show(page)
    settled(page)
    for size in (PHONE, LAPTOP):
        page.set_viewport_size(size)
        page.wait_for_timeout(300)
        assert findings(page) == []
    say(page, {"results": [result(2)], "origin": SNEEK, "radius": 25})
    shown.locator(".pin").click()
    expect(page.locator(".popup")).to_be_visible()
    assert findings(page) == []


def test_many_results_do_not_hold_up_the_page(visit: Open) -> None:
    page = visit(reduced_motion="reduce").open("azc/azc-sneek/")
    show(page)
    many = [result(n % 9, key=f"g/o#k-{n}", lat=52.5 + n % 97 / 100, lon=5.5 + n % 89 / 100) for n in range(2000)]
    page.evaluate("many => { window.many = JSON.parse(many) }", json.dumps(many))
    milliseconds = page.evaluate(
        """() => {
          const root = document.querySelector(".finder")
          root.found = { results: window.many, origin: null, radius: null }
          const start = performance.now()
          root.dispatchEvent(new CustomEvent("finder:results", { detail: root.found }))
          return performance.now() - start
        }"""
    )
    assert milliseconds < 16  # the map draws afterwards
    expect(page.locator(".map .cluster").first).to_be_visible()
    page.wait_for_timeout(1500)
    assert 1 < page.locator(MARKS).count() < 300


def _part(page: Page) -> tuple[str, str]:
    """The circle of 10 km: where it is and how large it is says which part of the country the map shows."""
    label = page.locator(".map__km", has_text="10 km").bounding_box()
    canvas = page.locator(".map__canvas").bounding_box()
    assert label
    assert canvas
    return f"{label['x'] - canvas['x']:.0f}", f"{label['y'] - canvas['y']:.0f}"


def test_the_map_and_its_part_of_the_country_are_in_the_address(visit: Open) -> None:
    tab = visit()
    page = tab.open("kansen/?bij=azc-sneek")
    page.locator(".finder--ready").wait_for()
    show(page)
    expect(page).to_have_url(re.compile(r"\?bij=azc-sneek&kaart=ja$"))
    page.get_by_role("button", name="Verder weg").click()
    expect(page).to_have_url(re.compile(r"&kaart=5\d\.\d{1,4},\d\.\d{1,4},\d+$"))
    page.wait_for_timeout(300)
    moved, address = _part(page), page.url
    page.get_by_role("radio", name="Zonder vergunning").check()
    expect(page).to_have_url(re.compile("vergunning=nee.*&kaart=5"))
    page.wait_for_timeout(300)
    assert _part(page) == moved  # another filter shows the same part
    page.locator(".finder__radius .pick", has_text="10 km").click()
    expect(page).to_have_url(re.compile("&straal=10.*&kaart=ja$"))
    page.go_back()
    page.wait_for_timeout(500)
    assert _part(page) == moved
    page.go_back()
    page.go_back()
    expect(page.locator(".finder__map")).to_be_hidden()
    other = visit().open(address.removeprefix(tab.address))
    other.locator(MARKS).first.wait_for()
    other.wait_for_timeout(300)
    assert _part(other) == moved
    expect(other.get_by_role("button", name="Kaart", exact=True)).to_have_attribute("aria-expanded", "true")


@pytest.mark.parametrize("part", ["9,9,9", "53,6,99", "<script>", "53.1,6"])
def test_a_part_of_no_country_is_ignored_and_told(visit: Open, part: str) -> None:
    page = visit().open(f"kansen/?kaart={part}")
    page.locator(".finder--ready").wait_for()
    expect(page.locator(".finder__notes")).to_contain_text(f"‘{part}’ bestaat niet meer")
    expect(page.locator(".finder__map")).to_be_hidden()

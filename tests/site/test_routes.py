"""Routes on the site: the drawing, the same as text, what the law asks, and the files beside it."""

import re
import xml.etree.ElementTree as ET
from html import escape
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from meedoenkaart.catalogue import RoutePage
from meedoenkaart.infographic import CannotDraw
from meedoenkaart.publishing.drawings import draughtsman, files
from meedoenkaart.publishing.route import view
from meedoenkaart.reading.yaml_text import read
from meedoenkaart.records.route import Route
from meedoenkaart.writing.example import example_route
from tests.site.conftest import Built
from tests.site.copies import built

REGION = {"de-fryske-marren", "groningen", "midden-groningen", "smallingerland"}
OF_FOUR = {"delft", "pijnacker-nootdorp", "rijswijk", "westland"}
"""These share a route."""
ELSEWHERE = {"amersfoort", "den-haag", "gennep", "weert", *OF_FOUR}


def test_every_route_is_drawn_twice_and_told_as_text(real: Built) -> None:
    assert real.catalogue.routes.keys() == REGION | ELSEWHERE
    for slug, route in real.catalogue.routes.items():
        page = (real.site / f"gemeenten/{slug}/index.html").read_text("utf-8")
        for form in ("wide", "phone"):
            drawn = re.search(rf'<svg[^>]*class="drawing drawing-{form}".*?</svg>', page, re.DOTALL)
            assert drawn, (slug, form)
            assert set(re.findall(r'href="#stap-([a-z0-9-]+)"', drawn[0])) == route.record.steps.keys()
        for id in route.record.steps:
            assert page.count(f'id="stap-{id}"') == 1
        for number in range(1, len(route.record.notes) + 1):
            assert page.count(f'id="uitleg-{number}"') == 1
        if route.record.breaks_off:
            assert "De bron vermeldt het vervolg niet" in page
        assert ("Een route van elders" in page) == (slug in ELSEWHERE)


def test_only_a_route_of_the_same_law_is_held_against_it(real: Built) -> None:
    laws = {"Wi2013": 0, "Wi2021": 0}
    for slug, route in real.catalogue.routes.items():
        page = (real.site / f"gemeenten/{slug}/index.html").read_text("utf-8")
        shown = view(real.catalogue, route)
        laws[route.record.law] += 1
        assert "ontbreekt" not in page
        assert page.count("Niet genoemd in de bron<") == sum(not one.steps for one in shown.coverage)
        assert ('id="wet-pip"' in page) == (route.record.law == "Wi2021")
    assert all(laws.values())


def test_the_head_tells_the_age_of_the_route(real: Built) -> None:
    """Not that of a list with the municipality's code, nor that of whatever was written about it last."""
    for slug in real.catalogue.municipalities:
        page = (real.site / f"gemeenten/{slug}/index.html").read_text("utf-8")
        head = page[page.index('<header class="page-head">') :].partition("</header>")[0]
        route = real.catalogue.routes.get(slug)
        assert "Volgens een bron" not in head
        assert (
            (f"Periode van de route: {escape(str(route.record.period))}. Nog niet bevestigd." in head)
            if route
            else ("freshness" not in head)
        )


def test_a_route_of_an_earlier_law_says_that_the_law_has_changed(real: Built) -> None:
    changed = {
        slug
        for slug in real.catalogue.municipalities
        if "Sinds 1 januari 2022 is er een nieuwe wet"
        in (real.site / f"gemeenten/{slug}/index.html").read_text("utf-8")
    }
    assert changed == {"groningen", "midden-groningen", "smallingerland", "weert"}


def test_the_contents_lead_to_every_part(real: Built) -> None:
    for slug in real.catalogue.municipalities:
        page = (real.site / f"gemeenten/{slug}/index.html").read_text("utf-8")
        contents = re.search(r'aria-label="Op deze pagina">(.*?)</nav>', page, re.DOTALL)
        assert contents
        parts = re.findall(r'<h2 class="[^"]*" id="([^"]+)"', page)
        named = re.findall(r'href="#([^"]+)"', contents[1])
        assert [one for one in named if one != "route-wet"] == [one for one in parts if one != "van-elders-titel"]
        assert ("route-wet" in named) == (slug in real.catalogue.routes)


def test_without_a_route_a_municipality_shows_what_the_law_asks(real: Built) -> None:
    statutory = real.catalogue.statutory
    assert statutory
    assert statutory.route
    told = [id for step in statutory.route.steps.values() for id in step.fulfils]
    assert sorted(told) == sorted(statutory.elements)
    without = real.catalogue.municipalities.keys() - real.catalogue.routes.keys()
    assert len(without) > 20
    drawings = set()
    for slug in without:
        page = (real.site / f"gemeenten/{slug}/index.html").read_text("utf-8")
        section = page[page.index('id="route-titel">') :].partition('id="begeleiding-titel"')[0]
        assert section.startswith('id="route-titel">Wat de wet vraagt</h2>')
        assert "De gemeente heeft nog geen eigen route ingestuurd" in section
        assert "Voor het laatst vergeleken met de bronnen op 19 augustus 2026." in section
        assert not re.search(r"Plan op papier|Deels in uitvoering|In de praktijk<|Niet genoemd", section)
        drawings.add("".join(re.findall(r'<svg[^>]*class="drawing .*?</svg>', section, re.DOTALL)))
        for id in statutory.route.steps:
            assert section.count(f'id="stap-{id}"') == 1
    [drawn] = drawings
    assert "Geen route van een gemeente" in drawn
    assert set(re.findall(r'href="#stap-([a-z0-9-]+)"', drawn)) == statutory.route.steps.keys()


def test_the_files_beside_a_route_are_what_they_say(real: Built) -> None:
    starts = {".svg": b"<svg", ".png": b"\x89PNG", "-delen.png": b"\x89PNG", "-a3.pdf": b"%PDF-", "-a4.pdf": b"%PDF-"}
    for slug in real.catalogue.routes:
        folder = real.site / "gemeenten" / slug
        for ending, start in starts.items():
            assert (folder / f"{slug}{ending}").read_bytes().startswith(start)
        assert (folder / f"{slug}.gv").read_text("utf-8").startswith("digraph")
        drawing = ET.parse(folder / f"{slug}.svg")  # noqa: S314  # our own file
        assert "data:font/woff2" in "".join(drawing.getroot().itertext())
        page = (folder / "index.html").read_text("utf-8")
        assert (
            f'property="og:image" content="https://meedoenkaart.github.io/meedoenkaart/gemeenten/{slug}/{slug}-delen'
            in page
        )


def test_municipalities_elsewhere_are_no_part_of_the_region(real: Built) -> None:
    home = (real.site / "index.html").read_text("utf-8")
    assert "gemeenten/smallingerland/" in home
    assert not any(f"gemeenten/{slug}/" in home for slug in ELSEWHERE)
    index = (real.site / "gemeenten/index.html").read_text("utf-8")
    own, elsewhere = index.split('id="elders"')
    assert (
        set(re.findall(r'href="(?:\.\./)*gemeenten/([a-z0-9-]+)/"', own))
        == real.catalogue.regional_municipalities.keys()
    )
    assert {*real.catalogue.municipalities} - {*real.catalogue.regional_municipalities} == set(
        re.findall(r'gemeenten/([a-z0-9-]+)/"', elsewhere)
    )


def test_organisations_of_the_steps_come_first(real: Built) -> None:
    page = (real.site / "gemeenten/smallingerland/index.html").read_text("utf-8")
    shown = view(real.catalogue, real.catalogue.routes["smallingerland"])
    assert shown.offers
    cards = re.findall(r'class="card" data-key="([^"]+)"', page)
    assert cards[: len(shown.offers)] == [offer.key for offer in shown.offers]
    assert len(cards) == len(set(cards))


def test_the_drawing_refuses_what_the_records_would_not_let_through(project: Path) -> None:
    tree, _ = read(example_route()[0].encode(), "x.yml")
    route = TypeAdapter(Route).validate_python(tree)
    object.__setattr__(route, "steps", {f"stap-{n}": route.steps["plan"] for n in range(5000)})
    with pytest.raises(CannotDraw):
        list(files(draughtsman(project), RoutePage("x", "routes/x.yml", route)))


def test_absurd_routes_are_problems(project: Path) -> None:
    text = example_route()[0]
    steps = "".join(f"  s{n}:\n    title: Stap\n    phase: begin\n" for n in range(5000))
    (project / "routes/leeuwarden.yml").write_text(text.replace("steps:\n", f"steps:\n{steps}"), "utf-8")
    assert "leeuwarden" in _refused(project)
    steps = "".join(
        f"  s{n}:\n    title: Stap\n    phase: begin\n    after: [{', '.join(f's{m}' for m in range(50) if m != n)}]\n"
        for n in range(50)
    )
    (project / "routes/leeuwarden.yml").write_text(text.replace("steps:\n", f"steps:\n{steps}"), "utf-8")
    assert "too-many" in _refused(project)
    (project / "routes/leeuwarden.yml").write_text(text.replace("Brede intake", "x" * 90_000), "utf-8")
    assert "text-too-long" in _refused(project)


def _refused(project: Path) -> str:
    with pytest.raises(AssertionError) as failure:
        built(project)
    return str(failure.value)

"""Pages for frames on other sites: what they weigh, what they read, and what stays apart from the site itself."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from meedoenkaart.layers import theme_of
from meedoenkaart.publishing import embeds
from tests.site.conftest import Built
from tests.site.copies import ROOT, built, tree
from tests.site.test_policy import directives

BYTES = 15_000
"""All that a frame with opportunities fetches, packed."""
CARDS = 6
PLACES = "embed/kansen/*/*.json"


def _packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


def _lists(site: Path, pattern: str = PLACES) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted(site.glob(pattern)):
        yield path, json.loads(path.read_bytes())


def _keys(found: dict[str, Any]) -> list[tuple[str, int]]:
    """Return for each row its organisation and the number of its card there."""
    return list(zip((found["organisations"][at] for at in found["organisation"]), found["card"], strict=True))


def _of_each_activity(found: dict[str, Any]) -> Iterator[list[int]]:
    """Yield the rows that a frame may show: all, and those of each activity."""
    yield list(range(len(found["card"])))
    facet = found["columns"][embeds.ACTIVITY]
    for value in range(len(facet["values"])):
        yield [row for row, at in enumerate(facet["rows"]) if value in facet["sets"][at]]


def test_a_frame_with_six_opportunities_is_small(real: Built) -> None:
    """Of every place, with everything and with one activity: page, styles, script, list and cards."""
    [style] = (one for one in real.site.glob("assets/embed-*.css") if re.fullmatch(r"embed-[A-Z0-9]{8}\.css", one.name))
    [script] = (one for one in real.site.glob("assets/embed-*.js") if re.fullmatch(r"embed-[A-Z0-9]{8}\.js", one.name))
    page = real.site / "embed/kansen/index.html"
    text = page.read_text("utf-8")
    assert style.name in text
    assert script.name in text
    assert set(re.findall(r'(?:src|href)="([^"#]+\.\w+)"', text)) == {
        f"../../assets/{style.name}",
        f"../../assets/{script.name}",
    }
    around = sum(map(_packed, (page, style, script)))
    weights = {}
    for path, found in _lists(real.site):
        for rows in _of_each_activity(found):
            shown = {found["organisations"][found["organisation"][row]] for row in rows[:CARDS]}
            cards = sum(_packed(real.site / f"kansen/{slug}/{embeds.CARDS}") for slug in shown)
            weights[path.stem, len(rows)] = around + _packed(path) + cards
    assert len(weights) > 300
    assert max(weights.values()) <= BYTES, max(weights, key=lambda one: weights[one])


def test_a_list_has_what_the_page_of_the_place_has(real: Built) -> None:
    catalogue = real.catalogue
    for slug, near in catalogue.near_receptions.items():
        found = json.loads((real.site / f"embed/kansen/azc/{slug}.json").read_bytes())
        assert found["name"] == catalogue.receptions[slug].record.name
        assert len(near) == len(_keys(found))
        titles = [str(one.offer.opportunity.title) for one in sorted(near, key=lambda one: one.offer.is_paused)]
        for (organisation, card), venue, title in zip(_keys(found), found["venue"], titles, strict=True):
            cards = json.loads((real.site / f"kansen/{organisation}/{embeds.CARDS}").read_bytes())
            assert re.sub(r"\W", "", title) in re.sub(r"&#\d+;|&amp;|\W", "", cards[card][venue]), organisation
    for slug in catalogue.municipalities:
        found = json.loads((real.site / f"embed/kansen/gemeente/{slug}.json").read_bytes())
        assert len(found["card"]) == len(catalogue.offers_by_municipality.get(slug, ()))


def test_cards_lead_from_a_frame_to_the_site_and_show_icons_of_the_frame(real: Built) -> None:
    symbols = set(real.pages["embed/kansen/"].ids)
    for path in real.site.glob(f"kansen/*/*/{embeds.CARDS}"):
        text = path.read_text("utf-8")
        assert set(re.findall(r'<use href=\\"#([^"\\]+)', text)) <= symbols, path
        for link in re.findall(r'<a href=\\"([^"\\]+)', text):
            assert link.removeprefix("../../").partition("#")[0] in real.pages, path


def test_only_the_page_that_shows_them_frames_pages(real: Built) -> None:
    framing = set()
    for url in real.pages:
        file = real.site / (url if url.endswith(".html") else f"{url}index.html")
        found = directives(file.read_text("utf-8"))
        if "frame-src" in found:
            assert found["frame-src"] == ["'self'"]
            framing.add(url)
    assert framing == {"data/", "data/insluiten/"}


def test_routes_of_the_region_come_first(real: Built) -> None:
    page = (real.site / "data/insluiten/index.html").read_text("utf-8")
    listed = re.findall(r'<option value="([^"]+)"', page.partition('id="stuk-route"')[2].partition("</select>")[0])
    routes = real.catalogue.routes.keys()
    within = [slug for slug in routes if slug in real.catalogue.regional_municipalities]
    assert 0 < len(within) < len(routes)
    assert listed == [*within, *(slug for slug in routes if slug not in within)]
    assert f"embed/route/{within[0]}/" in page


def test_frames_are_no_pages_of_the_site(real: Built) -> None:
    framed = [url for url in real.pages if url.startswith("embed/")]
    assert len(framed) > 10
    assert "/embed/" not in (real.site / "sitemap.xml").read_text("utf-8")
    assert "embed/" not in (real.site / "search/search_index.json").read_text("utf-8")
    for url in framed:
        page = real.pages[url]
        assert page.meta("robots") == ["noindex"]
        assert page.meta("referrer") == ["no-referrer"]
        assert [one["target"] for one in page.all("base")] == ["_top"]
        assert any("embed__all" in one.classes for one in page.all("a")), "a link for who has no script"


def test_a_place_that_was_renamed_answers_to_its_old_name(real: Built) -> None:
    reception = next(iter(real.catalogue.receptions.values()))
    found = dict(embeds.lists(real.catalogue, theme_of(ROOT), {reception.url: ["azc/vroeger/"]}))
    for page in (embeds.OFFERS, embeds.AGENDA):
        assert found[f"{page}azc/vroeger.json"] == found[f"{page}azc/{reception.slug}.json"]


def test_around_a_place_with_more_than_a_list_holds_each_activity_has_its_own(
    real: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embeds, "MOST_LISTED", 10)
    found = dict(embeds.lists(real.catalogue, theme_of(ROOT), {}))
    whole = json.loads(found[f"{embeds.OFFERS}azc/azc-sneek.json"])
    assert whole["more"]
    assert len(whole["card"]) == 10
    near = [one.offer.opportunity.activity for one in real.catalogue.near_receptions["azc-sneek"]]
    for activity in set(near):
        part = json.loads(found[f"{embeds.OFFERS}azc/azc-sneek/{activity}.json"])
        assert len(part["card"]) == min(10, near.count(activity))
        assert part.get("more", False) == (near.count(activity) > 10)
    few = json.loads(found[f"{embeds.OFFERS}azc/azc-winterswijk.json"])
    assert "more" not in few


def test_another_title_changes_one_card_and_no_list(built_project: Path) -> None:
    before = tree(built_project / "site")
    file = built_project / "catalogue/organisations/sudwest-fryslan/bibliotheek-sneek.yml"
    text = file.read_text("utf-8")
    assert text.count("Digi-Taalhuis: taal") == 1
    file.write_text(text.replace("Digi-Taalhuis: taal", "Digi-Taalhuis: praten"), "utf-8")
    after = tree(built(built_project))
    changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    assert {path for path in changed if path.startswith("embed/") or path.endswith(embeds.CARDS)} == {
        f"kansen/sudwest-fryslan/bibliotheek-sneek/{embeds.CARDS}"
    }

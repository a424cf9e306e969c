"""What pages with routes say of terms and of the law, of made-up records."""

import re

import pytest

from meedoenkaart.publishing.drawings import draughtsman
from meedoenkaart.publishing.pages import pages
from meedoenkaart.publishing.rendering import Renderer, Site
from tests.conftest import Project
from tests.site.copies import ROOT

LAW = "routes/statutory.yml"
ROUTE = "routes/smallingerland.yml"
SITE = Site("Proef", "https://proef.example/", "https://proef.example/", "e/", "n/", "i", assets={"routes.js": "r.js"})


def _text(project: Project, url: str) -> str:
    """Return what a page says, in one line."""
    catalogue = project.catalogue()
    renderer = Renderer(ROOT, SITE, catalogue, draughtsman(ROOT))
    [page] = [one for one in pages(catalogue) if one.url == url]
    content = "".join(renderer.draw(page).content)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))


@pytest.mark.parametrize("url", ["routes/wet/", "routes/smallingerland/", "routes/vergelijken/"])
def test_a_route_beyond_a_term_of_the_law_says_so_with_the_article(project: Project, url: str) -> None:
    said = "Langer dan de wet: daar is het binnen 8 weken (Verzonnen wet, artikel 1)."
    assert said not in _text(project, url)
    law = project.read(LAW).replace("term: binnen tien weken", "within: {number: 8, unit: weken, since: koppeling}")
    project.write(LAW, law)
    assert said in _text(project, url)


def test_a_moment_whose_distance_to_the_permit_is_known_is_put_on_the_scale(project: Project) -> None:
    assert "Hoe lang dat na de vergunning is, zegt de bron niet." in _text(project, "routes/smallingerland/")
    within = "{number: 14, unit: dagen, since: vergunning}"
    step = f"  koppeling:\n    title: Koppeling\n    phase: begin\n    within: {within}\n"
    project.replace(ROUTE, "steps:\n", f"steps:\n{step}")
    text = _text(project, "routes/smallingerland/")
    assert "binnen 10 weken na de koppeling, dus uiterlijk 12 weken na de vergunning" in text
    assert "Hoe lang dat na de vergunning is" not in text


def test_gaps_are_an_invitation(project: Project) -> None:
    text = _text(project, "routes/wet/")
    assert "Verzonnen intake 1 van 1" in text
    assert "Verzonnen toets 0 van 1" in text
    assert "Geen enkele route noemt dit. Doen jullie het? Zet het in jullie route" in text


def test_without_any_route_pages_say_so(project: Project) -> None:
    (project.root / ROUTE).unlink()
    project.write("catalogue/tasks.yml", "stands_alone: ja\n")
    assert "Er is nog geen route." in _text(project, "routes/")
    assert "Er is nog geen route om te vergelijken." in _text(project, "routes/vergelijken/")

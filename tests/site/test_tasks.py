"""The pages that say who does what: all of it, and a moment, a party or a municipality alone."""

import re
import shutil
from pathlib import Path

from tests.conftest import MINIMAL, Project
from tests.site.conftest import Built


def _page(real: Built, url: str) -> str:
    return (real.site / url / "index.html").read_text("utf-8")


def test_every_subject_stands_in_the_table_and_in_the_list_with_its_sources(real: Built) -> None:
    tasks = real.catalogue.tasks
    assert tasks
    html = _page(real, "wie-doet-wat")
    rows = dict(re.findall(r'(?s)<tr><th scope="row" class="matrix__subject"><a href="#([^"]+)">(.*?)</tr>', html))
    assert rows.keys() == tasks.subjects.keys()
    for id, subject in tasks.subjects.items():
        assert rows[id].count("<td>") == len(tasks.parties)
        [article] = re.findall(rf'(?s)<article class="task" id="{id}".*?</article>', html)
        for line in subject.lines:
            assert f'data-role="{line.role}"' in article
            assert all(source.address.replace("&", "&amp;") in article for source in line.sources)
    assert rows["digid"].count("niet bekend") == len(tasks.parties) - 3


def test_a_moment_and_a_party_stand_alone(real: Built) -> None:
    tasks = real.catalogue.tasks
    assert tasks
    for id in tasks.moments:
        shown = re.findall(r'<article class="task" id="([^"]+)"', _page(real, f"wie-doet-wat/{id}"))
        assert shown == [key for key, one in tasks.subjects.items() if one.moment == id]
    html = _page(real, "wie-doet-wat/wie/duo")
    assert re.findall(r'<article class="task" id="([^"]+)"', html) == ["inburgeringsplicht", "kosten", "examen"]
    assert {*re.findall(r'data-party="([^"]+)"', html)} == {"duo"}


def test_a_municipality_with_a_route_has_its_own_names_and_ways(real: Built) -> None:
    html = _page(real, "gemeenten/gennep/wie-doet-wat")
    assert "Destion en Mooiland (Woningcorporatie)" in html
    [article] = re.findall(r'(?s)<article class="task" id="uitkering".*?</article>', html)
    assert 'href="https://www.gennep.nl/inburgeren-asielstatushouders"' in article
    assert 'gemeenten/gennep/wie-doet-wat/"' in _page(real, "gemeenten/gennep")
    assert not (real.site / "gemeenten/leeuwarden/wie-doet-wat").exists()


def test_other_pages_lead_there(real: Built) -> None:
    for url in ("overdracht", "contacten"):
        assert 'href="../wie-doet-wat/"' in _page(real, url)


def test_a_region_can_do_without_the_table(tmp_path: Path) -> None:
    project = Project(shutil.copytree(MINIMAL, tmp_path / "project"))
    project.write("catalogue/tasks.yml", "stands_alone: ja\n")
    assert project.run("check").code == 0

"""What the sheet of a handover reads, and who can be reached where."""

import gzip
import json
import re

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.cli import today
from meedoenkaart.continuity.contacts import Reached, at_municipality, at_reception
from meedoenkaart.loading import load
from meedoenkaart.publishing.handover import handover_file, steps_of
from meedoenkaart.reading.documents import Reader
from tests.conftest import MINIMAL
from tests.site.conftest import Built

FILE_BYTES = 15_000
"""What the sheet fetches of all municipalities and reception locations, compressed."""


def _minimal() -> Catalogue:
    catalogue = load(Reader(MINIMAL), today()).catalogue
    assert catalogue
    return catalogue


def _lines(found: tuple[Reached, ...]) -> list[tuple[str, str, bool]]:
    return [(one.label, one.about, one.is_gap) for one in found]


def test_roles_that_one_wants_come_first_with_a_gap_where_nobody_is_known() -> None:
    catalogue = _minimal()
    assert _lines(at_municipality(catalogue, catalogue.municipalities["smallingerland"])) == [
        ("Regisseur", "vragen over de inburgering", False),
        ("Begeleiding", "", True),
        ("maatschappelijke-begeleiding", "", False),  # the role that this vocabulary lacks, at the buurthuis
        ("Algemeen", "", False),
    ]
    assert _lines(at_reception(catalogue, catalogue.receptions["azc-drachten"])) == [
        ("Gemeente", "", True),
        ("De overdracht naar een gemeente", "", False),
        ("meedoenbalie", "", False),
    ]
    assert all(one.is_gap for one in (*at_reception(catalogue, None), *at_municipality(catalogue, None)))


def test_the_file_holds_every_municipality_and_is_small(real: Built) -> None:
    path, data = handover_file(real.catalogue)
    assert (real.site / path).read_bytes() == data
    assert len(gzip.compress(data, 9, mtime=0)) <= FILE_BYTES
    found = json.loads(data)
    assert found["there"].keys() == real.catalogue.municipalities.keys()
    assert found["here"].keys() == real.catalogue.receptions.keys()
    assert found["route"].keys() == real.catalogue.routes.keys()
    assert f'data-file="../{path}"' in (real.site / "overdracht/index.html").read_text("utf-8")


def test_steps_are_those_up_to_the_first_meeting_and_all_meetings(real: Built) -> None:
    titles = [step[0] for step in steps_of(real.catalogue.routes["smallingerland"], real.catalogue)]
    assert "Warme overdracht" in titles  # where they first meet
    assert "Extra hulp uit je budget" in titles  # where they meet again
    assert "WELKOM-traject" not in titles
    assert [step[0] for step in steps_of(None, real.catalogue)][:3] == [
        "Brede intake",
        "Leerbaarheidstoets",
        "Persoonlijk plan (PIP)",
    ]


def test_all_contacts_of_the_region_are_told_and_gaps_lead_to_the_form(real: Built) -> None:
    html = (real.site / "contacten/index.html").read_text("utf-8")
    for slug in real.catalogue.regional_municipalities:
        [part] = re.findall(rf'(?s)<section class="contacts__one" id="{slug}".*?</section>', html)
        assert f'href="../wijzigen/gemeente/?bestand={slug}"' in part
        assert "Geen contact bekend" in part
    for slug in real.catalogue.regional_receptions:
        assert f'href="../wijzigen/azc/?bestand={slug}"' in html
    assert 'href="https://gemeente.groningen.nl/inburgeren-in-groningen"' in html
    assert 'id="gennep"' not in html  # outside the region


def test_a_page_tells_the_contacts_of_its_record(real: Built) -> None:
    html = (real.site / "gemeenten/gennep/index.html").read_text("utf-8")
    [row] = re.findall(r'(?s)<div class="reached__row">.*?</div>', html)
    assert "voor inburgering van asielstatushouders" in row
    assert row.count('href="https://www.gennep.nl/inburgeren-asielstatushouders"') == 2  # the way, and the source

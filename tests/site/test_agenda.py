"""What records say of time is the same on their page, in the agenda and for search engines."""

import json
import re
from pathlib import Path

import pytest

PAGE = "kansen/smallingerland/tijden-voorbeeld/index.html"


@pytest.fixture(scope="module")
def site(timed: Path) -> Path:
    return timed / "site"


def _text(html: str) -> str:
    """Return what a reader sees, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def _parts(site: Path) -> dict[str, str]:
    """Return the part of the page of each opportunity, by its anchor."""
    html = (site / PAGE).read_text("utf-8")
    parts = re.split(r'<(?:article|section)[^>]* id="([a-z-]+)"', html)
    return {id: _text(part) for id, part in zip(parts[1::2], parts[2::2], strict=True)}


@pytest.mark.parametrize(
    ("id", "said"),
    [
        ("repair-cafe", "Elke tweede zaterdag van de maand van 10 tot 13 uur in Dorpshuis"),
        ("repair-cafe", "Elke vierde zaterdag van de maand van 10 tot 13 uur in Kerkzaal"),
        ("repair-cafe", "Niet in juli en augustus (Zomerstop)"),
        ("repair-cafe", "Volgende keer: za 28 november, 10.00 uur."),
        ("taalcafe", "Elke maandag van 10 tot 12 uur Elke woensdag van 13.30 tot 15 uur Elke vrijdag vanaf 19 uur"),
        ("taalcafe", "Volgende keer: vr 27 november, 19.00 uur."),
        ("eten", "Elke eerste maandag en derde donderdag van de maand vanaf 17.30 uur"),
        ("eten", "Volgende keer: ma 7 december, 17.30 uur."),
        ("wandelen", "Om de week op dinsdag vanaf 9.30 uur, vanaf 24 november 2026"),
        ("wandelen", "Volgende keer: di 8 december, 09.30 uur."),
        ("huiswerk", "Niet in de schoolvakanties (regio Noord)"),
        ("feest", "Op zaterdag 5 december 2026 vanaf 14 uur"),
        ("zingen", "Zondag 29 november 2026 in plaats van zaterdag 28 november 2026 (De zaal is bezet)"),
        ("zingen", "Volgende keer: zo 29 november, 20.00 uur."),
        ("schaatsen", "Elke zondag in de winter Volgende keer: zo 6 december."),
        ("koffie", "Vraag wanneer het is."),
    ],
)
def test_the_page_says_when(site: Path, id: str, said: str) -> None:
    assert said in _parts(site)[id]


def test_the_agenda_tells_two_weeks_day_by_day(site: Path) -> None:
    html = (site / "agenda/index.html").read_text("utf-8")
    html = re.sub(r"(?s)<template.*?</template>", "", html)
    days = re.split(r'<time datetime="([0-9-]{10})">', html)
    told: dict[str, list[str]] = {}
    for day, part in zip(days[1::2], days[2::2], strict=True):
        for entry in part.split('class="agenda__entry"'):
            if link := re.search(r"tijden-voorbeeld/#([a-z-]+)", entry):
                starts = re.search(r'agenda__starts">([0-9.]+)', entry)
                told.setdefault(day, []).append(f"{starts[1] if starts else '?'} {link[1]}")
    assert told == {
        "2026-11-27": ["19.00 taalcafe"],
        "2026-11-28": ["10.00 repair-cafe"],
        "2026-11-29": ["20.00 zingen"],
        "2026-11-30": ["10.00 taalcafe"],
        "2026-12-01": ["15.30 huiswerk", "20.00 bellen"],
        "2026-12-02": ["13.30 taalcafe", "20.00 bellen"],
        "2026-12-03": ["15.30 huiswerk"],
        "2026-12-04": ["19.00 taalcafe"],
        "2026-12-05": ["14.00 feest", "20.00 zingen"],
        "2026-12-06": ["? schaatsen"],
        "2026-12-07": ["10.00 taalcafe", "17.30 eten"],
        "2026-12-08": ["09.30 wandelen", "15.30 huiswerk", "20.00 bellen"],
        "2026-12-09": ["13.30 taalcafe", "20.00 bellen"],
        "2026-12-10": ["15.30 huiswerk"],
    }


def test_the_agenda_says_in_which_hall(site: Path) -> None:
    [day] = re.findall(r'(?s)id="dag-2026-11-28".*?</section>', (site / "agenda/index.html").read_text("utf-8"))
    assert "Wijkcentrum Tijden, Kerkzaal, Oudega" in _text(day)


def test_search_engines_get_schedules(site: Path) -> None:
    html = (site / PAGE).read_text("utf-8")
    scripts = map(json.loads, re.findall(r'(?s)<script type="application/ld\+json">(.*?)</script>', html))
    all_found = [one for script in scripts for one in (script if isinstance(script, list) else [script])]
    [found] = [one for one in all_found if one["@type"] == "Organization"]
    offered = {one["itemOffered"]["name"]: one["itemOffered"] for one in found["makesOffer"]}
    assert offered["Koffie"]["@type"] == "Service"
    first, second = offered["Repair Café in twee zalen"]["eventSchedule"]
    assert (first["byDay"], first["repeatFrequency"], first["startTime"]) == (["2SA"], "P1M", "10:00")
    assert second["byDay"] == ["4SA"]
    assert "2027-07-10" in first["exceptDate"]
    [walking] = offered["Wandelen om de week"]["eventSchedule"]
    assert (walking["byDay"], walking["repeatFrequency"], walking["startDate"]) == (["TU"], "P2W", "2026-11-24")
    [party] = offered["Feest in de buurt"]["eventSchedule"]
    assert (party["startDate"], party["endDate"], party["repeatCount"]) == ("2026-12-05", "2026-12-05", 1)

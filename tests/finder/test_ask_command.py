"""A maintainer asks what the finder understands, without a browser."""

import json
from pathlib import Path

from tests.site.copies import copy_project, run


def test_it_tells_what_is_understood_and_why_results_come(real_project: Path) -> None:
    done = run(real_project, "ask", "naaien op dinsdagavond bij Heerenveen, zonder vergunning", "boksen")
    assert done.returncode == 0, done.stderr
    sewing, boxing = done.stdout.split("\n\n")
    assert "Begrepen: ‘naaien’, bij Heerenveen, Binnen 25 km, Zonder vergunning" in sewing
    assert "kansen/?bij=heerenveen&vergunning=nee&sector=textiel&dag=dinsdag&dagdeel=avond&woorden=naaien" in sewing
    assert "niet bekend: welke dag" in sewing
    assert "Niet op de kaart: boksen" in boxing


def test_programs_read_it_too(real_project: Path) -> None:
    done = run(real_project, "ask", "--format", "json", "winkel bij Leewarden")
    [answer] = json.loads(done.stdout)
    assert answer["query"] == "?bij=leeuwarden&sector=winkel&woorden=winkel"
    assert [one["written"] for one in answer["guesses"]] == ["winkel", "Leewarden"]
    assert answer["results"][0]["km"] < 25


def test_a_catalogue_with_errors_is_not_asked(real_project: Path, tmp_path: Path) -> None:
    project = copy_project(real_project, tmp_path / "project")
    (project / "catalogue/vocabulary.yml").write_bytes(b"kinds: [\n")
    done = run(project, "ask", "taal")
    assert done.returncode == 1
    assert "catalogue/vocabulary.yml" in done.stdout
    assert "Traceback" not in done.stderr

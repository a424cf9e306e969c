"""The form's preview says when something is in the words of the page: its own modules, run by Node."""

import json
import subprocess
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.loading import load
from meedoenkaart.publishing.form import form_data
from meedoenkaart.reading.documents import Reader
from meedoenkaart.records.organisation import Schedule
from meedoenkaart.times.sentence import sentence
from tests.conftest import MINIMAL, TODAY
from tests.finder.conftest import NODE
from tests.site.copies import ROOT

RULES = [
    *("elke week", "dinsdag", "elke dag", "doordeweeks", "weekend", "maandag t/m donderdag", "zaterdag en maandag"),
    *("dagelijks", "wekelijks op dinsdag en vrijdag", "elke tweede zaterdag", "laatste vrijdag van de maand"),
    *("eerste en derde maandag van de maand", "eerste maandag en derde donderdag", "de 2e en 4e woensdag"),
    *("om de week", "om de week vanaf 2026-09-07", "dinsdag om de week vanaf 7 september 2026", "om de drie weken"),
    *("om de 3 weken vanaf 2026-09-07", "elke zes weken op vrijdag vanaf 2026-09-07", "tweewekelijks"),
    *("eenmalig", "eenmalig op 2026-12-05", "op 12 december 2026 en 5 december 2026", "een keer op 2027-01-01"),
    *("maandelijks", "elke maand op dinsdag", "jaarlijks", "in overleg", "op afspraak", "niet bekend hoe vaak"),
    *("vrijdag, niet bekend hoe vaak", "Élke dinsdag."),
]
STRETCHES = [
    *("juli", "juli en augustus", "in juli tot en met augustus", "februari", "2026-12-26", "26 december 2026"),
    *("20 december tot en met 5 januari", "2026-12-20 tot en met 2027-01-05", "5 mei en 25 december", "zomer"),
    *("in de winter", "schoolvakanties noord", "kerstvakantie regio zuid", "de schoolvakantie in midden", "feestdagen"),
]
SCHEDULES: list[dict[str, Any]] = [
    *({"meetings": [{"rule": rule}]} for rule in RULES),
    *({"meetings": [{"rule": rule, "days": ["zaterdag", "maandag"], "starts": "09:30"}]} for rule in RULES),
    *({"meetings": [{"days": ["dinsdag"]}], "without": [{"days": stretch}]} for stretch in STRETCHES),
    {"meetings": [{"rule": "elke tweede zaterdag", "starts": "10:00", "ends": "13.00", "at": "Zaal Oost"}]},
    {"meetings": [{"days": ["dinsdag"], "starts": "00:30"}, {"days": ["vrijdag"], "ends": "08:05"}]},
    {"meetings": [{"days": ["dinsdag"], "seasons": ["herfst", "winter"], "first_day": "2026-09-01"}]},
    {"meetings": [{"rule": "elke week", "first_day": "2026-09-01", "last_day": "2026-12-18"}, {"starts": "10:00"}]},
    {"changes": [{"on": "2026-12-19"}, {"on": "2026-12-19", "instead_of": "2026-12-26", "reason": "Kerst"}]},
]


def test_the_preview_says_what_the_page_says(tmp_path: Path) -> None:
    catalogue: Catalogue | None = load(Reader(MINIMAL), TODAY).catalogue
    assert catalogue
    data, program = tmp_path / "formulier.json", tmp_path / "answer.mjs"
    data.write_bytes(form_data(catalogue, ""))
    options = {"entryPoints": [str(ROOT / "tests/form/answer.mjs")], "outfile": str(program), "bundle": True}
    options |= {"format": "esm", "platform": "node", "logLevel": "error"}
    bundle = f"import {{ build }} from 'esbuild'; await build({json.dumps(options)})"
    subprocess.run([NODE, "--input-type=module", "--eval", bundle], cwd=ROOT, check=True)
    said = subprocess.run(
        [NODE, str(program), str(data)], input=json.dumps(SCHEDULES), capture_output=True, text=True, check=True
    )
    record = TypeAdapter(Schedule)
    by_page = [sentence(record.validate_python(one)) for one in SCHEDULES]
    assert dict(zip(map(json.dumps, SCHEDULES), json.loads(said.stdout), strict=True)) == dict(
        zip(map(json.dumps, SCHEDULES), by_page, strict=True)
    )

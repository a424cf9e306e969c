"""The core runs anywhere Python runs, and makes the same of the same files everywhere."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from meedoenkaart.icons import Icons
from meedoenkaart.infographic.measuring.fonts import FontFile, Fonts
from meedoenkaart.infographic.plan.engine import Engine
from meedoenkaart.publishing.drawings import CACHE
from tests.anywhere import answers
from tests.conftest import MINIMAL, ROOT
from tests.infographic.conftest import FILES
from tests.test_tabs import TABS

RULES = ROOT / "tests/rules"


class _Recorder:
    """The real Graphviz, with its answers by what it was asked."""

    def __init__(self) -> None:
        self.engine = Engine(ROOT / CACHE)
        self.answers: dict[str, str] = {}

    def json(self, source: str) -> bytes:
        answer = self.engine.json(source)
        self.answers[source] = answer.decode()
        return answer


def test_a_python_without_its_parts_in_c_finds_and_draws_the_same(tmp_path: Path) -> None:
    projects = []
    for case in sorted(RULES.iterdir()):
        projects.append(shutil.copytree(MINIMAL, tmp_path / case.name))
        shutil.copytree(case, projects[-1], dirs_exist_ok=True)
        (projects[-1] / "expected.txt").unlink()
    projects.append(shutil.copytree(MINIMAL, tmp_path / "tabs"))
    for number, text in enumerate(TABS):
        (projects[-1] / f"catalogue/organisations/opsterland/geval-{number}.yml").write_text(text, "utf-8")
    projects.append(shutil.copytree(MINIMAL, tmp_path / "icon"))
    vocabulary = projects[-1] / "catalogue/vocabulary.yml"
    vocabulary.write_text(vocabulary.read_text("utf-8").replace("icon: coffee", "icon: cofee"), "utf-8")
    recorder, icons = _Recorder(), dict(Icons(ROOT))
    expected = answers(ROOT, projects, lambda: recorder, icons)
    assert recorder.answers
    assert "unknown-icon" in [problem["rule"] for problem in expected["icon"]]
    recording = tmp_path / "recording.json"
    recording.write_text(json.dumps([recorder.answers, icons]), "utf-8")
    command = [sys.executable, "-m", "tests.anywhere", str(ROOT), str(recording), *map(str, projects)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found.keys() == expected.keys()
    assert [name for name in expected if found[name] != expected[name]] == []


def test_a_font_measures_the_same_unpacked(tmp_path: Path) -> None:
    packed = Fonts(FILES[:1], tmp_path)
    width = packed.width("Route naar werk, 1e stap", 14, 600)
    (unpacked,) = tmp_path.glob("*.ttf")
    given = Fonts([FontFile(tmp_path / "missing.woff2", FILES[0].family, unpacked)], tmp_path / "none")
    assert given.width("Route naar werk, 1e stap", 14, 600) == width > 0

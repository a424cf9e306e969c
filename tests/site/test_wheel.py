"""What is installed from the wheel alone: regions beside each other, without Node and without this repository."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ENVIRONMENT, ROOT
from tests.site.copies import MEMORY, speak

MOST_BYTES = 15_000_000
COMMAND = (sys.executable, "-c", "import sys; from meedoenkaart.cli import main; sys.exit(main())")
THE_NORTH = re.compile(r"Sneek|Drachten|(?<!Omrop )(?<!rovincie )(?:Friesland|Fryslân)")
"""What no site of another region speaks of, but as a province among all, or where a source is called so."""
WHOLE_COUNTRY = re.compile(r"assets/(kaart\.json|finder/places-\w+\.json)")
"""Files with the names of all places."""


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package as pip unpacks it."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation")
    subprocess.run([*pip, "--wheel-dir", str(folder), str(ROOT)], check=True)
    (wheel,) = folder.glob("*.whl")
    assert wheel.stat().st_size <= MOST_BYTES
    zipfile.ZipFile(wheel).extractall(folder / "packages")
    return folder / "packages"


def _run(packages: Path, region: Path, *arguments: str) -> str:
    """Run the command of the package in the region's folder, where neither Node nor anything else can be called."""
    alone = {"PYTHONPATH": str(packages), "PYTHONDONTWRITEBYTECODE": "1", "PATH": str(packages / "none"), **ENVIRONMENT}
    environment = {name: value for name, value in os.environ.items() if name.startswith("LC_")} | alone
    done = subprocess.run(
        [*COMMAND, *arguments], cwd=region, env=environment, capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_regions_begin_beside_each_other_and_are_published_with_the_wheel_alone(packages: Path, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in packages.rglob("*")}
    for province in ("Zeeland", "Limburg"):
        region = tmp_path / f"de 'kaart' van {province}"
        region.mkdir()
        options = ("--name", f"Meedoen in {province}", "--province", province, "--repository", "https://github.com/a/b")
        assert f'"Meedoen in {province}" staat klaar' in _run(packages, region, "init", *options)
        speak(region)
        for name in MEMORY:
            (region / name).parent.mkdir(exist_ok=True)
            (region / name).symlink_to(ROOT / name)
        said = _run(packages, region, "build")
        assert said.startswith("Alles klopt.\nDe site staat in site/"), said
        _is_a_site_of_its_own(region / "site", f"Meedoen in {province}")
    assert {path: path.stat().st_mtime_ns for path in packages.rglob("*")} == before


def _is_a_site_of_its_own(site: Path, name: str) -> None:
    assert f"<title>{name}</title>" in (site / "index.html").read_text("utf-8")
    for page in ("index.html", "kansen/index.html", "activiteiten/index.html", "sectoren/index.html"):
        text = (site / page).read_text("utf-8")
        assert "Hier staat nog niets. Weet je een kans?" in text, page
        assert "data-index=" not in text, page  # a finder that has nothing to find
    for file in ("assets/engine/licences.txt", "toevoegen/index.html", "over/index.html", "api/v1/index.json"):
        assert (site / file).exists(), file
    assert len(list(site.glob("gemeenten/*/index.html"))) > 12
    assert list(site.glob("assets/inter-latin-*.woff2"))
    texts = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    found = [name for name, path in texts.items() if THE_NORTH.search(path.read_text("utf-8", "replace"))]
    assert [one for one in found if not WHOLE_COUNTRY.fullmatch(one)] == []

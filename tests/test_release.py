"""What a release names: one version everywhere, and a container that may do little."""

import re

from meedoenkaart import __version__
from meedoenkaart.tables import rows
from meedoenkaart.upkeep.upgrade import ORIGINALS
from meedoenkaart.versions import PROGRAM, parsed
from tests.conftest import ROOT

CONTAINER = (ROOT / "Containerfile").read_text("utf-8")


def test_the_container_has_this_version_and_runs_as_nobody_special() -> None:
    assert re.findall(r"^ARG VERSION=(.*)", CONTAINER, re.MULTILINE) == [__version__]
    assert re.search(r"^ARG PYTHON=\S+/python:3\.\d+-slim-[a-z]+$", CONTAINER, re.MULTILINE)
    assert '"meedoenkaart==${VERSION}"' in CONTAINER
    *_, user = re.findall(r"^USER (\d+)$", CONTAINER, re.MULTILINE)
    assert int(user) > 0
    assert CONTAINER.index("\nUSER ") < CONTAINER.index('\nENTRYPOINT ["meedoenkaart"]\n')


def test_what_is_released_is_not_newer_than_the_program() -> None:
    """The file is written by a release; see ``tools/release.py``."""
    for name, version, kept in rows("meedoenkaart.upkeep", ORIGINALS):
        assert parsed(version) <= PROGRAM
        assert name.startswith(("overrides/", "docs/"))
        assert re.fullmatch(r"[0-9a-f]{16}", kept)


def test_publiccode_and_changelog_name_no_version_to_come() -> None:
    (released,) = re.findall(r"^softwareVersion: (.*)", (ROOT / "publiccode.yml").read_text("utf-8"), re.MULTILINE)
    assert parsed(released) <= PROGRAM
    headings = re.findall(r"^## (.*)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert all(re.fullmatch(r"\d+\.\d+\.\d+ - \d{4}-\d\d-\d\d", one) for one in headings[1:])

"""What people ask in a language: a file that says something else than the finder reads is told."""

from pathlib import Path

import pytest

from meedoenkaart.publishing.question import sayings
from tests.conftest import ROOT


@pytest.mark.parametrize(
    "text",
    [
        *("", "- near", "near: dichtbij", "near: [{a: b}]", "near: [[a]]", "leads: {a: sport}", "alike: {a: [[b]]}"),
        *("phrases: [a]", "phrases: [{say: [a], set: dag}]", "phrases: [{say: a, set: dag, value: maandag}]"),
        *("phrases: [{say: [a], set: [dag], value: maandag}]", "questions: [{a: b}]", "elders: [a]", 'near: "a'),
    ],
)
def test_sayings_of_another_kind_are_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "overrides/questions/ar.yml"
    file.parent.mkdir(parents=True)
    file.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"questions/ar\.yml, "):
        sayings(tmp_path, ["ar"])


def test_the_sayings_of_the_project_are_read() -> None:
    for file in (ROOT / "meedoenkaart/theme/questions").glob("*.yml"):
        assert sayings(ROOT, [file.stem])["near"]

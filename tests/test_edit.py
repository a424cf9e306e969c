"""A change of one value leaves every other line of a file as it is, whatever stands around it."""

import difflib
from typing import Any

import pytest

from meedoenkaart.reading.documents import COLLECTIONS
from meedoenkaart.reading.yaml_text import read
from meedoenkaart.records.organisation import Organisation
from meedoenkaart.writing.edit import with_value
from meedoenkaart.writing.layout import layout
from tests.conftest import MINIMAL
from tests.test_robustness import FILE, _values

TEXT = (MINIMAL / FILE).read_text("utf-8")
LEAVES = [path for path, value in _values(read(TEXT.encode(), FILE)[0]) if isinstance(value, str)]
NEW = {"short": "Een nieuwe waarde: #1", "long": " ".join(["lang genoeg voor meer dan een regel"] * 4), "nothing": None}


def _changed(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [one for one in lines if one[:2] in ("- ", "+ ")]


@pytest.mark.parametrize("kind", NEW)
def test_every_value_can_be_changed_alone(kind: str) -> None:
    value = NEW[kind]
    done = 0
    for path in LEAVES:
        if isinstance(path[-1], int):
            continue
        result = with_value(TEXT, Organisation, path, value)
        assert result is not None, path
        found: Any = read(result.encode(), FILE)[0]
        for step in path if value else ():
            found = found[step]
        assert value is None or found == value
        assert len(_changed(TEXT, result)) <= (2 if kind == "short" else 6), path
        assert layout(result.encode(), COLLECTIONS[0]) is None, path
        done += 1
    assert done > 50


@pytest.mark.parametrize(
    ("before", "path", "value", "after"),
    [
        ("a: b\nname: x  # van de site\n", ("name",), "z", "a: b\nname: z  # van de site\n"),
        (
            "# eerst\nname: >-\n  een\n  twee\n\n# van kind\nkind: x\n",
            ("name",),
            "z",
            "# eerst\nname: z\n\n# van kind\nkind: x\n",
        ),
        (
            "name: x\nstatus: actief\n",
            ("contact", "email"),
            "a@b.nl",
            "name: x\ncontact:\n  email: a@b.nl\nstatus: actief\n",
        ),
        ("name: x\ncontact:\n  phone: y\nkind: z\n", ("contact", "phone"), None, "name: x\nkind: z\n"),
        (
            "opportunities:\n  - id: x\n    status: actief\n",
            ("opportunities", 0, "schedule", "meetings", 0, "rule"),
            "elke dag",
            "opportunities:\n  - id: x\n    schedule:\n      meetings:\n        - rule: elke dag\n    status: actief\n",
        ),
        (
            "opportunities:\n  - status: actief  # nog steeds\n",
            ("opportunities", 0, "id"),
            "x",
            "opportunities:\n  - id: x\n    status: actief  # nog steeds\n",
        ),
        ("sources:\n  - title: x\n    date: 2019\n", ("sources", 0, "title"), None, "sources:\n  - date: 2019\n"),
        ("name: x\nserves:\n  - a\n  - b\nkind: z\n", ("serves",), ["c"], "name: x\nserves: [c]\nkind: z\n"),
        ("name: x\nkind: no\n", ("kind",), "yes", 'name: x\nkind: "yes"\n'),
        ("contact: {phone: x}\n", ("contact", "phone"), "y", None),
        ("name: x\r\n", ("name",), "y", None),
        ("name: [", ("name",), "y", None),
    ],
)
def test_what_stands_around_it_stays(before: str, path: tuple[str, ...], value: Any, after: str | None) -> None:
    assert with_value(before, Organisation, path, value) == after

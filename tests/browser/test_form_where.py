"""Where somebody takes part: each organisation of ``tests/where`` can be made in the form, as the file says it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, Open
from tests.browser.test_form import errors_of, is_laid_out, ready, sent
from tests.conftest import ROOT, TODAY
from tests.site.copies import copy_project

MADE_UP = ROOT / "tests/where"
FILES = sorted(one.relative_to(MADE_UP).as_posix() for one in MADE_UP.glob("catalogue/organisations/*/*.yml"))


def _plain(file: str) -> dict[str, Any]:
    """Return the values of a file but for the ids, which the form makes of titles, and the order of choices."""
    values: dict[str, Any] = yaml.load(file, yaml.BaseLoader)  # noqa: S506  # texts alone
    for one in values["opportunities"]:
        del one["id"]
        one.update({name: sorted(one[name]) for name in ("ways", "serves", "languages", "audience") if name in one})
    return values


def _answers(values: Any, path: str = "") -> Iterator[tuple[str, str | list[str]]]:
    """Yield every value by its path, the values of a choice of several together."""
    if isinstance(values, str) or (isinstance(values, list) and isinstance(values[0], str)):
        yield path, values
        return
    for name, one in values.items() if isinstance(values, dict) else enumerate(values):
        yield from _answers(one, f"{path}.{name}" if path else str(name))


def _fill(page: Page, path: str, answer: str | list[str]) -> None:
    """Answer a question in sight; a part of a list that is not there yet is added first."""
    asked = page.locator(f"[data-path='{path}']")
    if not asked.count():
        steps = path.split(".")
        last = max(at for at, step in enumerate(steps) if step.isdigit())
        page.locator(f"[data-more='{'.'.join(steps[:last])}']").click()
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    if isinstance(answer, list):
        for one in answer:
            page.locator(f"[data-path='{path}'][value='{one}']").check()
    elif asked.evaluate("one => one.tagName") == "SELECT":
        asked.select_option(answer)
    else:
        asked.fill(answer)
        asked.blur()


@pytest.mark.parametrize("file", FILES)
def test_the_form_makes_it(visit: Open, project: Path, tmp_path: Path, file: str) -> None:
    tab = visit(viewport=PHONE, reduced_motion="reduce")
    tab.page.clock.set_fixed_time(TODAY.isoformat() + "T12:00:00")
    page = ready(tab.open("toevoegen/"))
    wanted = _plain((MADE_UP / file).read_text("utf-8"))
    page.locator("[data-path='address.municipality']").select_option(file.split("/")[2])
    for path, answer in _answers(wanted):
        _fill(page, path, answer)
    written = sent(page)
    assert _plain(written) == wanted
    issue = urlsplit(page.get_by_role("link", name="Stuur als melding").get_attribute("href") or "")
    assert parse_qs(issue.query)["content"] == [written]  # every place, not the first alone
    copy = copy_project(project, tmp_path / "project")
    (copy / file).parent.mkdir(parents=True, exist_ok=True)
    (copy / file).write_text(written, "utf-8")
    assert errors_of(copy, file) == []
    assert is_laid_out(written)

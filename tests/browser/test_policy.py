"""In a real browser the policy holds: nothing that was slipped in runs, and nothing of ours is in its way."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route

from tests.browser.conftest import LISTEN, PHONE, Open, hosted

SLIPPED_IN = {
    "an inline script": "<script>window.hacked=1</script>",
    "a handler": "<img src=x onerror='window.hacked=1'><svg onload='window.hacked=1'></svg>",
    "a script from elsewhere": "<script src='https://kwaad.voorbeeld.nl/x.js'></script>",
    "a script as data": "<script src='data:text/javascript,window.hacked=1'></script>",
    "a module": "<script type=module>window.hacked=1</script>",
    "a frame": "<iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
    "an object": "<object data='data:text/html,<script>parent.hacked=1</script>'></object>",
    "a picture from elsewhere": "<img src='https://kwaad.voorbeeld.nl/spoor.png'>",
    "a style sheet from elsewhere": "<link rel=stylesheet href='https://kwaad.voorbeeld.nl/x.css'>",
    "styles": "<style>body{display:none}</style><p style='display:none'>x</p>",
    "another base": "<base href='https://kwaad.voorbeeld.nl/'><script src='x.js'></script>",
}


def test_the_home_page_on_a_phone_does_not_violate_its_own_policy(visit: Open) -> None:
    """That no other page does either is looked at where all kinds are visited, in ``test_layout.py``."""
    tab = visit(viewport=PHONE)
    tab.page.add_init_script(LISTEN)
    page = tab.open("")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.violations") == []
    assert page.evaluate("typeof __md_get") == "function", "the frame's own inline scripts ran"


@pytest.mark.parametrize("attack", SLIPPED_IN)
def test_what_was_slipped_into_a_page_does_not_run(
    browser: Browser, project: Path, tmp_path: Path, attack: str
) -> None:
    (tmp_path / "assets").symlink_to(project / "site/assets")
    text = (project / "site/index.html").read_text("utf-8")
    place = '<div class="content"'
    assert text.count(place) == 1
    (tmp_path / "index.html").write_text(text.replace(place, SLIPPED_IN[attack] + place), "utf-8")
    (tmp_path / "404.html").write_text("", "utf-8")
    with hosted(tmp_path) as address:
        context = browser.new_context()
        page = context.new_page()
        elsewhere: list[str] = []

        def refuse(route: Route) -> None:
            elsewhere.append(route.request.url)
            route.abort()

        page.route("https://**", refuse)
        page.add_init_script(LISTEN)
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.hacked") is None
        assert sum(frame.evaluate("window.violations.length") for frame in page.frames) > 0
        assert elsewhere == []
        assert page.locator("body").is_visible()
        context.close()


def test_a_link_with_a_script_does_nothing(browser: Browser, project: Path, tmp_path: Path) -> None:
    (tmp_path / "assets").symlink_to(project / "site/assets")
    text = (project / "site/index.html").read_text("utf-8")
    link = '<a id="kwaad" href="javascript:window.hacked=1">x</a>'
    (tmp_path / "index.html").write_text(text.replace('<div class="content"', f'{link}<div class="content"'), "utf-8")
    (tmp_path / "404.html").write_text("", "utf-8")
    with hosted(tmp_path) as address:
        context = browser.new_context()
        page = context.new_page()
        page.goto(address)
        page.evaluate("document.getElementById('kwaad').click()")
        page.wait_for_timeout(200)
        assert page.evaluate("window.hacked") is None
        context.close()

"""A region is data: what its folder says lies over what all regions share, and a word is said of what is wrong."""

import json
import random
import re
import shutil
from pathlib import Path

import pytest

from meedoenkaart.languages import languages_of
from meedoenkaart.layers import BASE
from meedoenkaart.plugin.settings import settings
from meedoenkaart.problems import BuildError
from meedoenkaart.publishing import colours
from meedoenkaart.publishing.editorial import filled
from meedoenkaart.writing.sentences import gone, problems_of_sentences
from tests.conftest import MINIMAL, ROOT, Outcome, Project

SETTINGS = """\
site_name: Kaart van 't Gooi & meer
site_url: https://kaart.example/
repo_url: https://github.com/voorbeeld/kaart
extra_css: [assets/eigen.css]
plugins:
  - meedoenkaart:
      region: [Friesland, Limburg]
      atelier: false
      colours: {accent: "#b3005e", highlight: "#ff7a00"}
"""
SENTENCES = """\
Kansen: Aan & bod
Zoek een kans: Zoek "iets" & meer
? >-
  <strong>%(n)s</strong> kansen bij <strong>%(organisations)s</strong> organisaties
  in <strong>%(municipalities)s</strong> gemeenten
:
  one: >-
    In <strong>%(municipalities)s</strong> plaats <strong>%(n)s</strong> ding
    & <strong>%(organisations)s</strong> club
  other: >-
    In <strong>%(municipalities)s</strong> plaatsen <strong>%(n)s</strong> dingen
    & <strong>%(organisations)s</strong> clubs
"""
ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>\n'
THEME = ROOT / "meedoenkaart/theme"
_TOKEN = re.compile(r"--([a-z-]+): ?var\(--light, ?(#\w{6})\) ?var\(--dark, ?(#\w{6})\)")
PAIRS = [
    *(("brand", ground, 4.5) for ground in ("paper", "surface", "sunken", "brand-tint")),
    *(("brand-strong", ground, 4.5) for ground in ("paper", "surface", "sunken", "brand-tint")),
    ("on-brand", "brand", 4.5),
    ("on-brand", "brand-strong", 4.5),
    ("ink", "brand-tint", 4.5),
    ("on-bar", "bar", 4.5),
    ("on-bar-soft", "bar", 4.5),
    ("bar-edge", "bar", 3.0),
    ("sun", "bar", 3.0),
    ("on-sun", "sun", 4.5),
    *(("focus-on-paper", ground, 3.0) for ground in ("paper", "surface", "sunken")),
]
"""What stands on what, and the contrast that WCAG AA asks."""


def _build(project: Project) -> Outcome:
    done = project.execute("build")
    assert done.code == 0, done.out + done.err
    return done


def _text(page: Path) -> str:
    return page.read_text("utf-8")


@pytest.fixture(scope="session")
def region(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Outcome]:
    """A built region that has records and a few settings, and one page of its own in the place of a shared one."""
    project = Project(shutil.copytree(MINIMAL, tmp_path_factory.mktemp("regions") / "een 'regio'"))
    project.write("mkdocs.yml", SETTINGS)
    project.write("docs/privacy.md", "---\ntitle: Privacy bij {site_name}\n---\n\nWij. Zie [over](over.md).\n")
    project.write("docs/extra/plaatje.txt", "van ons\n")
    project.write("docs/assets/eigen.css", ".footer { border: 1px solid }\n")
    project.write("overrides/sentences.yml", SENTENCES)
    project.write("overrides/assets/icon.svg", ICON)
    project.write("overrides/partials/logo.html", '<svg class="ons-logo" viewBox="0 0 1 1" aria-hidden="true"></svg>')
    return project, _build(project)


def test_a_region_needs_only_what_is_its_own(region: tuple[Project, Outcome]) -> None:
    project, done = region
    assert "docs:" not in done.err
    config = settings(project.root)
    assert list(config.plugins) == ["material/search", "meedoenkaart"]
    assert config.theme.name == "material"
    assert config.site_name == "Kaart van 't Gooi & meer"


def test_shared_pages_lie_under_a_regions_own(region: tuple[Project, Outcome]) -> None:
    site = region[0].root / "site"
    for page in BASE.glob("docs/**/*.md"):
        assert (site / page.relative_to(BASE / "docs").with_suffix("") / "index.html").is_file()
    assert "Wij. Zie" in _text(site / "privacy/index.html")
    assert "Privacy bij Kaart van" in _text(site / "privacy/index.html")
    assert (site / "extra/plaatje.txt").is_file()


def test_shared_pages_speak_of_the_region(region: tuple[Project, Outcome]) -> None:
    site = region[0].root / "site"
    about = _text(site / "over/index.html")
    assert re.search(r"<h1[^>]*>Over Kaart van 't Gooi &#38; meer</h1>", about)
    assert "De kaart gaat over Friesland en Limburg." in about
    assert "ook in het" not in about  # it speaks Dutch alone
    assert 'href="https://github.com/voorbeeld/kaart"' in about
    assert "github.com/voorbeeld/kaart/tree/main/catalogue/organisations" in _text(site / "bronnen/index.html")
    for name in ("over", "bronnen", "privacy", "toegankelijkheid", "toevoegen/uitleg"):
        page = site / name / "index.html"
        assert not re.search(r"\{(site|repo|program|region|languages)", _text(page)), page


def test_what_a_region_lacks_is_not_spoken_of() -> None:
    text = "# Over {site_name}\n\nEen\n{region}\n\n- a {repo_url}\n- b {region}\n  c\n\n"
    text += "```\n{region}\n```\n| {region} |\n| d |\n"
    told = filled(text, {"site_name": "*R&D* {x}", "repo_url": "https://x.example/a b(c)"})
    assert told == (
        "# Over &#42;R&#38;D&#42; &#123;x&#125;\n\n- a https://x.example/a%20b%28c%29\n```\n{region}\n```\n| d |\n"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, r"is geen mkdocs.yml"),
        ("", r'"site_name" klopt niet: zij moet er staan'),
        ("site_name: [\n", r"mkdocs.yml:1:13: fout \[brackets\]"),
        ("- a\n", "mkdocs.yml is niet te lezen: er staan geen namen"),
        (b"\xff\xfe\x00", "mkdocs.yml is niet te lezen"),
        (f"INHERIT: algemeen.yml\n{SETTINGS}", "mkdocs.yml verwijst met INHERIT naar iets buiten dit bestand"),
        (f"{SETTINGS}docs_dir: teksten\n", "mkdocs.yml verwijst met docs_dir naar iets"),
        ("# !ENV\nsite_name: !ENV [NAAM, X]\n", "mkdocs.yml verwijst met !ENV naar iets"),
        ("site_name: X\nsite_url: hallo\n", '"site_url" klopt niet'),
        (
            SETTINGS.replace("Friesland", "Frysland"),
            '"region" klopt niet: "Frysland" is geen provincie',
        ),
        (SETTINGS.replace("#b3005e", "#767676"), '"colours" klopt niet: "accent" heeft te weinig contrast'),
        (SETTINGS.replace("#b3005e", "rood"), "hoort een kleur tussen aanhalingstekens"),
        (SETTINGS.replace("accent:", "kleur:"), "je kunt deze kleuren kiezen: accent, bar en highlight"),
        (SETTINGS.replace("[Friesland, Limburg]", "Zeeland"), '"region" klopt niet: dit moet een lijst zijn'),
    ],
)
def test_a_wrong_setting_is_told_with_its_file(project: Project, text: str | bytes | None, told: str) -> None:
    if text is not None:
        project.write("mkdocs.yml", text)
    with pytest.raises(BuildError, match=re.escape(told) if "\\" not in told else told):
        settings(project.root)


def test_an_unknown_setting_is_told(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    project.write("mkdocs.yml", "site_naam: X\nsite_name: X\n")
    settings(project.root)
    assert 'de instelling "site_naam" bestaat niet' in caplog.text


def test_the_home_page_and_the_way_to_it_are_called_as_the_site(region: tuple[Project, Outcome]) -> None:
    site = region[0].root / "site"
    samples = _text(site / "data/index.html")
    assert "@@" not in samples
    assert "Kaart van &#39;t Gooi &amp; meer, https://kaart.example/, CC BY 4.0" in samples
    assert "<title>Kaart van &#39;t Gooi &amp; meer</title>" in _text(site / "index.html")
    assert ">Kaart van &#39;t Gooi &amp; meer</a>" in _text(site / "kansen/index.html").split("breadcrumbs", 1)[1]


def test_a_region_says_a_sentence_in_its_own_words(region: tuple[Project, Outcome]) -> None:
    """In frames, templates and attributes; what stands there is text, and translations stay what they are."""
    home = _text(region[0].root / "site/index.html")
    assert re.search(r"> *Aan &amp; bod *</a>", home)
    assert 'aria-label="Zoek &#34;iets&#34; &amp; meer"' in home
    assert re.search(
        r"In <strong>\d</strong> plaatsen <strong>\d+</strong> dingen &amp; <strong>\d</strong> clubs", home
    )
    dutch, english = languages_of(region[0].root, ["en"])
    assert english.messages.text("Kansen") == languages_of(MINIMAL, ["en"])[1].messages.text("Kansen")
    assert dutch.messages.state.startswith("nl-")


def test_a_wrong_sentence_is_told_and_keeps_the_site_as_it_was(project: Project) -> None:
    project.write("mkdocs.yml", SETTINGS)
    project.write("overrides/sentences.yml", SENTENCES + "Zoekt: Vindt\nAgenda: [\n")
    done = project.run("build")
    assert (done.code, done.out.splitlines()[0]) == (1, "overrides/sentences.yml:14:10: fout [brackets]")
    assert not (project.root / "site").exists()
    wrong = "Wat kun je doen, dicht bij waar je woont?: Leer <Nederlands\nAlle kansen: <b>Alles</b>\n"
    project.write("overrides/sentences.yml", wrong)
    assert [(one.line, one.rule) for one in problems_of_sentences(project.root)] == [
        (1, "sentence-tag"),
        (2, "sentence-tag"),
    ]
    project.write("overrides/sentences.yml", "Zoekt u een kans: Vindt u een kans\nAgenda: Kalender\n")
    assert gone(project.root) == ["Zoekt u een kans"]
    (told,) = problems_of_sentences(project.root)
    assert (told.severity, "Zoek een kans" in told.message) == ("warning", True)


def test_a_regions_colours_and_styles_lie_over_the_houses(region: tuple[Project, Outcome]) -> None:
    site = region[0].root / "site"
    (sheet,) = site.glob("assets/colours-*.css")
    assert "--brand:var(--light,#b3005e)" in _text(sheet)
    for page in ("index.html", "404.html", "over/index.html"):
        sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', _text(site / page))
        assert [one.rpartition("/")[2] for one in sheets[1:]] == [sheet.name, "eigen.css"], page
        assert "style-src 'self';" in _text(site / page)
    assert '"theme_color": "#7d0042"' in _text(site / "manifest.webmanifest")
    kept = "".join(map(_text, site.glob("assets/offline/nl-*.js")))
    assert sheet.name in kept
    assert "assets/eigen.css" in kept


def test_a_region_replaces_the_logo_by_files(region: tuple[Project, Outcome]) -> None:
    site = region[0].root / "site"
    assert _text(site / "assets/icon.svg") == ICON
    assert 'class="ons-logo"' in _text(site / "index.html")


def test_all_that_follows_from_a_colour_can_be_read() -> None:
    """Whatever the colours, once they pass: text on and in them, in light and dark."""
    chance = random.Random(21)  # noqa: S311  # colours are no secret
    sheets = (THEME / "tokens.css", THEME / "tokens-site.css")
    house = {name: parts for sheet in sheets for name, *parts in _TOKEN.findall(_text(sheet))}
    for _ in range(300):
        given = {name: f"#{chance.randrange(1 << 24):06x}" for name in colours.NAMES if chance.random() < 0.7}
        while wrong := colours.fault(given):
            given[wrong.name] = wrong.better
        for scheme in (0, 1):
            now = {name: one[scheme] for name, one in house.items()}
            now |= {name: parts[scheme] for name, *parts in _TOKEN.findall(colours.sheet(given)[1].decode())}
            for one, ground, least in PAIRS:
                assert colours.contrast(now[one], now[ground]) >= least, (given, one, ground, scheme)


def test_config_tells_what_comes_from_where(project: Project) -> None:
    project.write("mkdocs.yml", SETTINGS)
    project.write("docs/privacy.md", "# Privacy\n")
    project.write("docs/meer.md", "# Meer\n")
    project.write("overrides/partials/logo.html", '{% include "partials/beeld.html" %}')
    project.write("overrides/partials/beeld.html", "")
    project.write("overrides/partials/loggo.html", "")
    project.write("overrides/questions/nl.yml", "phrases: []\n")
    project.write("overrides/sentences.yml", "Kansen: Aanbod\nKanzen: Aanbod\n")
    project.write("translations/en/messages.po", "")
    project.write("translations/pl/messages.po", "")
    project.write("catalogue/glossary.yml", "terms:\n  azc: {term: Azc}\n  stip:\n    term: Stip\n")
    done = project.run("config", "--format", "json")
    assert done.code == 0, done.err
    told = {(one["part"], one["name"]): (one["how"], one["value"]) for one in json.loads(done.out)}
    assert told["settings", "plugins.meedoenkaart.region"] == ("own", '["Friesland", "Limburg"]')
    assert told["settings", "theme.name"] == ("shared", '"material"')
    assert told["pages", "privacy.md"][0] == "instead"
    assert told["pages", "meer.md"][0] == "added"
    files = {name: how for (part, name), (how, _) in told.items() if part == "files"}
    assert files == {
        "partials/logo.html": "instead",
        "partials/beeld.html": "added",
        "partials/loggo.html": "nothing",
        "questions/nl.yml": "added",
    }
    assert told["sentences", "Kansen"] == ("changed", "Aanbod")
    assert told["sentences", "Kanzen"] == ("nothing", "")
    assert (told["languages", "en"][0], told["languages", "pl"][0]) == ("instead", "added")
    assert told["values", "catalogue/glossary.yml: terms › stip"][0] == "added"
    assert told["values", "catalogue/glossary.yml: terms › azc › term"][0] == "changed"
    assert told["values", "catalogue/legal.yml"][0] == "alone"
    text = project.run("config").out
    assert "Instellingen (mkdocs.yml)\n  site_name: " in text
    assert "partials/loggo.html (doet niets; klopt de naam nog?)" in text


def test_config_says_what_is_wrong_with_the_settings(project: Project) -> None:
    done = project.run("config")
    assert (done.code, "is geen mkdocs.yml" in done.err) == (1, True)

"""Message catalogues: what a translator wrote is text, and the project knows what is missing."""

import shutil
from gettext import c2py
from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment
from markupsafe import Markup, escape

from meedoenkaart.languages import Language, languages_of, speaking
from meedoenkaart.languages.messages import Messages, categories_of, complaint, read
from meedoenkaart.languages.po import PluralCatalog
from meedoenkaart.languages.reviews import Review, record, reviews
from meedoenkaart.languages.templates import Translated, translate
from meedoenkaart.layers import PACKAGE
from meedoenkaart.plugin.settings import languages
from meedoenkaart.publishing.rendering import said
from meedoenkaart.writing.message_catalogues import extract, state
from tests.conftest import ROOT, Project
from tests.languages.pseudo import REAL

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


def _read(tmp_path: Path, text: str, code: str = "ar") -> Messages:
    path = tmp_path / code / "messages.po"
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEADER + text, "utf-8")
    return read(path, Language(code).locale)


def _drawn(messages: Messages, template: str, code: str = "ar", **values: Any) -> str:
    environment = Environment(loader=DictLoader({"a": template}), autoescape=True, extensions=[Translated])
    translate(environment, Language(code, messages))
    return environment.get_template("a").render(values)


@pytest.mark.parametrize(
    ("source", "translation", "wrong"),
    [
        (["Bij {name}"], "عند {name}", ""),
        (["Bij {name}"], "عند", "placeholder"),
        (["Bij {name}"], "{name} {name}", "placeholder"),
        (["Bij {name}"], "{name} {name.__class__}", "placeholder"),
        (["Bij %(name)s"], "%(name)s %(name", "placeholder"),
        (["<strong>%(n)s</strong> kansen"], "<strong>%(n)s</strong> فرص", ""),
        (["<strong>%(n)s</strong> kansen"], "%(n)s فرص", "tag"),
        (["Kansen"], "<script>alert(1)</script>", "tag"),
        (["Kansen"], "<img src=x onerror=alert(1)", "tag"),
        (["Kansen"], "a > b", "tag"),
        (["1 kans", "{n} kansen"], "فرصة واحدة", ""),
        (["1 kans", "{n} kansen"], "{n} فرص", ""),
        (["100 %"], "٪ 100", ""),
        (["<b>%(n)s</b> kansen"], "</b>%(n)s<b>", "tag"),
        (["<b>a</b> <i>b</i>"], "<b>a<i></b>b</i>", "tag"),
        (["<b>a</b><br>b"], "b<br><b>a</b>", ""),
        (["Kansen"], "\u202efnord", "control"),
        (["Kansen"], "فرص\x00", "control"),
        (["Kansen"], " \u200f", "control"),
        (["…"], "...", ""),
        (["Kansen"], "\u200fنيم\u200cفاصله", ""),
    ],
)
def test_a_translation_has_the_placeholders_and_tags_of_its_source(
    source: list[str], translation: str, wrong: str
) -> None:
    assert complaint(source, translation) == wrong


def test_what_a_translator_writes_is_text(tmp_path: Path) -> None:
    evil = '\\" onmouseover=\\"alert(1) & 50 %'
    messages = _read(
        tmp_path,
        f'msgid "Zoek"\nmsgstr "{evil}"\n\n'
        'msgid "<b>%(n)s</b> kansen"\nmsgstr "\\"& <b>%(n)s</b>"\n\n'
        'msgid "Weg"\nmsgstr "<script>alert(1)</script>"\n',
    )
    drawn = _drawn(
        messages,
        '<a title="{{ _("Zoek") }}">{% trans %}Zoek{% endtrans %}</a>'
        "{% trans n=n %}<b>{{ n }}</b> kansen{% endtrans %}{% trans %}Weg{% endtrans %}",
        n=Markup("<i>3</i>"),
    )
    assert 'onmouseover="' not in drawn
    assert drawn.count("&#34; onmouseover=&#34;alert(1) &amp; 50 %") == 2
    assert "&#34;&amp; <b><i>3</i></b>" in drawn
    assert drawn.endswith("Weg")


def test_dutch_is_drawn_as_it_is_written() -> None:
    template = "{% trans n=n %}Er is <b>{{ n }}</b> kans & meer{% pluralize %}Er zijn {{ n }} kansen{% endtrans %}"
    assert _drawn(Messages(), template, "nl", n=1) == "Er is <b>1</b> kans & meer"
    assert _drawn(Messages(), template, "nl", n=0) == "Er zijn 0 kansen"


@pytest.mark.parametrize(("n", "said"), [(0, "A 0"), (1, "B 1"), (2, "C 2"), (5, "D 5"), (11, "E 11"), (100, "F 100")])
def test_a_language_has_its_own_plural_forms(tmp_path: Path, n: int, said: str) -> None:
    forms = "".join(f'msgstr[{at}] "{letter} %(n)s"\n' for at, letter in enumerate("ABCDEF"))
    messages = _read(tmp_path, f'msgid "%(n)s kans"\nmsgid_plural "%(n)s kansen"\n{forms}')
    template = "{% trans n=n %}{{ n }} kans{% pluralize %}{{ n }} kansen{% endtrans %}"
    assert _drawn(messages, template, n=n) == said


def test_a_translation_is_of_the_whole_source(tmp_path: Path) -> None:
    """What a catalogue calls the other half of a counted text gives no leave for more than is in ours."""
    forms = "".join(f'msgstr[{at}] "<script>%(n)s</script>"\n' for at in range(6))
    messages = _read(tmp_path, f'msgid "%(n)s kans"\nmsgid_plural "<script>%(n)s</script>"\n{forms}')
    template = "{% trans n=n %}{{ n }} kans{% pluralize %}{{ n }} kansen{% endtrans %}"
    assert _drawn(messages, template, n=5) == "5 kansen"
    told = _read(tmp_path, 'msgctxt "elders"\nmsgid "Zoek"\nmsgstr "ابحث"\n')
    assert told.text("Zoek") == "Zoek"


def test_what_is_no_text_has_no_translation(tmp_path: Path) -> None:
    messages = _read(tmp_path, 'msgid "circle-x"\nmsgstr "x\\" onload=\\"alert(1)"\n')
    assert messages.tree({"icon": "circle-x", "label": "circle-x"})["icon"] == "circle-x"


@pytest.mark.parametrize("code", ["../x", "/etc", "", "EN", "xx", "kansen", "ar_EG", "ar\n", "tlh"])
def test_a_code_is_that_of_a_language(tmp_path: Path, code: str) -> None:
    with pytest.raises(ValueError, match="geen taal"):
        languages_of(tmp_path, ["en", code])


@pytest.mark.parametrize(("code", "comma"), [("nl", ", "), ("ar", "، "), ("fa-AF", "،\u200f "), ("ti", "፣ ")])
def test_a_list_has_commas_of_its_language(code: str, comma: str) -> None:
    assert Language(code).comma == comma


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("ISK 18+", "\u2066ISK 18+\u2069"),
        ("الشباب (ISK 18+)", "الشباب \u2066(ISK 18+)\u2069"),
        ("<b>", "\u2066&lt;b&gt;\u2069"),
    ],
)
def test_latin_letters_keep_their_order_from_right_to_left(text: str, drawn: str) -> None:
    with speaking(Language("ar")):
        assert escape(said(text)) == drawn
    with speaking(Language("en")):
        assert escape(said(text)) == escape(text)


def test_a_language_is_named_once(tmp_path: Path) -> None:
    assert [one.code for one in languages_of(tmp_path, ["ar", "nl", "ar", "en"])] == ["nl", "ar", "en"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('msgid "a"\nmsgstr "b"\n\x00', "regel 7"),
        ("dit is geen catalogus", "regel 5"),
        ('msgid "a"\nmsgstr[x] "b"', "gettext PO"),
        ('msgid "a\n', "regel 5"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[99999999999] "c"', "regel"),
        ("#" * 1_100_000, "te groot"),
    ],
)
def test_a_broken_catalogue_is_told(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ValueError, match=rf"translations/ar/messages\.po .*{told}"):
        _read(tmp_path, text)


@pytest.mark.parametrize(
    "line",
    [
        "Content-Type: text/plain; charset=klingon",
        "Language: xx",
        "Language: en",
        "Plural-Forms: nplurals=99999999999; plural=__import__('os').abort();",
    ],
)
def test_a_header_of_a_catalogue_changes_nothing(tmp_path: Path, line: str) -> None:
    forms = "".join(f'msgstr[{at}] "{at}"\n' for at in range(6))
    path = tmp_path / "ar/messages.po"
    path.parent.mkdir()
    path.write_text(f'msgid ""\nmsgstr ""\n"{line}\\n"\n\nmsgid "1 dag"\nmsgid_plural "dagen"\n{forms}', "utf-8")
    assert read(path, Language("ar").locale).forms("1 dag", "dagen")["few"] == "3"


def test_what_lies_in_the_place_of_a_catalogue_is_told(tmp_path: Path) -> None:
    path = tmp_path / "translations/ar/messages.po"
    path.mkdir(parents=True)
    with pytest.raises(ValueError, match="een map of iets anders"):
        languages_of(tmp_path, ["ar"])
    path.rmdir()
    path.symlink_to("/dev/zero")
    with pytest.raises(ValueError, match="een map of iets anders"):
        languages_of(tmp_path, ["ar"])
    path.unlink()
    path.write_bytes('msgid "a"\nmsgstr "caf\u00e9"\n'.encode("latin-1"))
    with pytest.raises(ValueError, match="UTF-8"):
        languages_of(tmp_path, ["ar"])


@pytest.mark.parametrize("text", ["ar: x", "- ar", "ar: {by: [a], on: b}", 'ar: {by: "a', "ar: {by: a}", "[" * 3000])
def test_broken_reviews_are_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "translations").mkdir()
    (tmp_path / "translations/status.yml").write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"translations/status\.yml is niet te lezen"):
        reviews(tmp_path)


def test_a_review_is_noted_as_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "translations/ar").mkdir(parents=True)
    status = tmp_path / "translations/status.yml"
    status.write_text("# Wie\nar:\n  by: Eerder\n  on: 2025-01-01\ntr: {by: Tolken, on: 2026-01-01}\n", "utf-8")
    said = Review('"Tolken" \\ {en}: # co', "2026-11-22")
    record(tmp_path, "ar", said, [])
    assert reviews(tmp_path) == {"ar": said, "tr": Review("Tolken", "2026-01-01")}
    assert status.read_text("utf-8").startswith("# Wie\n")


def test_every_language_is_complete(project: Project) -> None:
    """The real catalogues, against all texts of the project."""
    assert languages(ROOT) == REAL
    template = extract(ROOT)
    for language in languages_of(ROOT, REAL):
        if not language.is_source:
            found = state(ROOT, language, template)
            assert (found.missing, found.fuzzy, found.wrong, found.unused) == ((), (), (), ()), language.code


def test_the_template_is_up_to_date() -> None:
    written = (PACKAGE / "translations/messages.pot").read_text("utf-8")
    sources = [one.id if isinstance(one.id, str) else one.id[0] for one in extract(ROOT) if one.id]
    assert written.count("\nmsgid ") == len(sources) + 1


def test_the_commands_keep_catalogues(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from meedoenkaart.cli import main

    root = tmp_path / "project"
    for name, target in {"theme": "overrides", "translations": "translations"}.items():
        shutil.copytree(PACKAGE / name, root / target)
    for name in ("catalogue", "routes", "docs"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / ".cache").mkdir()
    (root / ".cache/theme").symlink_to(ROOT / ".cache/theme")

    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["--root", str(root), "texts", *arguments])
        return done.exit_code, done.output

    assert run("check", "ar")[0] == 0
    home = root / "overrides/pages/home.html"
    home.write_text(home.read_text("utf-8").replace("Ik zoek een kans", "Ik zoek een leuke kans"), "utf-8")
    code, told = run("check", "ar")
    assert code == 1
    assert "Ik zoek een leuke kans" in told
    assert run("update", "ar")[0] == 0
    code, told = run("check", "ar")
    assert (code, "(fuzzy): 1" in told) == (1, True)
    assert run("reviewed", "tr", "--by", "Tolkendienst Noord")[0] == 0
    assert "Nagekeken door Tolkendienst Noord" in run("check", "tr")[1]
    assert [one.reviewed for one in languages_of(root, ["tr", "ar"])] == [False, True, False]
    assert run("update", "fr")[0] == 0
    assert 'msgid "Alle kansen"' in (root / "translations/fr/messages.po").read_text("utf-8")
    for wrong in ("xx-nowhere", "../en", "nl"):
        assert {run("check", wrong)[0], run("update", wrong)[0], run("reviewed", wrong, "--by", "x")[0]} == {2}
    (root / "translations/tr/messages.po").write_text("kapot", "utf-8")
    for command in (("check", "tr"), ("update", "tr"), ("reviewed", "tr", "--by", "x")):
        code, told = run(*command)
        assert (code, "Dat is niet gelukt: translations/tr/messages.po" in told) == (1, True)
    assert run("reviewed", "ar", "--by", " ")[0] == 2
    home.write_text("{% trans %}Zoek", "utf-8")
    assert run("extract") == (1, "Dat is niet gelukt: theme/pages/home.html:1: unclosed translation block\n")


@pytest.mark.parametrize("code", [*REAL, "fr", "pl", "so"])
def test_a_header_is_one_that_gettext_reads(code: str) -> None:
    locale = Language(code).locale
    catalog = PluralCatalog(locale)
    form_of = c2py(catalog.plural_expr)
    for number in (*range(130), 1000, 1_000_000):
        assert categories_of(locale)[form_of(number)] == locale.plural_form(number)

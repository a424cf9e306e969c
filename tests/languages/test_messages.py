"""Message catalogues: what a translator wrote is text, and the project knows what is missing."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment
from markupsafe import Markup

from generator.languages import Language, languages_of
from generator.languages.messages import Messages, complaint, read
from generator.languages.templates import Translated, translate
from generator.writing.message_catalogues import extract, state
from tests.conftest import ROOT, Project
from tests.languages.pseudo import REAL

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


def _read(tmp_path: Path, text: str, code: str = "ar") -> Messages:
    path = tmp_path / code / "messages.po"
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEADER + text, "utf-8")
    return read(path)


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


@pytest.mark.parametrize("text", ['msgid "a"\nmsgstr "b"\n\x00', "dit is geen catalogus", 'msgid "a"\nmsgstr[x] "b"'])
def test_a_broken_catalogue_is_a_value_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match=r"messages\.po|invalid"):
        _read(tmp_path, text)


def test_every_language_is_complete(project: Project) -> None:
    """The real catalogues, against all texts of the project."""
    for language in languages_of(ROOT, REAL):
        if not language.is_source:
            found = state(ROOT, language)
            assert (found.missing, found.fuzzy, found.wrong, found.unused) == ((), (), (), ()), language.code


def test_the_template_is_up_to_date() -> None:
    written = (ROOT / "translations/messages.pot").read_text("utf-8")
    sources = [one.id if isinstance(one.id, str) else one.id[0] for one in extract(ROOT) if one.id]
    assert written.count("\nmsgid ") == len(sources) + 1


def test_the_commands_keep_catalogues(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from generator.cli import main

    root = tmp_path / "project"
    for name in ("theme", "translations", "catalogue", "routes", "docs"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / ".cache").mkdir()
    (root / ".cache/theme").symlink_to(ROOT / ".cache/theme")

    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["--root", str(root), "texts", *arguments])
        return done.exit_code, done.output

    assert run("check", "ar")[0] == 0
    home = root / "theme/pages/home.html"
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
    assert run("check", "xx-nowhere")[0] == 2

"""What a drawing is made of: structure, escaping, mirroring, repeatability, colours, and files of their own."""

import itertools
import json
import os
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Literal, TypeVar

import pypdfium2
import pytest
from pydantic import TypeAdapter

from meedoenkaart.icons import Icons
from meedoenkaart.infographic import CannotDraw, Draughtsman
from meedoenkaart.infographic.files.styling import tokens
from meedoenkaart.infographic.measuring.forms import FORMS, SMALLEST, FormName, scale
from meedoenkaart.infographic.plan.engine import Engine
from meedoenkaart.infographic.plan.ranking import dot_source
from meedoenkaart.infographic.wide.checks import findings
from meedoenkaart.layers import theme_of
from meedoenkaart.records.route import BreakOff, Phase, Route, RouteNote, Step
from meedoenkaart.records.scalars import Text
from tests.infographic.conftest import FILES, ROOT
from tests.infographic.made_up import chain, full, route

FORM_NAMES: tuple[FormName, ...] = ("wide", "phone", "a3", "a4")
Kind = TypeVar("Kind")
SVG = "{http://www.w3.org/2000/svg}"
CSS = (ROOT / "meedoenkaart/theme/drawing/drawing.css").read_text("utf-8")


@pytest.mark.parametrize("form", FORM_NAMES)
def test_structure_tells_the_route_in_order(draughtsman: Draughtsman, form: FormName) -> None:
    tree = ET.fromstring(draughtsman.draw(full(), form).svg)  # noqa: S314  # our own output
    assert tree.get("role") == "group"
    ids = {element.get("id") for element in tree.iter()}
    assert set((tree.get("aria-labelledby") or "").split()) <= ids
    lists = [element for element in tree.iter(f"{SVG}g") if element.get("role") == "list"]
    assert [one.get("aria-label") for one in lists] == ["Fase 1: In het azc", "Fase 2: Overdracht", "Fase 3: Meedoen"]
    assert all(item.get("role") == "listitem" for one in lists for item in one)
    links = [(link.get("href"), link.get("aria-label")) for link in tree.iter(f"{SVG}a")]
    route = full()
    by_phase = sorted(route.steps, key=lambda one: list(route.phases).index(route.steps[one].phase))
    assert [href for href, _ in links] == [f"#stap-{id}" for id in by_phase]
    assert links[0][1] == "Stap 1 van 6: Brede intake, door Gemeente"
    text = " ".join(tree.itertext())
    for words in ("Regisseur", "€ 1.500", "uit eigen budget", "De bron vermeldt", "Plan op papier", "Wie doet wat?"):
        assert words in text


def test_attack_texts_are_only_text(draughtsman: Draughtsman) -> None:
    attack = '<script>alert(1)</script>"\' onload="x"'
    bad = route(
        title=attack,
        steps={"a": {"title": attack, "text": "]]></style><b>&amp;", "phase": "een", "actor": "gemeente"}},
        actors={"gemeente": {"name": attack[:60], "icon": "landmark"}},
    )
    for form in FORM_NAMES:
        for svg in (draughtsman.draw(bad, form).svg, draughtsman.standalone(bad, form)):
            tree = ET.fromstring(svg)  # noqa: S314  # our own output
            assert not list(tree.iter(f"{SVG}script"))
            assert not any(name.startswith("on") for element in tree.iter() for name in element.attrib)
    dot = draughtsman.dot(route(steps={"a": {"title": '<b>"]; b [label=<<b>x</b>>\\', "phase": "een"}}))
    nodes = json.loads(Engine(ROOT / ".cache/drawings").json(dot))["objects"]
    assert {node["name"] for node in nodes} == {"gate-0", "gate-1", "gate-2", "stap-a"}


def test_an_icon_cannot_leave_its_folder(draughtsman: Draughtsman) -> None:
    bad = route(steps={"a": {"title": "A", "phase": "een", "actor": "gemeente"}})
    _with(bad.actors["gemeente"], icon="../../package")
    with pytest.raises(CannotDraw, match="no icon"):
        draughtsman.draw(bad, "wide")


def test_the_same_bytes_again_and_in_another_process(draughtsman: Draughtsman, tmp_path: Path) -> None:
    first = [draughtsman.svg(draughtsman.board(full(), form), full(), form, "nl", "ltr") for form in FORM_NAMES]
    first.append(draughtsman.standalone(full()))
    script = (
        "import json, sys; from pathlib import Path; from meedoenkaart.icons import Icons;"
        "from meedoenkaart.infographic import Draughtsman; from meedoenkaart.layers import theme_of;"
        "from tests.infographic.conftest import FILES, ROOT; from tests.infographic.made_up import full;"
        "d = Draughtsman(FILES, Icons(ROOT), theme_of(ROOT), Path(sys.argv[1]));"
        "r = full(); print(json.dumps([d.draw(r, f).svg for f in ('wide', 'phone', 'a3', 'a4')] + [d.standalone(r)]))"
    )
    environment = os.environ | {"PYTHONHASHSEED": "4711"}
    command = [sys.executable, "-c", script, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    assert json.loads(done.stdout) == first


def test_both_graphviz_builds_place_nodes_alike() -> None:
    engine = Engine(ROOT / ".cache/drawings")
    for one in (full(), chain(12)):
        source = dot_source(one)
        command = [str(Path(sys.executable).parent / "graphviz-pure"), "-Tjson0"]
        other = subprocess.run(command, input=source.encode(), capture_output=True, check=True).stdout
        assert _positions(other) == _positions(engine.json(source))


def _positions(laid_out: bytes) -> dict[str, str]:
    return {node["name"]: node["pos"] for node in json.loads(laid_out)["objects"]}


def test_arabic_is_mirrored_and_latin_runs_hold_together(draughtsman: Draughtsman) -> None:
    arabic = route(
        title={"nl": "Route", "ar": "من مركز اللجوء إلى ISK 18+ في Smallingerland"},
        steps={
            "a": {"title": {"nl": "ISK 18+", "ar": "مسار ISK 18+ هنا"}, "phase": "een"},
            "b": {"title": "Werk", "phase": "twee", "after": ["a"]},
        },
    )
    for form in FORM_NAMES:
        board = draughtsman.board(arabic, form, "ar")
        assert findings(board, draughtsman.look("ar"), FORMS[form]) == []
        svg = draughtsman.draw(arabic, form, "ar", "rtl").svg
        assert 'direction="rtl"' in svg
        assert "\u2066ISK 18+\u2069" in svg
        left = draughtsman.draw(arabic, form, "ar").svg
        places = [re.findall(r'class="d-title" x="([\d.]+)"', one) for one in (left, svg)]
        assert [round(board.width - float(x)) for x in places[0]] == [round(float(x)) for x in places[1]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_have_contrast(scheme: Literal["light", "dark"]) -> None:
    colours = {name.removeprefix("--d-"): colour for name, colour in tokens(CSS, scheme).items()}
    lanes = [f"lane-{number}" for number in range(6)]
    grounds = ["paper", "phase", *lanes]
    text = [("ink", ground) for ground in (*grounds, "card")] + [("soft", ground) for ground in (*grounds, "card")]
    text += [("on-chevron", "chevron"), ("on-band", "band"), ("on-sun", "sun"), ("on-chip", "chip")]
    text += [(f"actor-{number}", f"tint-{number}") for number in range(10)]
    text += [(f"way-{number}", f"lane-{number}") for number in range(6)]
    lines = [("flow", ground) for ground in grounds] + [("edge", ground) for ground in ("paper", "card", "phase")]
    lines += [(f"way-{number}", ground) for number in range(6) for ground in ("phase", f"lane-{number}")]
    lines += [("on-actor", f"actor-{number}") for number in range(10)]
    lines += [("actor-1", ground) for ground in ("phase", "card", *lanes)]
    lines += [("focus", ground) for ground in ("phase", "card", *lanes)]
    for pairs, least in ((text, 4.5), (lines, 3.0)):
        for one, other in pairs:
            assert _contrast(colours[one], colours[other]) >= least, (one, other)


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"steps": {"a": {"title": "A", "phase": "nergens"}}}, "phase nergens"),
        ({"steps": {"a": {"title": "A", "phase": "een", "after": ["b"]}}}, "step b"),
        (
            {
                "steps": {
                    "a": {"title": "A", "phase": "een", "after": ["b"]},
                    "b": {"title": "B", "phase": "een", "after": ["a"]},
                }
            },
            "circle",
        ),
        ({"regisseur": {"title": "R", "starts_at": "weg"}}, "weg"),
    ],
)
def test_a_broken_route_is_refused_with_a_reason(
    draughtsman: Draughtsman, changes: dict[str, object], reason: str
) -> None:
    with pytest.raises(CannotDraw, match=reason):
        draughtsman.draw(route(**changes), "wide")


def test_an_absurd_route_is_drawn_in_time(draughtsman: Draughtsman) -> None:
    steps = {
        f"s{number}": {
            "title": f"Stap {number}",
            "phase": "een" if number < 30 else "twee",
            "after": [f"s{before}" for before in range(max(0, number - 8), number)],
            "back_to": [f"s{number // 2}"] if number % 9 == 8 else [],
        }
        for number in range(60)
    }
    absurd = route(steps=steps)
    started = time.thread_time()
    for form in FORM_NAMES:
        assert findings(draughtsman.board(absurd, form), draughtsman.look("nl"), FORMS[form]) == []
    assert time.thread_time() - started < 20


def _made(kind: type[Kind], **plain: object) -> Kind:
    return TypeAdapter(kind).validate_python(plain)


def _with(record: Kind, **changes: object) -> Kind:
    """Change a record behind the back of its checks."""
    for name, value in changes.items():
        object.__setattr__(record, name, value)
    return record


def _step(**changes: object) -> Step:
    return _with(_made(Step, title="Stap", phase="een"), **changes)


def _steps(count: int, *, after_all: bool = False) -> dict[str, Step]:
    ids = [f"s{number}" for number in range(count)]
    after = [tuple(ids[:number]) if after_all else () for number in range(count)]
    return {id: _step(after=after[number]) for number, id in enumerate(ids)}


def _in_circles(count: int) -> dict[str, Step]:
    """Return steps that come after every other step."""
    ids = [f"s{number}" for number in range(count)]
    return {id: _step(after=tuple(one for one in ids if one != id)) for id in ids}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"steps": _steps(5000)}, "5000 steps"),
        ({"steps": _steps(60, after_all=True)}, "1770 lines"),
        ({"steps": _in_circles(60)}, "3540 lines"),
        ({"steps": _in_circles(20)}, "circle"),
        ({"title": Text("x" * 100_000)}, "longer than"),
        ({"title": Text("a", (("ar", "x" * 100_000),))}, "longer than"),
        ({"phases": {"een": _with(_made(Phase, title="Eerst"), goal=Text("goed " * 30_000))}}, "longer than"),
        ({"breaks_off": (BreakOff(phase="een", after=("a",)),) * 5000}, "breaks off"),
        ({"breaks_off": (_with(BreakOff(phase="een"), after=("a",) * 5000),)}, "lines"),
        ({"steps": {"a": _step(actor="coa", together_with=("coa",) * 5000)}}, "actors"),
    ],
    ids=["steps", "lines", "circles", "circle", "title", "other language", "goal", "ends", "one end", "actors"],
)
def test_hostile_routes_are_refused_at_once(draughtsman: Draughtsman, changes: dict[str, object], reason: str) -> None:
    hostile = _with(route(), **changes)
    started = time.thread_time()
    with pytest.raises(CannotDraw, match=reason):
        draughtsman.draw(hostile, "wide")
    assert time.thread_time() - started < 5


def test_files_of_their_own_need_nothing_else(draughtsman: Draughtsman) -> None:
    svg = draughtsman.standalone(full())
    assert "data:font/woff2;base64," in svg
    assert "prefers-color-scheme: dark" in svg
    assert not re.search(r"url\((?!data:)", svg)
    assert "<a " not in svg
    assert set(re.findall(r"https?://[^\s\"')]+", svg)) == {"http://www.w3.org/2000/svg"}


def test_a_picture_is_a_picture(draughtsman: Draughtsman) -> None:
    assert draughtsman.png(full()).startswith(b"\x89PNG")


@pytest.mark.parametrize(("form", "size"), [("a3", (1190.55, 841.89)), ("a4", (841.89, 595.28))])
def test_every_route_of_this_project_fits_its_paper(
    draughtsman: Draughtsman, real_routes: list[Route], form: Literal["a3", "a4"], size: tuple[float, float]
) -> None:
    assert {"Van azc naar meedoen in Smallingerland"} <= {str(one.title) for one in real_routes}
    for one in real_routes:
        board = draughtsman.board(one, form)
        paper = FORMS[form].paper
        assert paper
        points = scale(FORMS[form], board.width, board.height)
        assert board.width * points <= paper[0] + 0.1
        assert board.height * points <= paper[1] + 0.1
        assert points * SMALLEST >= (6.5 if form == "a4" else 7.5) - 0.001
    largest = max(real_routes, key=lambda one: len(one.steps))
    printed = draughtsman.pdf(largest, form)
    pages = re.findall(rb"/MediaBox\[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert len(pages) == (1 if form == "a3" else 2)  # on A4 the notes have a sheet of their own
    for sides in pages:
        assert [float(side) for side in sides] == pytest.approx(size, abs=1)
    assert b"/ToUnicode" in printed  # text that can be selected


def test_notes_stand_below_the_drawing_or_fill_a_sheet(draughtsman: Draughtsman, real_routes: list[Route]) -> None:
    """Nowhere in type below 7.5 points; a sheet of their own is filled over most of its width and height."""
    with_notes = [one for one in real_routes if one.notes]
    sheets = {}
    forms: tuple[Literal["a3", "a4"], ...] = ("a3", "a4")
    for one, form in itertools.product(with_notes, forms):
        printed = pypdfium2.PdfDocument(draughtsman.pdf(one, form))
        last = printed[len(printed) - 1]
        words = last.get_textpage()
        assert "Uitleg bij de nummers" in words.get_text_bounded()
        for note in one.notes:
            assert str(note.title) in " ".join(words.get_text_bounded().split())
        sizes = [piece.get_font_size() for piece in last.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])]
        assert min(sizes) >= 7.5
        sheets[str(one.title), form] = len(printed)
        if len(printed) == 2:
            boxes = [words.get_rect(number) for number in range(words.count_rects())]
            width, height = last.get_size()
            assert max(box[2] for box in boxes) - min(box[0] for box in boxes) > 0.7 * width
            assert max(box[3] for box in boxes) - min(box[1] for box in boxes) > 0.55 * height
    assert len(sheets) > 10
    assert set(sheets.values()) == {1, 2}
    assert all(count == 1 for (_, form), count in sheets.items() if form == "a3")


def test_more_notes_than_a_sheet_holds_go_on(draughtsman: Draughtsman) -> None:
    many = [
        TypeAdapter(RouteNote).validate_python({"title": "Noot", "text": "Een lange uitleg van woorden. " * 23})
    ] * 20
    one = full()
    object.__setattr__(one, "notes", tuple(many))
    printed = pypdfium2.PdfDocument(draughtsman.pdf(one, "a4"))
    told = " ".join(sheet.get_textpage().get_text_bounded() for sheet in printed)
    assert told.count("Noot") == 20


def test_what_was_drawn_is_kept_until_something_changes(tmp_path: Path) -> None:
    draughtsman = Draughtsman(FILES, Icons(ROOT), theme_of(ROOT), tmp_path)
    first = draughtsman.draw(full(), "wide")
    kept = list((tmp_path / "kept").iterdir())
    assert len(kept) == 1
    assert draughtsman.draw(full(), "wide") == first
    assert list((tmp_path / "kept").iterdir()) == kept
    draughtsman.draw(chain(3), "wide")
    assert len(list((tmp_path / "kept").iterdir())) == 2


def test_the_routes_of_this_project_can_be_drawn(draughtsman: Draughtsman, real_routes: list[Route]) -> None:
    for one in real_routes:
        for name, form in FORMS.items():
            assert findings(draughtsman.board(one, name), draughtsman.look("nl"), form) == []


@pytest.mark.parametrize("form", ["wide", "a3", "a4"])
def test_what_comes_after_the_handover_stands_below_it(
    draughtsman: Draughtsman, real_routes: list[Route], form: FormName
) -> None:
    one = next(route for route in real_routes if "warme-overdracht" in route.steps)
    board = draughtsman.board(one, form)
    places = {card.stop.id: card.box for card in board.cards}
    assert places["klantprofiel"].bottom < places["warme-overdracht"].y
    assert places["warme-overdracht"].bottom < places["plan"].y
    assert board.band
    assert [root.y for root in board.band.root] == [places["warme-overdracht"].bottom, places["plan"].bottom]
    assert board.height <= 1160


@pytest.mark.parametrize("form", FORM_NAMES)
def test_the_drawing_shows_where_the_source_breaks_off(
    draughtsman: Draughtsman, real_routes: list[Route], form: FormName
) -> None:
    broken = [one for one in real_routes if one.breaks_off]
    assert broken
    for one in broken:
        svg = draughtsman.draw(one, form).svg
        assert svg.count("d-card-ghost") == len(one.breaks_off)
        assert "De bron" in svg


def test_a_band_as_narrow_as_one_column_keeps_its_words_whole(draughtsman: Draughtsman) -> None:
    phases = [f"f{number}" for number in range(6)]
    narrow = route(
        phases={id: {"title": "Fase"} for id in phases},
        steps={f"s{number}": {"title": "Stap", "phase": id} for number, id in enumerate(phases)},
        regisseur={"title": "Regisseur", "starts_at": "s5"},
        money=[{"kind": "budget", "amount": "€ 1.500", "text": "per persoon"}],
    )
    board = draughtsman.board(narrow, "wide")
    assert board.band
    assert [line.text for line in board.band.lines] == ["Regisseur", "€ 1.500", "per persoon"]
    assert findings(board, draughtsman.look("nl"), FORMS["wide"]) == []


def test_a_picture_names_the_font_of_every_part_of_an_arabic_line(draughtsman: Draughtsman) -> None:
    parts = draughtsman.fonts.by_family("\u0645\u0633\u0627\u0631 \u2066ISK 18+\u2069 \u0647\u0646\u0627.")
    assert [name for _, name in parts if "Arabic" in name] == ["Noto Sans Arabic Variable"] * 2
    assert "".join(run for run, _ in parts) == "\u0645\u0633\u0627\u0631 \u2066ISK 18+\u2069 \u0647\u0646\u0627."

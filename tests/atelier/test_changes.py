"""Changes of a route's text: exactly the lines that are meant, whatever is set, and in whatever order."""

import json
import random
from collections.abc import Callable
from difflib import ndiff
from typing import Any

from meedoenkaart.reading.documents import COLLECTIONS
from meedoenkaart.reading.values import typed
from meedoenkaart.reading.yaml_text import positions
from meedoenkaart.records.route import Route
from meedoenkaart.rules.routes import _references
from meedoenkaart.writing.layout import layout
from tests.atelier.conftest import REAL, Ask, paths, route, tree_of

ROUTES = next(one for one in COLLECTIONS if one.name == "routes")


def lines(before: str, after: str) -> list[str]:
    """Return which lines go and which come."""
    found = ndiff(before.splitlines(), after.splitlines())
    return [f"{one[0]}{one[2:]}" for one in found if one[0] in "+-"]


STEP = ["steps", "plan"]
CHANGES: list[tuple[str, list[Any], list[str]]] = [
    (
        "smallingerland",
        ["set", "@", [*STEP, "title"], "Samen een plan"],
        ["-      nl: Samen alvast een plan maken", "+      nl: Samen een plan"],
    ),
    ("smallingerland", ["set", "@", [*STEP, "contact_moment"], False], ["-    contact_moment: ja"]),
    ("smallingerland", ["set", "@", [*STEP, "lane"], "jongeren"], ["+    lane: jongeren"]),
    ("smallingerland", ["set", "@", [*STEP, "within", "number"], "10"], ["+    within:", "+      number: 10"]),
    (
        "groningen",
        ["set", "@", ["status", "text"], "Kort."],
        [
            "-  text: >-",
            "-    De gemeente beschrijft het op haar site als haar werkwijze. Het is een oudere pagina, dus het kan nu",
            "-    anders zijn.",
            "+  text: Kort.",
        ],
    ),
    ("groningen", ["set", "@", ["steps", "assessment", "after"], []], ["-    after: [eerste-gesprek]"]),
    (
        "groningen",
        ["set", "@", ["steps", "participatieverklaring", "within", "unit"], "weken"],
        [
            "-    within: {number: 12, unit: maanden, since: inschrijving-brp}",
            "+    within: {number: 12, unit: weken, since: inschrijving-brp}",
        ],
    ),
    (
        "groningen",
        ["set", "@", ["contact", "email"], "info@groningen.nl"],
        ["+contact:", "+  email: info@groningen.nl"],
    ),
    (
        "groningen",
        ["set", "@", ["steps", "melding", "title"], ""],
        ["-    title: Melding bij Thuisin050", '+    title: ""'],
    ),
    (
        "groningen",
        ["connect", "@", "melding", "assessment"],
        ["-    after: [eerste-gesprek]", "+    after: [eerste-gesprek, melding]"],
    ),
    ("groningen", ["connect", "@", "assessment", "melding"], []),
    ("groningen", ["disconnect", "@", "melding", "eerste-gesprek"], ["-    after: [melding]"]),
    (
        "groningen",
        ["addStep", "@", {"title": "Nieuw: een proef", "phase": "intake", "after": ["assessment"]}],
        [
            "+  nieuw-een-proef:",
            '+    title: "Nieuw: een proef"',
            "+    phase: intake",
            "+    after: [assessment]",
        ],
    ),
    (
        "groningen",
        ["addItem", "@", ["steps", "melding", "links"], {"address": "https://voorbeeld.nl/"}],
        ["+    links:", "+      - address: https://voorbeeld.nl/"],
    ),
    (
        "groningen",
        ["moveStep", "@", "melding", {"phase": "intake", "lane": "tot-27"}],
        ["-    phase: start", "+    phase: intake", "+    lane: tot-27"],
    ),
]


def test_a_change_is_only_the_lines_meant(ask: Ask) -> None:
    answers = ask([[[name, route(slug), *rest]] for slug, (name, *rest), _ in CHANGES])
    for (slug, change, meant), (after,) in zip(CHANGES, answers, strict=True):
        found = lines(route(slug), after if isinstance(after, str) else after["text"])
        assert sorted(found) == sorted(meant), change


def test_a_list_with_dashes_keeps_its_lines(ask: Ask) -> None:
    wishes = [["s4", "s2"], ["s2", "s4", "s3"], ["s3"], ["s3", "s2"]]
    answers = ask([[["set", UNUSUAL, "@", ["steps", "s1", "after"], one]] for one in wishes])
    assert [sorted(lines(UNUSUAL, after)) for (after,) in answers] == [
        ["+      - s4", "-      - s3"],
        ["+      - s4"],
        ["-      - s2 # opm 8"],
        ["+      [s3, s2]", "-      - s2 # opm 8", "-      - s3"],
    ]


def test_what_goes_takes_what_names_it(ask: Ask) -> None:
    before = route("groningen")
    kinds = [["steps", "plan-van-aanpak"], ["phases", "plan"], ["lanes", "vanaf-27"], ["actors", "statushouder"]]
    step, phase, lane, actor = (tree_of(one) for (one,) in ask([[["removePart", before, "@", path]] for path in kinds]))
    assert step["steps"]["taal-en-actief"]["after"] == ["assessment"], (
        "what came after it follows on what was before it"
    )
    assert step["breaks_off"][0]["after"] == ["assessment"]
    assert "starts_at" not in step["regisseur"]
    assert phase["steps"]["plan-van-aanpak"]["phase"] == "intake"
    assert not [one for one in lane["steps"].values() if "lane" in one]
    assert "statushouder" not in json.dumps([one.get("together_with") for one in actor["steps"].values()])
    assert not wrong_in(phase) + wrong_in(lane) + wrong_in(actor)


def wrong_in(tree: Any) -> list[Any]:
    """Return what a route names that is not there."""
    record = typed(Route, tree).record
    known = {name: getattr(record, name) for name in ("phases", "lanes", "actors", "steps")}
    others = ("regisseur", "budget", "status")
    return [
        path for path, what, id in _references(record) if what in known and id not in known[what] and id not in others
    ]


def test_a_step_becomes_one_for_each_lane(ask: Ask) -> None:
    ((split,),) = ask([[["splitTo", route("groningen"), "@", "plan-van-aanpak", ["vanaf-27", "tot-27"]]]])
    tree = tree_of(split)
    assert [id for id in tree["steps"] if id.startswith("plan-van")] == ["plan-van-aanpak", "plan-van-aanpak-tot-27"]
    assert tree["steps"]["plan-van-aanpak-tot-27"]["lane"] == "tot-27"
    assert "accent" not in tree["steps"]["plan-van-aanpak-tot-27"]
    assert tree["steps"]["taal-en-actief"]["after"] == ["plan-van-aanpak"]
    assert tree["breaks_off"][0]["after"] == ["plan-van-aanpak-tot-27"]
    assert not wrong_in(tree)


EXAMPLES = {"day": "2026-11-01", "number": "3", "web": "https://voorbeeld.nl/", "yes": "ja", "pattern": "house"}
OWN = {"contact.email": "info@groningen.nl", "contact.phone": "14 050", "law": "Wi2021"}
IN_LISTS = ("money", "notes", "sources", "breaks_off", "links")


def test_everything_that_a_route_can_hold_can_be_set(ask: Ask, data: Any) -> None:
    ids = {"actors": "coach", "phases": "plan", "lanes": "tot-27", "steps": "melding"}
    calls: list[list[Any]] = [["addItem", route("groningen"), "@", ["steps", "melding", "links"]]]
    calls.append(["addItem", "$", "@", ["money"]])
    meant: dict[tuple[str | int, ...], Any] = {}
    for key, field in data["fields"].items():
        path: list[str | int] = []
        for name in key.split("."):
            path.append(ids[str(path[0])] if name == "*" else name)
            if name in IN_LISTS:
                path.append(0)
        shape = data["shapes"][field["shape"]] if "shape" in field else {"kind": ""}
        known = ids.get(field.get("refers", "")) or next(
            iter(data.get(field.get("refers", ""), ["groningen/thuisin050"]))
        )
        value = (
            OWN.get(key)
            or field.get("choices", [None])[0]
            or (known if "refers" in field else EXAMPLES.get(shape["kind"]))
        )
        value = value or f"Een waarde van {key}"
        if key in ("steps.*.after", "steps.*.back_to"):
            value = "assessment"
        meant[tuple(path)] = [value] if field.get("many") else value
        calls.append(["set", "$", "@", path, meant[tuple(path)]])
    (answers,) = ask([calls])
    tree = tree_of(answers[-1])
    for where, value in meant.items():
        found = tree
        for step in where:
            found = found[step]
        assert found == value, where
    made = typed(Route, tree)
    assert not made.wrong
    assert layout(answers[-1].encode(), ROUTES) is None, "it is laid out as all files are"


def test_ids_are_made_of_titles_and_are_nobody_elses(ask: Ask) -> None:
    titles = [
        "Café 't Hoekje",
        "Café 't Hoekje",
        "",
        "12",
        "regisseur",
        "null",
        "🙂",
        "constructor",
        "__proto__",
        "x" * 200,
    ]
    calls: list[list[Any]] = [["addPart", route("weert"), "@", "steps", {"title": titles[0], "phase": "start"}]]
    calls += [["addPart", "$", "@", "steps", {"title": title, "phase": "start"}] for title in titles[1:]]
    (answers,) = ask([calls])
    ids = [one["id"] for one in answers]
    assert ids[:6] == ["cafe-t-hoekje", "cafe-t-hoekje-2", "stap", "stap-12", "regisseur-2", "stap-null"]
    assert ids[6:9] == ["stap-2", "constructor", "proto"]
    assert len({*ids}) == len(ids)
    assert len(ids[-1]) <= 80
    assert tree_of(answers[-1]["text"])


def test_a_problem_is_found_at_its_field(ask: Ask) -> None:
    calls, every = [], []
    for text in map(route, REAL):
        some = list(paths(tree_of(text)))[::5]
        every += some
        calls += [["pathAt", text, *at] for at in positions(text.encode(), some)]
    (found,) = ask([calls])
    # The first field of a list's item stands where the item does.
    assert [(path, at) for path, at in zip(every, found, strict=True) if tuple(at[: len(path)]) != path] == []


UNUSUAL = """title: # opm 1
  Iets # opm 2
law: Wi2021   # opm 3
period:
actors: # opm 4
  a: {name: A, icon: house}
  'b':
    icon: "house"
    name: B
phases:
  p:
    title:  'P'  # opm 5
    lasts: {number: 6}
  'q': {title: Q}
lanes: {}
steps:

  # opm 6
  s1:
    title: S1
    phase: p
    actor: a
    after: # opm 7
      - s2 # opm 8
      - s3
  # opm 9
  s2: {title: S2, phase: p, together_with: [a, b]}

  s3: # opm 10
    title: S3
    phase: p
      # opm 11

  # opm 12
  s4:
    phase: q
    title: |
      Vier
      regels
    links:
    - address: https://a.nl/
      title: "A: b"
    -
      organisation: a/b
sources: [{address: "https://a.nl", title: b}]
notes: []
"""


def commented(text: str, seed: int) -> str:
    """Return a text with comments above and beside some lines, each with a number of its own."""
    chance, result, folded = random.Random(seed), list[str](), -1  # noqa: S311  # no secret
    for number, line in enumerate(text.splitlines()):
        depth = len(line) - len(line.lstrip())
        if folded >= 0 and depth > folded:
            result.append(line)
            continue
        folded = depth if line.endswith(">-") else -1
        if number and chance.random() < 0.1:
            result.append(f"{' ' * depth}# opm {number}")
        plain = ": " in line and folded < 0 and not set("{}\"'#") & set(line)
        result.append(f"{line} # opm {number}5" if plain and chance.random() < 0.05 else line)
    return "\n".join(result) + "\n"


def test_whatever_is_done_the_text_stays_whole(run: Callable[[str, Any], Any], files: dict[str, bytes]) -> None:
    texts = [*map(route, REAL), files["assets/routes/statutory.yml"].decode()]
    asked: list[dict[str, Any]] = [
        {
            "text": commented(text, number) if number % 2 else text,
            "seed": number,
            "steps": 20 if len(text) < 10_000 else 8,
        }
        for number, text in enumerate(texts)
    ]
    asked += [{"text": UNUSUAL, "seed": seed, "steps": 20} for seed in range(10)]
    assert all(tree_of(one["text"]) for one in asked)
    answers = run("play.mjs", asked)
    assert [fault for one in answers for fault in one["faults"]] == []
    assert sum(one["changes"] for one in answers) > 120
    for begun, one in zip(asked, answers, strict=True):
        assert tree_of(one["text"]) == one["tree"], "Python reads what the page reads"
        assert begun["text"] == UNUSUAL or layout(one["text"].encode(), ROUTES) is None

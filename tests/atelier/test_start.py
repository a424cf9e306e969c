"""What a route begins with: the law, another municipality's route, a file or nothing; and what is said of it then."""

from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from meedoenkaart.layers import BASE
from meedoenkaart.publishing.atelier import RULES
from meedoenkaart.records.route import Route
from meedoenkaart.rules.routes import _references
from tests.atelier.conftest import REAL, Ask, checked, route, tree_of


def test_the_law_becomes_a_route_that_asks_what_it_cannot_know(
    ask: Ask, files: dict[str, bytes], tmp_path: Path
) -> None:
    law = files["assets/routes/statutory.yml"].decode()
    calls = [["fromLaw", law, "@", "leeuwarden"], ["problemsOf", "$view", "@"]]
    answered = [
        ["set", "$", "@", path, value]
        for path, value in (
            (["period"], "sinds 2022"),
            (["status", "stage"], "praktijk"),
            (["sources", 0, "address"], "https://www.leeuwarden.nl/"),
            (["sources", 0, "title"], "Gemeente Leeuwarden"),
        )
    ]
    ((begun, problems, *_, text),) = ask([[*calls, *answered]])
    asked = [".".join(map(str, one["path"])) for one in problems]
    assert asked == ["period", "status.stage", "sources.0.address", "sources.0.title"]
    tree, statutory = tree_of(begun), tree_of((BASE / "routes/statutory.yml").read_text("utf-8"))
    assert tree["title"] == "De route naar meedoen in Leeuwarden"
    assert {id: one.get("fulfils") for id, one in tree["steps"].items()} == {
        id: one.get("fulfils") for id, one in statutory["route"]["steps"].items()
    }
    assert tree["sources"][1:] == statutory["route"]["sources"], "the law is where its steps were read"
    found = checked(tmp_path, {"leeuwarden": text})["leeuwarden"]
    assert [one for one in found if one.severity == "error"] == []


def test_what_is_local_stays_behind(ask: Ask, data: Any) -> None:
    others = data["routes"]
    assert set(others) == set(REAL)
    begun = ask([[["fromExample", route(slug), "@", "leeuwarden", others[slug]["of"]]] for slug in REAL])
    for slug, (found,) in zip(REAL, begun, strict=True):
        tree, own = tree_of(found["text"]), tree_of(route(slug))
        assert not {"contact", "confirmation", "notes", "money", "breaks_off", "municipalities"} & tree.keys()
        assert tree["sources"] == [{"address": "", "title": ""}]
        assert tree["status"] == {"stage": ""}
        assert [len(tree[name]) for name in ("phases", "steps")] == [len(own[name]) for name in ("phases", "steps")]
        assert not [
            one for one in tree["steps"].values() if {"term", "within", "lasts", "links", "only_in"} & one.keys()
        ]
        left = "\n".join(found["left"])
        for actor in own["actors"].values():
            name = actor["name"]["nl"] if isinstance(actor["name"], dict) else actor["name"]
            titles = [one["title"].lower() for one in data["roles"].values()]
            assert name.lower() in titles or name in left, name
            assert name.lower() in titles or name not in [one["name"] for one in tree["actors"].values()]
        for source in own["sources"]:
            assert source["title"] in left
    (groningen,) = begun[REAL.index("groningen")]
    asked = {".".join(map(str, one["path"])) for one in groningen["check"]}
    assert {"actors.wie.name", "steps.melding.title", "steps.melding.text", "steps.plan-van-aanpak.title"} <= asked
    assert "thuisin050" not in str(tree_of(groningen["text"])["actors"]).lower()


def test_nothing_and_a_file_begin_too(ask: Ask) -> None:
    text = route("weert")
    ((nothing,), (file,), (windows,), (picture,)) = ask(
        [
            [["fromNothing", "@", "weert"]],
            [["fromFile", "weert.yml", text]],
            [["fromFile", "Weert.yaml", "\ufeff" + text.replace("\n", "\r\n")]],
            [["fromFile", "weert.png", "\x89PNG\r\n\x1a\n\x00\x00"]],
        ]
    )
    assert tree_of(nothing)["title"] == "De route naar meedoen in Weert"
    assert file == windows == {"slug": "weert", "text": text}
    assert isinstance(picture, str)


def test_the_page_knows_what_fields_refer_to(data: Any) -> None:
    """What the program checks of references and what the page offers are the same."""
    for slug in REAL:
        record = TypeAdapter(Route).validate_python(tree_of(route(slug)))
        for path, what, _ in _references(record):
            names = ["*" if step == 1 and path[0] == "steps" else str(one) for step, one in enumerate(path)]
            key = ".".join(one for one in names if not one.isdigit())
            assert data["fields"][key]["refers"] == what


FAULTS: dict[str, tuple[list[Any], Any]] = {
    "too-few": (["phases"], None),
    "unknown-reference": (["steps", "assessment", "actor"], "niemand"),
    "text-too-long": (["title"], "lang " * 40),
    "route-cycle": (["steps", "melding", "after"], ["assessment"]),
    "step-too-early": (["steps", "melding", "after"], ["betaald-werk"]),
    "two-accents": (["steps", "taal-en-actief", "accent"], "ja"),
    "end-before-start": (["steps", "assessment", "until_phase"], "start"),
    "empty-value": (["steps", "melding", "title"], ""),
    "private-phone": (["steps", "melding", "text"], "Bel 06 12345678."),
    "html": (["steps", "melding", "text"], "<script>alert(1)</script>"),
    "not-a-web-address": (["sources", 0, "address"], "https://geen adres"),
    "not-a-partial-date": (["status", "date"], "gisteren"),
    "unknown-choice": (["law"], "Wi1998"),
    "number-out-of-range": (["steps", "participatieverklaring", "within", "number"], "0"),
    "missing-field": (["period"], None),
}


def test_what_the_page_says_by_itself_is_what_check_says(ask: Ask, data: Any, tmp_path: Path) -> None:
    """For each fault the page names the rules that ``check`` names, at the field that they are about."""
    calls = [[["set", route("groningen"), "@", *one], ["problemsOf", "$view", "@"]] for one in FAULTS.values()]
    answers = ask(calls)
    free = [slug for slug in data["municipalities"] if slug not in REAL]
    found = checked(tmp_path, {slug: text for slug, (text, _) in zip(free, answers, strict=False)})
    for (rule, (path, _)), (_, told), slug in zip(FAULTS.items(), answers, free, strict=False):
        by_check = {one.rule for one in found[slug]} & {*RULES}
        by_page = {one["rule"] for one in told}
        assert rule in by_page, rule
        assert path in [one["path"] for one in told if one["rule"] == rule]
        same = {"too-few": "missing-field"}  # of a group that is not there, check says that the field is missing
        assert {same.get(one, one) for one in by_page} == by_check, rule

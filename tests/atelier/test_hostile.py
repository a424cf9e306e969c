"""Drafts that somebody made to do harm, or by accident: nothing runs, hangs or breaks, and there is a word for each."""

import base64
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from tests.atelier.conftest import route

HEAD = "title: T\nlaw: Wi2021\nperiod: nu\nstatus: {stage: papier}\nphases:\n  p:\n    title: P\n"
STEP = "    title: S\n    phase: p\n"
END = "sources:\n  - address: https://voorbeeld.nl/\n    title: V\n"


def with_steps(*steps: str) -> str:
    return HEAD + "steps:\n" + "".join(f"  {id}:\n{STEP}" for id in steps) + END


def with_text(text: str) -> str:
    return HEAD.replace("title: T", f"title: {text}") + f"steps:\n  s:\n{STEP}{END}"


def laughs() -> str:
    """Return values that would become a thousand million if somebody wrote them out."""
    levels = [f"l{level}: &l{level} [{', '.join([f'*l{level - 1}'] * 10)}]" for level in range(1, 10)]
    return "\n".join(["l0: &l0 [ha]", *levels, "title: *l9"]) + "\n"


REFUSED = {
    "nothing": ("", "not-a-route"),
    "comments": ("# alleen dit\n", "not-a-route"),
    "a list": ("- a\n- b\n", "not-a-route"),
    "a text": ("zomaar een tekst", "not-a-route"),
    "a picture": ("\x89PNG\r\n\x1a\n\x00\x00\x00", "not-a-route"),
    "a page": ("<!DOCTYPE html><script>alert(1)</script>", "not-a-route"),
    "no end of a bracket": ("title: [a, b\nlaw: Wi2021\n", "not-yaml"),
    "no end of a quote": ('title: "a\nlaw: Wi2021\n', "not-yaml"),
    "a tab": ("title: a\nsteps:\n\ts: {title: b}\n", "not-yaml"),
    "a name twice": ("title: a\ntitle: b\n", "not-yaml"),
    "two documents": ("title: a\n---\ntitle: b\n", "not-yaml"),
    "a thousand million": (laughs(), "shared"),
    "an anchor": ("title: &a T\nsubtitle: *a\n", "shared"),
    "itself": ("&a title: T\nsteps: &b {s: *b}\n", "shared"),
    "a type": ('title: !!js/function "alert(1)"\n', "shared"),
    "merged": ("base: &b {title: x}\nsteps:\n  s:\n    <<: *b\n", "shared"),
    "names that are no texts": (f"? [a, b]\n: c\n? {{d: e}}\n: f\n{with_steps('s')}", "not-yaml"),
    "brackets": ("title: " + "[" * 50_000, "not-yaml"),
    "braces": ("title: " + "{a: " * 20_000, "too-large"),
    "dashes": ("- " * 50_000 + "a", "not-yaml"),
    "depth": ("".join(" " * depth + "a:\n" for depth in range(600)), "not-yaml"),
    "many steps": (with_steps(*(f"s{number}" for number in range(2_000))), "too-large"),
    "ten thousand steps": (with_steps(*(f"s{number}" for number in range(10_000))), "too-large"),
    "many names": ("title: {" + ", ".join(f"a{number}: b" for number in range(9_000)) + "}", "too-large"),
    "a long list": (with_text(f"[{', '.join('a' * 5_000)}]"), "too-large"),
    "a huge text": (with_text("woord " * 100_000), "too-large"),
}
"""What can't be edited part by part, and why."""
TOLD = {
    "script": (with_text("<script>alert(1)</script>"), "html"),
    "an address that runs": (
        with_text("T").replace("https://voorbeeld.nl/", "javascript:alert(1)"),
        "forbidden-scheme",
    ),
    "a handler": (with_text('"<img src=x onerror=alert(1)>"'), "html"),
    "templates": (with_text("'{{ 7 * 7 }} {% raw %} ${alert(1)} {{config}}'"), ""),
    "a long text": (with_text("woord " * 3_000), "text-too-long"),
    "one word": (with_text("a" * 150_000), "text-too-long"),
    "a circle": (with_steps("a", "b").replace("phase: p", "phase: p\n    after: [b, a]"), "route-cycle"),
    "unknown steps": (
        with_steps("a").replace("phase: p", f"phase: p\n    after: [{', '.join('x' * 200)}]"),
        "too-many",
    ),
    "all after all": (
        with_steps(*(f"s{n}" for n in range(60))).replace(
            "phase: p", f"phase: p\n    after: [{', '.join(f's{n}' for n in range(60))}]"
        ),
        "route-cycle",
    ),
    "names of objects": (with_steps("__proto__", "constructor", "toString", "hasOwnProperty"), ""),
    "fields of objects": (f"__proto__: {{polluted: ja}}\nconstructor: {{prototype: ja}}\n{with_steps('s')}", ""),
    "other kinds": (
        "title: [a]\nlaw: {a: b}\nsteps: a\nphases: [p]\nactors: {a: b, c: [d]}\nsources: {a: b}\nnotes: x\n",
        "missing-field",
    ),
    "lists in lists": (with_steps("s") + "notes: [[a, [b]], x, {title: [y]}]\nmoney: [null, ~]\n", "missing-field"),
    "turned letters": (with_text("'\u202egnirts \u200b\ufeff'"), "invisible-characters"),
    "numbers as ids": (with_steps("1", "0", "-1", "1e9", "null", "true"), ""),
}
"""What can be edited all the same, and a rule that is named."""


def test_there_is_a_word_for_each(run: Callable[[str, Any], Any], data: Any) -> None:
    drafts = [text for text, _ in (*REFUSED.values(), *TOLD.values())]
    answers = dict(zip((*REFUSED, *TOLD), run("hostile.mjs", drafts), strict=True))
    assert {name: answers[name]["refusal"] for name in REFUSED} == {name: why for name, (_, why) in REFUSED.items()}
    assert {answers[name]["refusal"] for name in REFUSED} <= {*data["says"]}
    assert {name: answers[name]["refusal"] for name in TOLD} == dict.fromkeys(TOLD)
    for name, (_, rule) in TOLD.items():
        assert not rule or rule in answers[name]["rules"], name
        assert all(answers[name]["changed"]), name
    assert not any(any(answers[name]["changed"]) for name in REFUSED)
    assert not any(one["polluted"] for one in answers.values())


def link(data: bytes) -> str:
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    return "#route=" + base64.urlsafe_b64encode(packed.compress(data) + packed.flush()).decode().rstrip("=")


WHOLE = ("weert\n" + route("weert")).encode()
LINKS: list[tuple[str, Any]] = [
    (link(WHOLE), {"slug": "weert", "text": route("weert")}),
    (link(b"weert\n" + b" " * 20_000_000)[:15_003], "link-too-large"),
    (link(b"\n" + b"a" * 5_000_000), "link-too-large"),
    (link(b"weert\n" + bytes(range(256))), "broken"),
    (link(b"../../etc\ntitle: x"), "broken"),
    (link(b"<script>\ntitle: x"), "broken"),
    (link(b"no line at all"), "broken"),
    (link(WHOLE)[:-40], "broken"),
    ("#route=" + "A" * 100_000, "link-too-large"),
    ("#route=%%%", "broken"),
    ("#route=", "broken"),
    ("#stap-intake", "broken"),
]


def test_a_link_of_a_stranger_unpacks_to_no_more_than_a_file(ask: Callable[[Any], Any]) -> None:
    found = ask([[["draftIn", fragment]] for fragment, _ in LINKS])
    assert [one for (one,) in found] == [meant for _, meant in LINKS]


@pytest.mark.parametrize("slug", ["weert", "groningen"])
def test_a_link_carries_a_draft(ask: Callable[[Any], Any], slug: str) -> None:
    ((made, back),) = ask([[["linkTo", {"slug": slug, "text": route(slug)}], ["draftIn", "$"]]])
    assert back == {"slug": slug, "text": route(slug)}
    assert len(made) < len(route(slug))


def test_a_draft_that_is_no_small_one_fits_no_link(ask: Callable[[Any], Any]) -> None:
    assert ask([[["linkTo", {"slug": "smallingerland", "text": route("smallingerland")}]]]) == [[None]]

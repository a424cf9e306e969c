"""What somebody might send instead of a catalogue: in texts, in ids and references, and as whole files."""

import json
from pathlib import Path
from typing import Any

from tests.test_robustness import MONSTERS

HACK = "window.hacked=1"
IN_TEXTS = {
    "a script": f"<script>{HACK}</script>",
    "a picture": f'"><img src=x onerror="{HACK}">',
    "a drawing": f"<svg onload='{HACK}'><animate onbegin='{HACK}' attributeName=x></svg>",
    "a drawing with a script": f"<svg xmlns='http://www.w3.org/2000/svg'><script>{HACK}</script></svg>",
    "escaped markup": f"&lt;script&gt;{HACK}&lt;/script&gt;",
    "half a tag": f"</title></textarea><a href=javascript:{HACK}>",
    "an address with a script": f"javascript:{HACK}",
    "an address of data": f"data:text/html,<script>{HACK}</script>",
    "markdown": f"[hier](javascript:{HACK}) ![](x)",
    "a template": "{{ 7*7 }} {% include 'main.html' %} {# x #} ${7*7} #{7*7}",
    "a template that reads": "{{ config.__class__.__init__.__globals__ }}",
    "a marker of the site": "@@meedoenkaart-content@@ @@meedoenkaart-head@@ @@meedoenkaart-policy@@",
    "a formula": "=HYPERLINK(1)",
    "a formula with plus": "+1+cmd|' /C calc'!A0",
    "a formula with at": "@SUM(1+1)",
    "from right to left": "gratis\u202e nl.daawk \u2066x",
    "nothing to see": "a\u200bb\ufeffc\u2060d",
    "half a sign": "\ud800",
    "a null": "a\x00b",
    "a terminal": "\x1b[2Jweg\x07",
    "many marks": "z" + "\u0301" * 80,
    "quotes": "\"'`´’\\",
    "a workflow command": "::set-output name=x::y",
    "five megabytes": "lang " * 1_000_000,
}
IN_ADDRESSES = {
    "script": f"javascript:{HACK}",
    "script with capitals": f"JaVaScRiPt:{HACK}",
    "script with a tab": f"java\tscript:{HACK}",
    "data": "data:text/html;base64,PHNjcmlwdD4=",
    "a file": "file:///etc/passwd",
    "without a scheme": "//kwaad.voorbeeld.nl/",
    "somebody else": "https://www.voorbeeld.nl@kwaad.nl/",
    "a quote": 'https://www.voorbeeld.nl/"onmouseover="window.hacked=1',
    "markup": "https://www.voorbeeld.nl/<script>",
    "the own machine": "http://127.0.0.1:8080/",
    "letters that look alike": "https://www.vооrbeeld.nl/",
    "a new line": "https://www.voorbeeld.nl/\nx: y",
}
IN_IDS = (
    "../../../etc/passwd",
    "..",
    "/etc/passwd",
    "a/../b",
    "con\\..\\x",
    "%2e%2e",
    "a b",
    "A",
    "é",
    "",
    "x" * 500,
    "<b>",
)
FILES = {
    **MONSTERS,
    "broken unicode": "name: \udcff\udcfe",
    "two bytes a letter": "name: x\n".encode("utf-16").decode("latin-1"),
    "another language": "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>",
    "an object of Python": "!!python/object/apply:os.system ['touch gehackt']",
    "a merge": "a: &a {b: c}\nd: {<<: *a}",
}
NAMES = (
    "..yml",
    ".yml",
    "-rf.yml",
    "a b.yml",
    "a\nb.yml",
    "${HOME}.yml",
    "é.yml",
    "<script>.yml",
    "con.yml.exe",
    "x" * 200 + ".yml",
)


def put(root: Path, folder: str, name: str, content: bytes) -> Path:
    """Write a file with a strange name where a contributor could put it."""
    file = root / folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def organisation(text: str, address: str) -> bytes:
    """Return the file of an organisation with a text, or its beginning, wherever a text may be."""
    short = text[:90]
    opportunity = {
        "id": "aanval",
        "title": short,
        "activity": "ontmoeting",
        "description": text,
        "dutch": {"level": "A1", "note": text},
        "schedule": {"words": text},
        "commitment": {"duration": text},
        "costs": {"kind": "gratis", "note": text},
        "joining": {"note": text},
        "continuity": {"note": text},
    }
    values = {
        "name": short,
        "kind": "buurthuis",
        "description": text,
        "address": {"place": "Drachten", "street": short},
        "contact": {"website": address},
        "sources": [{"address": address, "title": short}],
        "opportunities": [opportunity],
    }
    return json.dumps(values).encode()


def route(texts: list[str]) -> dict[str, Any]:
    """Return the values of a route with each of the texts wherever a text may be: a step, an actor, a lane, a note."""
    short = [one[:90] for one in texts]
    steps = {
        f"stap-{number}": {
            "title": one[:90],
            "text": one,
            "term": one,
            "condition": one,
            "phase": f"fase-{number % 3}",
            "lane": f"baan-{number % 2}",
            "actor": f"wie-{number % 20}",
        }
        for number, one in enumerate(texts)
    }
    return {
        "title": short[0],
        "subtitle": texts[1],
        "law": "Wi2021",
        "period": short[2],
        "status": {"stage": "deels", "text": texts[3]},
        "actors": {
            f"wie-{number}": {"name": one, "icon": "user", "text": one} for number, one in enumerate(short[:20])
        },
        "phases": {f"fase-{number}": {"title": short[number], "goal": texts[number]} for number in range(3)},
        "lanes": {f"baan-{number}": {"title": short[number], "text": texts[number]} for number in range(2)},
        "steps": steps,
        "regisseur": {"title": short[4], "text": texts[4], "starts_at": "stap-0"},
        "money": [{"kind": "budget", "amount": short[5], "text": texts[5]}],
        "notes": [{"title": one[:90], "text": one} for one in texts[:20]],
        "sources": [{"address": "https://aanval.voorbeeld.nl/", "title": short[6]}],
    }

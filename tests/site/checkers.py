"""Checkers of HTML that others wrote: what the standard forbids, and what it allows but keeps people out."""

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.conftest import program
from tests.site.copies import ROOT

NU = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
HTML_VALIDATE = ROOT / "node_modules/html-validate/bin/html-validate.mjs"
NOT_OURS = ".*Content Security Policy.*"
"""A file has no origin, so the checker takes the site's own scripts for foreign ones; browsers test the policy."""
_TEMPLATE = re.compile(r"<template\b.*?</template>", re.DOTALL)


def nu(files: Iterable[Path]) -> list[str]:
    """Return what the Nu checker, which is the W3C's, says of pages and pictures: ``file:line: words: text``."""
    options = ["--stdout", "--exit-zero-always", "--also-check-svg", "--format", "json", "--filterpattern", NOT_OURS]
    told = _run([program("java"), "-jar", str(NU), *options, *map(str, files)])
    return [
        f"{one.get('url', '').removeprefix('file:')}:{one.get('lastLine')}: {one['message']}: {one.get('extract')!r}"
        for one in json.loads(told)["messages"]
    ]


def html_validate(files: Iterable[Path], folder: Path) -> list[str]:
    """Return what html-validate says of pages, in the same way.

    It reads copies in ``folder`` without templates: nobody meets a template before a script has filled a copy of it.
    """
    copies = {}
    for number, file in enumerate(files):
        copy = folder / f"{number}.html"
        copy.write_text(_TEMPLATE.sub(lambda found: "\n" * found[0].count("\n"), file.read_text("utf-8")), "utf-8")
        copies[str(copy)] = file
    config = Path(__file__).with_name("html-validate.mjs")
    node = Path(sys.executable).with_name("node")
    said = folder / "said.json"  # what it writes to a pipe ends when it does
    _run([str(node), str(HTML_VALIDATE), "--config", str(config), "--formatter", f"json={said}", *copies])
    return [
        f"{copies[page['filePath']]}:{one['line']}: {one['ruleId']}: {one['message']}: {one['selector']}"
        for page in json.loads(said.read_text("utf-8"))
        for one in page["messages"]
    ]


def _run(command: list[str]) -> str:
    """Return what a checker said; whether it found something does not matter, whether it ran does."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode in (0, 1), done.stderr
    assert not done.stderr, done.stderr
    return done.stdout

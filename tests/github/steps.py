"""Runs a step of a workflow as GitHub does: a script in a process of its own, with the event in a file."""

import json
import os
import runpy
import sys
from pathlib import Path
from typing import Any

from tests.conftest import Outcome, forked


def run_step(
    script: str, folder: Path, event: Any = None, arguments: tuple[str, ...] = (), **environment: str
) -> Outcome:
    """Run ``python -m meedoenkaart.github.<script>`` in a folder."""
    if event is not None:
        file = folder.parent / "event.json"
        file.write_text(json.dumps(event), "utf-8")
        environment["GITHUB_EVENT_PATH"] = str(file)

    def step() -> None:
        os.chdir(folder)
        os.environ.update(environment)
        sys.argv = [script, *arguments]
        runpy.run_module(f"meedoenkaart.github.{script}", run_name="__main__")

    return forked(step)

"""Runs a step of a workflow as GitHub does: a script in a process of its own, with the event in a file."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.conftest import ENVIRONMENT, ROOT


def run_step(
    script: str, folder: Path, event: Any = None, arguments: tuple[str, ...] = (), **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run ``python -m tools.github.<script>`` in a folder."""
    variables = {**os.environ, **ENVIRONMENT, "PYTHONPATH": str(ROOT), **environment}
    if event is not None:
        file = folder.parent / "event.json"
        file.write_text(json.dumps(event), "utf-8")
        variables["GITHUB_EVENT_PATH"] = str(file)
    command = [sys.executable, "-m", f"tools.github.{script}", *arguments]
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False, timeout=120)

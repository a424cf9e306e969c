"""What GitHub tells a step of a workflow, and what a step shows; no text of anybody passes through a shell."""

import json
import os
from pathlib import Path
from typing import Any


def read_event() -> dict[str, Any]:
    """Return what happened, as GitHub wrote it into the file that GITHUB_EVENT_PATH names."""
    found = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text("utf-8"))
    if not isinstance(found, dict):
        raise SystemExit("the event is no object")
    return found


def write_summary(text: str) -> None:
    """Show Markdown on the page of the run."""
    if path := os.environ.get("GITHUB_STEP_SUMMARY"):
        with open(path, "a", encoding="utf-8") as stream:
            stream.write(f"{text}\n")

"""Checks a pull request: problems on their lines, and a page in Dutch about what changes for readers.

Runs the code of the pull request itself, hence with a token that may only read and without secrets.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from meedoenkaart.cli import today
from meedoenkaart.github.event import read_event, write_summary
from meedoenkaart.loading import load
from meedoenkaart.problems import Problem, report
from meedoenkaart.reading.documents import Reader
from meedoenkaart.texts import texts
from meedoenkaart.upkeep.diff import as_markdown, diff
from meedoenkaart.upkeep.markdown import code, escaped
from meedoenkaart.upkeep.revisions import changed_files

LONGEST_SUMMARY = 900_000
"""Bytes; GitHub shows no more than a mebibyte."""
MOST_LISTED = 100


def main() -> None:
    """Print annotations, write the summary, and fail when something has to be mended first."""
    root = Path.cwd()
    base = _base()
    changed = set(changed_files(root, base))
    problems = [one for one in load(Reader(root), today()).problems if one.severity == "error" or one.file in changed]
    if problems:
        print(report(problems, "github"))  # noqa: T201  # workflow commands, escaped
    write_summary(_shortened(f"{_problems(problems)}\n\n{_preview(root, base)}"))
    sys.exit(1 if problems else 0)


def _base() -> str:
    """Return the commit that the pull request starts from; without a pull request, the main branch."""
    event = read_event()
    pull = event.get("pull_request")
    return str(pull["base"]["sha"]) if pull else f"origin/{event['repository']['default_branch']}"


def _problems(problems: Sequence[Problem]) -> str:
    words = texts("issues")["check"]
    if not problems:
        return f"## {words['fine']}"
    counts = Counter(one.severity for one in problems)
    parts = [f"## {words['problems']}", "", words["counts"].format(errors=counts["error"], warnings=counts["warning"])]
    listed = (
        f"- {code(f'{one.file}:{one.line}')}: {escaped(one.message)} → {escaped(one.remedy)}"
        for one in problems[:MOST_LISTED]
    )
    parts += ["", *listed]
    return "\n".join(parts)


def _preview(root: Path, base: str) -> str:
    found = diff(root, base)
    told = as_markdown(found) if found else texts("upkeep")["no-changes"]
    return f"## {texts('issues')['check']['heading']}\n\n{told}"


def _shortened(text: str) -> str:
    data = text.encode()
    if len(data) <= LONGEST_SUMMARY:
        return text
    return data[:LONGEST_SUMMARY].decode("utf-8", "ignore") + f"\n\n{texts('issues')['check']['longer']}"


if __name__ == "__main__":
    main()

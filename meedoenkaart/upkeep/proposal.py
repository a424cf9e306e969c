"""From an issue to a file: what somebody filled in becomes a change, or an answer about what is wrong with it."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from meedoenkaart.draft import Draft
from meedoenkaart.loading import load
from meedoenkaart.problems import Problem, has_errors
from meedoenkaart.reading.documents import Reader
from meedoenkaart.texts import texts
from meedoenkaart.upkeep.correction import correction
from meedoenkaart.upkeep.filled import ByHandError, Change, Filled, RefusedError, unanswered
from meedoenkaart.upkeep.markdown import escaped
from meedoenkaart.upkeep.new_opportunity import new_opportunity
from meedoenkaart.upkeep.new_route import new_route
from meedoenkaart.upkeep.written_file import written_file
from meedoenkaart.writing.issue_forms import questions, read_answers

PULL = "@@pull@@"
"""Stands in an answer where the address of the pull request will come."""
MOST_TOLD = 30
"""Lines of an answer about what is wrong."""
_WRITE: Mapping[str, Callable[[Filled], Change]] = {
    "opportunity": new_opportunity,
    "correction": correction,
    "route": new_route,
    "file": written_file,
}
"""What makes a change of a form that somebody filled in, by the form."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What came of an issue."""

    answer: str
    """What the author reads, as Markdown; ``PULL`` stands for the pull request."""
    change: Change | None = None
    """None when nothing is proposed."""


def proposal(form: str, root: Path, body: str, today: datetime.date, said_on: datetime.date) -> Proposal:
    """Write the file that an issue of a form describes below ``root`` and return it, or what is wrong.

    The project at ``root`` is changed: give it a copy.
    """
    reader = Reader(root)
    draft, before = Draft(reader.read()), load(reader, today)
    asked = questions(form, draft)
    answers = read_answers(body, asked)
    if wrong := list(unanswered(asked, answers)):
        return _refused(wrong)
    try:
        change = _WRITE[form](Filled(root, draft, before.catalogue, asked, answers, said_on))
    except RefusedError as refused:
        return _refused(refused.lines)
    except ByHandError as reason:
        return _by_hand(str(reason))
    (root / change.file).parent.mkdir(parents=True, exist_ok=True)
    (root / change.file).write_text(change.content, "utf-8")
    known = {(one.file, one.rule, one.message) for one in before.problems}
    problems = [one for one in load(reader, today).problems if (one.file, one.rule, one.message) not in known]
    if has_errors(problems):
        return _refused(_told(problems))
    words = texts("issues")["answers"]
    remarks = ["", words["remarks"], "", *_told(problems)] if problems else []
    return Proposal("\n".join([words["proposed"].format(pull=PULL), *remarks]), change)


def _refused(lines: Iterable[str]) -> Proposal:
    words = texts("issues")["answers"]
    told = list(lines)
    more = [words["more"].format(count=len(told) - MOST_TOLD)] if len(told) > MOST_TOLD else []
    return Proposal("\n".join([words["refused"], *told[:MOST_TOLD], *more]))


def _by_hand(reason: str) -> Proposal:
    words = texts("issues")["answers"]
    return Proposal(words["by-hand"].format(reason=words["reasons"][reason]))


def _told(problems: list[Problem]) -> Iterator[str]:
    """Yield a line for each problem; what the author wrote can't become markup."""
    for one in dict.fromkeys((one.message, one.remedy) for one in problems):
        yield f"- {escaped(one[0])} → {escaped(one[1])}"

"""Asks the finder what people type, and tells how well it answers: ``python -m tests.finder.questions``."""

import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import yaml

from meedoenkaart.catalogue import Catalogue, Offer
from meedoenkaart.publishing.places import slug
from meedoenkaart.texts import fold
from tests.finder.conftest import Ask, asking, bundled, real_catalogue

FILE = Path(__file__).with_name("questions.yml")
WIDER = {"sector", "activiteit", "doelgroep", "spreekt", "kosten", "niet"}
"""Of these more may be understood than what is asked for: a cook is looked for among cooks and in restaurants."""


@dataclass(frozen=True)
class Result:
    """How the finder answers a question."""

    question: Mapping[str, Any]
    answer: Mapping[str, Any]
    answered: bool
    """Whether anything is shown."""
    right: bool
    """Whether one of the first five is relevant; where there is nothing of the kind, whether that is said."""
    understood: Mapping[str, bool]
    """For each wish in the question, whether it was understood."""

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.answered and self.right and all(self.understood.values())

    def __str__(self) -> str:
        wrong = [name for name, good in (("not answered", self.answered), ("not right", self.right)) if not good]
        wrong += [f"{wish} not understood" for wish, good in self.understood.items() if not good]
        heard = " ".join([self.answer["query"], *(f"which {name}?" for name in [self.answer["ambiguous"]] if name)])
        told = "".join(
            f"\n    {name}: {', '.join(self.answer[name])}"
            for name in ("nothing", "released", "first")
            if self.answer[name]
        )
        return f"{self.question['q']}\n    {'; '.join(wrong)}\n    heard: {heard}{told}"


@dataclass(frozen=True)
class Score:
    """The three figures of some results, each from 0 to 1."""

    questions: int
    answered: float
    right: float
    understood: float

    def __str__(self) -> str:
        figures = {"answered": self.answered, "right": self.right, "understood": self.understood}
        return f"{self.questions:4}" + "".join(f"  {name} {figure:4.0%}" for name, figure in figures.items())


def read_questions() -> list[dict[str, Any]]:
    """Return the questions in the order of their file."""
    found: list[dict[str, Any]] = yaml.safe_load(FILE.read_text("utf-8"))
    return found


def results(ask: Ask, catalogue: Catalogue) -> list[Result]:
    """Ask all questions at once."""
    questions = read_questions()
    offers = {offer.key: offer for offer in catalogue.offers}
    answers = ask(*(("ask", question["q"]) for question in questions))
    return [_result(question, answer, offers) for question, answer in zip(questions, answers, strict=True)]


def score(some: Sequence[Result]) -> Score:
    """Return the figures of some results."""
    return Score(
        len(some),
        _share(one.answered for one in some),
        _share(one.right for one in some),
        _share(good for one in some for good in one.understood.values()),
    )


def report(some: Sequence[Result], fails: Callable[[Result], bool] = lambda one: not one.is_good) -> str:
    """Return the figures by kind and, under each kind, the questions that fail."""
    lines = []
    for kind in dict.fromkeys(one.question["kind"] for one in some):
        those = [one for one in some if one.question["kind"] == kind]
        lines += [f"{kind:10} {score(those)}", *(f"  {one}" for one in those if fails(one))]
    return "\n".join([*lines, f"{'all':10} {score(some)}"])


def listed(value: Any) -> list[Any]:
    """Return the values of which any will do."""
    return value if isinstance(value, list) else [value]


def is_relevant(offer: Offer, relevant: Mapping[str, Any]) -> bool:
    """Tell whether an opportunity answers a question."""
    opportunity, record = offer.opportunity, offer.organisation.record
    if opportunity.activity in relevant.get("activities", ()) or set(opportunity.sectors) & set(
        relevant.get("sectors", ())
    ):
        return True
    texts = (record.name, record.description, opportunity.title, opportunity.description)
    return "text" in relevant and any(re.search(relevant["text"], fold(str(text))) for text in texts if text)


def _result(question: Mapping[str, Any], answer: Mapping[str, Any], offers: Mapping[str, Offer]) -> Result:
    is_shown = answer["count"] > 0
    if question.get("empty"):
        right = not is_shown or bool(answer["nothing"])
        return Result(question, answer, right, right, {})
    if question.get("none"):
        right = is_shown = bool(answer["nothing"])
    else:
        right = any(is_relevant(offers[key], question["relevant"]) for key in answer["first"])
    return Result(question, answer, is_shown, right, dict(_understood(question, answer)))


def _understood(question: Mapping[str, Any], answer: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    heard = {name: set(values[0].split(",")) for name, values in parse_qs(answer["query"].removeprefix("?")).items()}
    for name, wanted in question.get("set", {}).items():
        values = heard.get(name, set())
        ways = [set(one.split(",")) for one in listed(wanted)]
        yield name, any(way <= values if name in WIDER else way == values for way in ways)
    if "near" in question:
        where = answer["where"]
        ids = {where["id"], slug(where["within"]) if where["kind"] == "postcode" else ""} if where else {None}
        yield "near", bool(ids & set(listed(question["near"])))
    if "which" in question:
        yield "which", answer["ambiguous"] == question["which"]


def _share(good: Iterable[bool]) -> float:
    all_of_them = list(good)
    return sum(all_of_them) / len(all_of_them) if all_of_them else 1


def main() -> None:
    """Tell how well the finder answers about the project's own catalogue."""
    catalogue = real_catalogue()
    with tempfile.TemporaryDirectory() as name:
        found = results(asking(catalogue, bundled("answer.mjs", Path(name)), Path(name)), catalogue)
    sys.stdout.write(f"{report(found)}\n")


if __name__ == "__main__":
    main()

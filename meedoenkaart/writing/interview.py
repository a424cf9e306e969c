"""The seven things that matter most of an organisation, asked one by one: every answer is checked at once."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from meedoenkaart.draft import Draft
from meedoenkaart.geography.places import municipality_names
from meedoenkaart.problems import Problem, did_you_mean
from meedoenkaart.reading.values import value_problems
from meedoenkaart.records.organisation import Opportunity, Organisation
from meedoenkaart.records.shared import Address, Confirmation, Contact, Source
from meedoenkaart.texts import fold, texts
from meedoenkaart.writing.template import slug_of

Ask = Callable[[str], str]
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody answered: enough for ``write_new``."""

    name: str
    municipality: str
    values: Mapping[str, Any]


class Interview:
    """Asks in Dutch, and again until an answer will do."""

    def __init__(self, draft: Draft, today: datetime.date, ask: Ask, tell: Tell) -> None:
        """Take the catalogue as it is; ``ask`` shows a question and returns the answer, ``tell`` shows a line."""
        self._draft = draft
        self._today = today
        self._ask = ask
        self._tell = tell
        self._words = texts("interview")

    def answers(self) -> Answers:
        """Ask everything."""
        self._tell(self._words["intro"])
        name = self._text("name", Organisation, "name")
        kind = self._choice("kind", self._labels("kinds"))
        title = self._text("title", Opportunity, "title")
        activity = self._choice("activity", self._labels("activities"))
        description = self._text("description", Opportunity, "description", optional=True)
        street = self._text("street", Address, "street", optional=True)
        place, municipality = self._where()
        contact = self._contact()
        source = self._text("source", Source, "address", optional=True)
        by = "" if source else self._text("by", Confirmation, "by")
        opportunity = {
            "id": slug_of(title) or "kans",
            "title": title,
            "activity": activity,
            "description": description,
        }
        values = {
            "kind": kind,
            "address": _filled({"street": street, "place": place}),
            "contact": contact,
            "sources": source and {"address": source, "title": (urlsplit(source).hostname or "").removeprefix("www.")},
            "confirmation": by and {"on": self._today.isoformat(), "by": by},
            "opportunities": _filled(opportunity),
        }
        return Answers(name, municipality, _filled(values))

    def _text(self, question: str, cls: type, field: str, optional: bool = False) -> str:
        """Ask for a text that is right for a field; nothing is an answer too where the field may lack."""
        while True:
            answer = self._ask(self._words[question]).strip()
            if optional and not answer:
                return ""
            wrong = value_problems(cls, field, answer)
            if not wrong:
                return " ".join(answer.split())
            self._complain(wrong)

    def _choice(self, question: str, choices: Mapping[str, str]) -> str:
        """Ask for one of the ``choices``, by number, by id or by label."""
        self._tell(self._words[question])
        for number, label in enumerate(choices.values(), 1):
            self._tell(f"  {number:>2}  {label}")
        by_word = {fold(word): id for id, label in choices.items() for word in (id, label)}
        by_word |= {str(number): id for number, id in enumerate(choices, 1)}
        while True:
            answer = self._ask(self._words["choose"]).strip()
            if found := by_word.get(fold(answer)):
                return found
            self._tell(self._words["no-choice"].format(suggestion=did_you_mean(answer, choices.values())))

    def _where(self) -> tuple[str, str]:
        """Ask for a place, and for its municipality when that does not follow; a new place is typed twice."""
        unknown = ""
        while True:
            place = self._text("place", Address, "place")
            codes = {one.cbs_code for one in self._draft.places.named(place)}
            known = {slug: name for slug, name in self._municipalities().items() if self._draft.cbs_code(slug) in codes}
            if len(known) == 1:
                self._tell(self._words["lies-in"].format(place=place, municipality=next(iter(known.values()))))
                return place, next(iter(known))
            if known or place == unknown:
                return place, self._choice("municipality", known or self._municipalities())
            if codes:
                elsewhere = ", ".join(sorted(municipality_names()[code] for code in codes))
                self._tell(self._words["elsewhere"].format(place=place, municipality=elsewhere))
            else:
                unknown, suggestion = place, did_you_mean(place, self._draft.places.names)
                self._tell(self._words["no-place"].format(place=place, suggestion=suggestion))

    def _contact(self) -> dict[str, str]:
        """Ask for one way to get in touch, and see which it is."""
        while True:
            answer = self._ask(self._words["contact"]).strip()
            if not answer:
                return {}
            field = "email" if "@" in answer else "phone" if answer[:1] in "0123456789+(" else "website"
            if field == "website" and "://" not in answer:
                answer = f"https://{answer}"
            wrong = value_problems(Contact, field, answer)
            if not wrong:
                return {field: answer}
            self._complain(wrong)

    def _complain(self, wrong: list[Problem]) -> None:
        for one in wrong:
            self._tell(f"  {one.message}\n  → {one.remedy}")

    def _labels(self, facet: str) -> dict[str, str]:
        vocabulary = self._draft.single("vocabulary")
        return {id: str(term.label) for id, term in getattr(vocabulary, facet).items()} if vocabulary else {}

    def _municipalities(self) -> dict[str, str]:
        return {slug: self._draft.municipality_name(slug) for slug in self._draft.records("municipalities")}


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}

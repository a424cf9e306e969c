"""A form for an issue as somebody filled it in, and the ways in which it ends: a change, a refusal, a reader."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.draft import Draft
from meedoenkaart.texts import fold, texts
from meedoenkaart.upkeep.markdown import escaped
from meedoenkaart.writing.issue_forms import Question, chosen, is_checked


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody answered, and the catalogue that it is about."""

    root: Path
    draft: Draft
    catalogue: Catalogue | None
    """None while something in it is wrong."""
    asked: tuple[Question, ...]
    answers: Mapping[str, str]
    """By path; empty where nobody answered."""
    said_on: datetime.date

    def question(self, path: str) -> Question:
        """Return one of the form's questions."""
        return next(one for one in self.asked if one.path == path)

    def answer(self, path: str) -> str:
        """Return what was answered; nothing where the question was left out."""
        return self.answers.get(path, "")

    def value(self, path: str) -> str:
        """Return the value that was chosen from a list."""
        return chosen(self.question(path), self.answer(path))[0][0]

    def is_checked(self, path: str) -> bool:
        """Say whether a box was ticked."""
        return is_checked(self.answer(path))


@dataclass(frozen=True, slots=True)
class Change:
    """The file that an issue asks for."""

    file: str
    """From the project's root."""
    content: str
    name: str
    """What it is about, for a title."""


class RefusedError(Exception):
    """The answers will not do; the author reads why, and can edit the issue."""

    def __init__(self, *lines: str) -> None:
        super().__init__(*lines)
        self.lines = lines
        """A list in Markdown."""


class ByHandError(Exception):
    """No program can do this; the message, a word of ``reasons`` in ``issues.yml``, says why."""


def said(sentence: str, **values: object) -> str:
    """Return a sentence of ``answers`` in ``issues.yml`` as an item of a list."""
    words: str = texts("issues")["answers"][sentence]
    return f"- {words.format(**values)}"


def shown(text: str) -> str:
    """Return what somebody wrote in quotes, as Markdown, and not too much of it."""
    return f'"{escaped(text if len(text) <= 80 else f"{text[:79]}…")}"'


def unanswered(asked: tuple[Question, ...], answers: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with answers before they are values: GitHub lets an edited issue leave things out."""
    for one in asked:
        answer = answers.get(one.path, "")
        if one.control == "checkbox":
            if one.required and not is_checked(answer):
                yield said("not-agreed", label=one.label)
        elif not answer:
            if one.required:
                yield said("missing", label=one.label)
        elif one.options and chosen(one, answer)[1]:
            yield said("not-chosen", label=one.label, value=shown(chosen(one, answer)[1]))
        elif one.options and one.control == "dropdown" and len(chosen(one, answer)[0]) > 1:
            yield said("not-chosen", label=one.label, value=shown(answer))


def one_line(text: str) -> str:
    """Return a text without the line ends and double spaces of somebody who typed."""
    return " ".join(text.split())


def host(address: str) -> str:
    """Return a site's name as people know it, or nothing when this is no address."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def same(one: str, other: str) -> bool:
    """Say whether two texts differ in capitals and accents at most."""
    return fold(one) == fold(other)

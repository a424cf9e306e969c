"""What the commands of upkeep tell: for people in Dutch, for programs as JSON."""

import datetime
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from meedoenkaart.languages.formats import day
from meedoenkaart.reading.documents import locate
from meedoenkaart.records.record import Path as FieldPath
from meedoenkaart.texts import texts, visible_line
from meedoenkaart.upkeep.links import Answer, Mention
from meedoenkaart.upkeep.locate import Located
from meedoenkaart.upkeep.stale import Due, is_over
from meedoenkaart.upkeep.upgrade import Upgraded
from meedoenkaart.versions import PROGRAM, shown

Places = Mapping[tuple[str, FieldPath], tuple[int, int]]


def due_text(root: Path, found: Sequence[Due], today: datetime.date) -> str:
    """Return what is due, one thing a paragraph."""
    where = _places(root, [(one.file, one.path) for one in found])
    return "\n".join(
        f"{_at(one.file, where[one.file, one.path])}: {one.name}\n  {due_sentence(one, today)}" for one in found
    )


def due_json(root: Path, found: Sequence[Due], today: datetime.date) -> str:
    """Return what is due, for programs."""
    where = _places(root, [(one.file, one.path) for one in found])
    return _json(
        [
            {
                "file": one.file,
                "line": where[one.file, one.path][0],
                "what": one.what,
                "name": one.name,
                "day": one.day.isoformat(),
                "over": is_over(one, today),
                "message": due_sentence(one, today),
            }
            for one in found
        ]
    )


def due_sentence(one: Due, today: datetime.date) -> str:
    """Return what is due, in a sentence."""
    sentence: str = texts("upkeep")["due"]["over" if is_over(one, today) else "soon"][one.what]
    return sentence.format(day=one.day.isoformat())


def links_text(root: Path, mentioned: Sequence[Mention], answers: Mapping[str, Answer]) -> str:
    """Return the links that are dead or unclear, and how many there are of each."""
    wrong = [one for one in mentioned if answers[one.address].verdict != "alive"]
    where = _places(root, [(one.file, one.path) for one in wrong])
    told = [
        f"{_at(one.file, where[one.file, one.path])}: {one.address}\n  {link_sentence(answers[one.address])}"
        for one in wrong
    ]
    counts = Counter(one.verdict for one in answers.values())
    words = texts("upkeep")["links-counted"]
    return "\n".join([*told, words.format(alive=counts["alive"], dead=counts["dead"], unclear=counts["unclear"])])


def links_json(root: Path, mentioned: Sequence[Mention], answers: Mapping[str, Answer]) -> str:
    """Return the links that are dead or unclear, for programs."""
    wrong = [one for one in mentioned if answers[one.address].verdict != "alive"]
    where = _places(root, [(one.file, one.path) for one in wrong])
    return _json(
        [
            {
                "file": one.file,
                "line": where[one.file, one.path][0],
                "address": one.address,
                "verdict": answers[one.address].verdict,
                "status": answers[one.address].status,
                "since": answers[one.address].since,
                "message": link_sentence(answers[one.address]),
            }
            for one in wrong
        ]
    )


def link_sentence(answer: Answer) -> str:
    """Return what an answer means, in a sentence."""
    words = texts("upkeep")
    reason = str(answer.status) if answer.status else f"{words['no-answer']}: {answer.reason}"
    sentence: str = words[answer.verdict]
    return sentence.format(reason=reason, since=answer.since)


def located_text(one: Located) -> str:
    """Return what came of looking up one address."""
    address = one.wanted.address
    asked = " ".join(part for part in (address.street, address.postcode, address.place) if part)
    sentence: str = texts("upkeep")["located"][one.outcome]
    point = one.position
    values = {"latitude": point.latitude if point else "", "longitude": point.longitude if point else ""}
    shown = one.shown if one.shown.isprintable() else ""
    return f"{one.wanted.file}: {asked}\n  {sentence.format(shown=shown, **values)}"


def upgraded_text(root: Path, done: Upgraded, is_written: bool) -> str:
    """Return what an upgrade did, what is left to do by hand, and what changed."""
    words = texts("upgrade")
    version = {"was": shown(done.was), "now": shown(PROGRAM), "version": shown(PROGRAM)}
    rewritten = [words["record"].format(file=one.file) for one in done.records if one.is_changed]
    rewritten += [words["made"].format(file=file) for file in done.made]
    if not done.is_undecided:
        rewritten += [words["pin"].format(file=file, **version) for file in done.pins]
    undecided = [(one.file, path, why) for one in done.records for path, why in one.undecided]
    where = _places(root, [(file, path) for file, path, _ in undecided])
    left = [f"{_at(file, where[file, path])}: {texts('upkeep')['undecided'][why]}" for file, path, why in undecided]
    left += [f"{file}: {words['why'][why].format(**version)}" for file, why in done.left]
    changed = [
        words["change"].format(**{**one, "day": day(datetime.date.fromisoformat(one["day"]))}) for one in done.changes
    ]
    concerns = [
        words["part" if parts else "whole"].format(file=file, names=", ".join(parts)) for file, parts in done.concerns
    ]
    concerns += [words["gone"].format(sentence=visible_line(one)[:80]) for one in done.gone]
    parts = {"rewritten": rewritten, "left": left, "changes": changed, "concerns": concerns}
    told = [
        line for name, lines in parts.items() if lines for line in (words[name], *(f"- {one}" for one in lines), "")
    ]
    if not told:
        return str(words["nothing"].format(**version))
    if done.was < PROGRAM:
        told = [words["from-to"].format(**version), "", *told]
    if not is_written:
        told.append(words["dry"])
    elif done.is_undecided and done.pins:
        told.append(words["again"].format(**version))
    return "\n".join(told).strip()


def _places(root: Path, wanted: Sequence[tuple[str, FieldPath]]) -> Places:
    """Return line and column of every path, with each file read once."""
    by_file: dict[str, list[FieldPath]] = {}
    for file, path in wanted:
        by_file.setdefault(file, []).append(path)
    return {
        (file, path): place
        for file, paths in by_file.items()
        for path, place in zip(paths, locate(root, file, paths), strict=True)
    }


def _at(file: str, place: tuple[int, int]) -> str:
    return f"{file}:{place[0]}:{place[1]}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)

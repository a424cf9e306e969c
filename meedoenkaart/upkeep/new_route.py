"""From the form for a new route to ``routes/<municipality>.yml``: one step a line, each after the one before."""

import re
from collections.abc import Iterator
from typing import Any

from meedoenkaart.reading.values import value_problems
from meedoenkaart.records.route import Actor, Phase, Route, Step
from meedoenkaart.texts import fold, texts
from meedoenkaart.upkeep.filled import ByHandError, Change, Filled, RefusedError, host, one_line, said, shown
from meedoenkaart.upkeep.markdown import escaped
from meedoenkaart.writing.template import slug_of
from meedoenkaart.writing.values import record_lines

_LIST_MARK = re.compile(r"^(?:[-*•]|\d{1,2}[.)])\s+")


def new_route(filled: Filled) -> Change:
    """Return the file of a route that nobody has told before."""
    municipality = filled.value("municipality")
    file = f"routes/{municipality}.yml"
    if municipality in filled.draft.names("routes"):
        raise ByHandError("route-there")
    name = filled.draft.municipality_name(municipality)
    contact = {field: answer for field in ("website", "email") if (answer := filled.answer(f"contact.{field}"))}
    values = {
        "title": one_line(filled.answer("title")),
        "law": filled.value("law"),
        "period": one_line(filled.answer("period")),
        "status": {"stage": filled.value("status.stage")},
        **_steps(filled),
        **({"contact": contact} if contact else {}),
        "sources": [
            {"address": address, "title": (host(address) or name)[:100]}
            for address in filled.answer("sources.address").split()
        ],
    }
    schema = "# yaml-language-server: $schema=../schemas/route.json"
    return Change(file, "\n".join([schema, *record_lines(Route, values)]) + "\n", name)


def _steps(filled: Filled) -> dict[str, dict[str, Any]]:
    """Return phases, actors and steps; raise with every line that will not do."""
    icons = {
        fold(str(actor.name)): actor.icon
        for route in filled.draft.records("routes").values()
        for actor in route.record.actors.values()
    }
    phases: dict[str, Any] = {}
    actors: dict[str, Any] = {}
    steps: dict[str, Any] = {}
    wrong: list[str] = []
    for number, line in enumerate(filled.answer("steps").split("\n"), 1):
        written = _LIST_MARK.sub("", one_line(line))
        if not written:
            continue
        parts = [part.strip() for part in written.split("|")]
        phase, who, what, term = (*parts, "", "", "", "")[:4]
        if problems := list(_wrong(parts, phases)):
            wrong += [said(f"step-{which}", number=number, line=shown(written), **more) for which, more in problems]
            continue
        phases.setdefault(slug_of(phase), {"title": phase})
        icon = icons.get(fold(who), texts("issues")["route"]["icon"])
        if who:
            actors.setdefault(slug_of(who), {"name": who, "icon": icon})
        step: dict[str, Any] = {"title": what, "phase": slug_of(phase)}
        step |= {"actor": slug_of(who)} if who else {}
        step |= {"after": [list(steps)[-1]]} if steps else {}
        step |= {"term": term} if term else {}
        steps[_free(slug_of(what), steps)] = step
    if wrong:
        raise RefusedError(*wrong)
    return {**({"actors": actors} if actors else {}), "phases": phases, "steps": steps}


def _wrong(parts: list[str], phases: dict[str, Any]) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield what is wrong with the parts of a line: a sentence ``step-…`` in ``issues.yml``, and its values."""
    if len(parts) not in (3, 4):
        yield "parts", {"count": len(parts)}
        return
    phase, who, what, term = (*parts, "")[:4]
    if not phase or not what:
        yield "empty", {}
        return
    for part in (phase, who, what):
        if part and not slug_of(part):
            yield "no-word", {"value": shown(part)}
    for cls, field, value in (
        (Phase, "title", phase),
        (Actor, "name", who),
        (Step, "title", what),
        (Step, "term", term),
    ):
        for one in value_problems(cls, field, value) if value else ():
            yield "wrong", {"problem": f"{escaped(one.message)} → {escaped(one.remedy)}"}
    if slug_of(phase) in list(phases)[:-1]:
        yield "phase-again", {"value": shown(phase)}


def _free(id: str, taken: dict[str, Any]) -> str:
    """Return an id that no other step has."""
    number = 2
    free = id
    while free in taken:
        free, number = f"{id[:76]}-{number}", number + 1
    return free

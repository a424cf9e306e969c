"""How much a route may ask of the drawing, and what happens when it asks more."""

import time
from collections.abc import Callable, Mapping

from meedoenkaart.records.record import texts_of
from meedoenkaart.records.route import Route

MOST_STEPS = 60
MOST_PHASES = 8
MOST_LANES = 6
MOST_ACTORS = 40
MOST_EDGES = 600
"""Lines before those that say nothing new are left out."""
MOST_ENDS = 12
"""Places where the source breaks off."""
LONGEST_TEXT = 1000
"""Characters; the records allow less."""
SECONDS = 10.0
"""Processor time that one wide drawing may take."""


class CannotDraw(Exception):  # noqa: N818  # reads as a sentence where it is raised and caught
    """A route that can't be drawn; the message says why, in English, for a log."""


def deadline() -> Callable[[], bool]:
    """Return what says that this thread has worked for too long from now on; where that can't be known, it never has.

    Time on the wall is no measure: what is drawn would depend on how busy the machine is.
    """
    if not hasattr(time, "thread_time"):
        return lambda: False
    end = time.thread_time() + SECONDS
    return lambda: time.thread_time() > end


def refuse_beyond(route: Route) -> None:
    """Raise ``CannotDraw`` when the route is too large, or when a name in it leads nowhere."""
    for name, found, most in (
        ("steps", len(route.steps), MOST_STEPS),
        ("phases", len(route.phases), MOST_PHASES),
        ("lanes", len(route.lanes), MOST_LANES),
        ("actors", len(route.actors), MOST_ACTORS),
        ("places where the source breaks off", len(route.breaks_off), MOST_ENDS),
        ("lines", _lines(route), MOST_EDGES),
        ("actors of one step", max((len(step.together_with) for step in route.steps.values()), default=0), MOST_ACTORS),
    ):
        if found > most:
            raise CannotDraw(f"{found} {name}; at most {most} can be drawn")
    if not route.steps:
        raise CannotDraw("no steps")
    for text in texts_of(route):
        if any(len(written) > LONGEST_TEXT for written in (text.nl, *(other for _, other in text.others))):
            raise CannotDraw(f"the text {text.nl[:40]!r} is longer than {LONGEST_TEXT} characters")
    for id, step in route.steps.items():
        named: tuple[tuple[str, tuple[str | None, ...], Mapping[str, object]], ...] = (
            ("phase", (step.phase, step.until_phase), route.phases),
            ("lane", (step.lane,), route.lanes),
            ("actor", (step.actor, *step.together_with), route.actors),
            ("step", (*step.after, *step.back_to), route.steps),
        )
        for group, names, known in named:
            for one in names:
                if one is not None and one not in known:
                    raise CannotDraw(f"step {id} names the {group} {one}, which does not exist")
    if route.regisseur and route.regisseur.starts_at not in route.steps:
        raise CannotDraw(f"the band starts at {route.regisseur.starts_at}, which does not exist")
    if route.regisseur and route.regisseur.until_phase and route.regisseur.until_phase not in route.phases:
        raise CannotDraw(f"the band ends in the phase {route.regisseur.until_phase}, which does not exist")
    for end in route.breaks_off:
        if end.phase not in route.phases or (end.lane and end.lane not in route.lanes):
            raise CannotDraw("the source breaks off in a phase or lane that does not exist")
        if any(id not in route.steps for id in end.after):
            raise CannotDraw("the source breaks off after a step that does not exist")


def _lines(route: Route) -> int:
    from_steps = sum(len(step.after) + len(step.back_to) for step in route.steps.values())
    return from_steps + sum(len(end.after) for end in route.breaks_off)

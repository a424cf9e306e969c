"""How much a route may ask of the drawing, and what happens when it asks more."""

from collections.abc import Mapping

from generator.records.route import Route

MOST_STEPS = 60
MOST_PHASES = 8
MOST_LANES = 6
MOST_ACTORS = 40
MOST_EDGES = 600
"""Lines before those that say nothing new are left out."""
LONGEST_TEXT = 1000
"""Characters; the records allow less."""


class CannotDraw(Exception):  # noqa: N818  # reads as a sentence where it is raised and caught
    """A route that can't be drawn; the message says why, in English, for a log."""


def refuse_beyond(route: Route) -> None:
    """Raise ``CannotDraw`` when the route is too large, or when a name in it leads nowhere."""
    for name, found, most in (
        ("steps", len(route.steps), MOST_STEPS),
        ("phases", len(route.phases), MOST_PHASES),
        ("lanes", len(route.lanes), MOST_LANES),
        ("actors", len(route.actors), MOST_ACTORS),
        ("lines", sum(len(step.after) + len(step.back_to) for step in route.steps.values()), MOST_EDGES),
    ):
        if found > most:
            raise CannotDraw(f"{found} {name}; at most {most} can be drawn")
    if not route.steps:
        raise CannotDraw("no steps")
    for id, step in route.steps.items():
        texts = (step.title, step.text, step.term, step.condition)
        if any(len(line) > LONGEST_TEXT for text in texts if text for line in (text.nl, *(t for _, t in text.others))):
            raise CannotDraw(f"a text of step {id} is longer than {LONGEST_TEXT} characters")
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

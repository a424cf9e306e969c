"""What comes before what: Graphviz puts every step of a route in a rank within its phase, and the ranks in order."""

import json
from dataclasses import dataclass
from typing import Protocol

import graphviz

from meedoenkaart.infographic.plan.limits import CannotDraw
from meedoenkaart.records.route import Route, Step


class Ranker(Protocol):
    """Graphviz, wherever it runs."""

    def json(self, source: str) -> bytes:
        """Return the laid out graph as Graphviz's ``json0``; ``CannotDraw`` when it fails or takes too much."""


@dataclass(frozen=True, slots=True)
class Rank:
    """Where Graphviz puts a step."""

    level: int
    """The how-manieth rank within its phase, from 0."""
    height: float
    """The position within the rank, in Graphviz's points from the top."""


GHOST = "bron-"
"""Prefix of the id of a place where the source breaks off."""


def dot_source(route: Route, *, labels: bool = False) -> str:
    """Return the route as a graph: a node per step, and a gate between two phases so that they become columns.

    ``labels`` adds titles, for people who open the file in Graphviz themselves; they move nothing.
    """
    phases = list(route.phases)
    graph = graphviz.Digraph("route", graph_attr={"rankdir": "LR", "ranksep": "0.5", "nodesep": "0.3"})
    graph.attr("node", shape="box", fixedsize="true", width="2.2", height="1", label="")
    graph.attr("edge", arrowhead="normal")
    for number in range(len(phases) + 1):
        graph.node(f"gate-{number}", style="invis", width="0.1", height="0.1")
        if number:
            graph.edge(f"gate-{number - 1}", f"gate-{number}", style="invis", minlen="2")
    for id, step in route.steps.items():
        title = step.title.nl if labels else ""
        first, last = phases.index(step.phase), _last(phases, step)
        _node(graph, f"stap-{id}", title, first, last, follows=bool(step.after))
    for number, end in enumerate(route.breaks_off):
        phase = phases.index(end.phase)
        _node(graph, f"{GHOST}{number}", "…" if labels else "", phase, phase, follows=bool(end.after))
    for id, step in route.steps.items():
        for before in step.after:
            forward = phases.index(route.steps[before].phase) <= phases.index(step.phase)
            graph.edge(f"stap-{before}", f"stap-{id}", weight="3", constraint=str(forward).lower())
        for back in step.back_to:
            graph.edge(f"stap-{id}", f"stap-{back}", style="dashed", constraint="false")
    for number, end in enumerate(route.breaks_off):
        for before in end.after:
            forward = phases.index(route.steps[before].phase) <= phases.index(end.phase)
            graph.edge(f"stap-{before}", f"{GHOST}{number}", weight="3", constraint=str(forward).lower())
    return str(graph.source)


def _node(graph: graphviz.Digraph, name: str, title: str, first: int, last: int, *, follows: bool) -> None:
    graph.node(name, label=graphviz.escape(title))
    graph.edge(f"gate-{first}", name, style="invis", weight="2" if follows else "9")
    graph.edge(name, f"gate-{last + 1}", style="invis")


def _last(phases: list[str], step: Step) -> int:
    first = phases.index(step.phase)
    return max(first, phases.index(step.until_phase)) if step.until_phase else first


def ranks(route: Route, engine: Ranker) -> dict[str, Rank]:
    """Return the rank of every step, and of every place where the source breaks off, by id."""
    return ranks_from(route, engine.json(dot_source(route)))


def ranks_from(route: Route, laid_out: bytes) -> dict[str, Rank]:
    """Read the ranks from Graphviz's ``json0``."""
    positions: dict[str, tuple[float, float]] = {}
    for node in json.loads(laid_out).get("objects", ()):
        x, y = map(float, node["pos"].split(","))
        positions[node["name"]] = (round(x, 1), round(y, 1))
    phase_of = {f"stap-{id}": step.phase for id, step in route.steps.items()}
    phase_of |= {f"{GHOST}{number}": end.phase for number, end in enumerate(route.breaks_off)}
    if missing := phase_of.keys() - positions.keys():
        raise CannotDraw(f"Graphviz left out {min(missing)}")
    columns: dict[str, list[float]] = {}
    for name, phase in phase_of.items():
        columns.setdefault(phase, []).append(positions[name][0])
    levels = {phase: sorted(set(found)) for phase, found in columns.items()}
    upwards = _upwards([positions[name] for name in phase_of])
    return {
        name.removeprefix("stap-"): Rank(levels[phase].index(positions[name][0]), positions[name][1] * upwards)
        for name, phase in phase_of.items()
    }


def _upwards(places: list[tuple[float, float]]) -> int:
    """Return -1 when most steps of a rank stand above those before them in the file: the graph is turned over."""
    balance = 0
    for index, (x, y) in enumerate(places):
        for other_x, other_y in places[index + 1 :]:
            if x == other_x:
                balance += (other_y > y) - (other_y < y)
    return 1 if balance >= 0 else -1

"""Made-up integration routes: each another one, the same on every machine."""

import random
from pathlib import Path
from typing import Any

import yaml

from bench.records import Record

_WORDS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yml").read_text("utf-8"))["routes"]


def made_up_route(number: int, steps: int) -> Record:
    """Return a route in four phases and two lanes, in which every step follows on one or two before it."""
    chance = random.Random(number)  # no secret
    phases = [f"fase-{index}" for index in range(1, 5)]
    lanes = [None, None, "volwassenen", "jongeren"]
    found: dict[str, Record] = {}
    for index in range(steps):
        phase = index * len(phases) // steps
        lane = chance.choice(lanes) if phase >= 2 else None
        before = [id for id, one in found.items() if one.get("lane") in (None, lane)][-4:]
        step: Record = {
            "title": f"{chance.choice(_WORDS['titles'])} {index + 1}",
            "text": chance.choice(_WORDS["texts"]),
            "phase": phases[phase],
            "actor": chance.choice(list(_WORDS["actors"])),
        }
        if lane:
            step["lane"] = lane
        if before:
            step["after"] = sorted(chance.sample(before, min(len(before), chance.choice([1, 1, 2]))))
        if chance.random() < 0.3:
            step["term"] = chance.choice(_WORDS["terms"])
        found[f"stap-{index + 1}"] = step
    return {
        "title": f"Verzonnen route {number + 1}",
        "law": "Wi2021",
        "period": "verzonnen",
        "status": {"stage": "papier", "text": _WORDS["status"]},
        "actors": {id: {"name": name, "icon": "users"} for id, name in _WORDS["actors"].items()},
        "phases": {id: {"title": f"Fase {place}"} for place, id in enumerate(phases, 1)},
        "lanes": {"volwassenen": {"title": "Volwassenen"}, "jongeren": {"title": "Jongeren"}},
        "steps": found,
        "regisseur": {"title": "Regisseur", "starts_at": "stap-6"},
        "notes": [{"title": "Verzonnen", "text": _WORDS["status"], "about": "stap-1"}],
        "sources": [{"address": "https://www.verzonnen-route.example/", "title": "Verzonnen bron"}],
    }

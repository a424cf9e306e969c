"""The labels of lanes in the drawing with columns."""

from meedoenkaart.infographic.measuring.geometry import TextLine
from meedoenkaart.infographic.measuring.look import Look
from meedoenkaart.infographic.measuring.wrapping import isolated
from meedoenkaart.infographic.plan.plan import Plan
from meedoenkaart.infographic.wide.stacking import Stacked, Track


def lane_label(plan: Plan, look: Look, stacked: Stacked, track: Track) -> list[TextLine]:
    """Return the lane's title and, where there is room for it, its text."""
    lane = list(plan.route.lanes.values())[track.lane]
    x = stacked.lefts[track.first]
    room = stacked.right(track.last) - x
    baseline = track.top + 19
    lines = [
        TextLine(line, x, baseline + number * look.leading("lane"), "lane")
        for number, line in enumerate(look.lines(look.text(lane.title), "lane", room))
    ]
    if lane.text and len(lines) == 1:
        start = look.width(lines[0].text, "lane") + 10
        text = look.text(lane.text)
        if start + look.width(text, "lane-text") <= room:
            lines.append(TextLine(isolated(text), x + start, baseline, "lane-text"))
    return lines


def lane_label_width(plan: Plan, look: Look, stacked: Stacked, track: Track) -> float:
    """Return how far the words of a lane reach from its first card."""
    lines = lane_label(plan, look, stacked, track)
    return max(line.x + look.width(line.text, line.style) for line in lines) - stacked.lefts[track.first] + 10

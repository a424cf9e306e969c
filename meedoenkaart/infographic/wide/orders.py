"""From top to bottom: lanes stand in the order of the file; where the band and what is for everyone go among them."""

from itertools import product

from meedoenkaart.infographic.plan.plan import EVERYONE, Plan
from meedoenkaart.infographic.wide.stacking import Order


def orders(plan: Plan) -> list[Order]:
    """Return orders of lanes, band and what is for everyone: those that part the fewest lines first."""
    lanes = range(len(plan.route.lanes) + 1)
    long = any(unit.long and unit.first.lane == EVERYONE for unit in plan.units)
    bands = lanes if plan.start >= 0 else lanes[-1:]
    orders = _sorted(plan, [Order(band, shared, shared) for band in bands for shared in lanes])
    if long:
        best = orders[0]
        places = product(lanes, (False, True))
        orders = _sorted(plan, [Order(best.band, best.shared, place, below) for place, below in places])
    return orders


def _sorted(plan: Plan, found: list[Order]) -> list[Order]:
    costs = [(order_cost(plan, one), -one.band, one.shared, one.long, one.long_below) for one in found]
    return [order for _, order in sorted(zip(costs, found, strict=True), key=lambda one: one[0])]


def order_cost(plan: Plan, order: Order) -> float:
    """Return what an order spoils: lines that the band or a long card parts, ways to the band that are shut."""
    start = plan.units[plan.start].first if plan.start >= 0 else None
    band = order.band - 0.25
    slots = {}
    for unit in plan.units:
        lane = unit.first.lane
        slots[unit.index] = float(lane)
        if lane == EVERYONE:
            slots[unit.index] = order.shared - 0.5
            if unit.long:
                slots[unit.index] = order.long - (0.15 if order.long_below else 0.4)
    walls = [(slots[unit.index], unit) for unit in plan.units if unit.long]
    cost = 0.0
    for line in plan.lines:
        one, other = plan.units[line.source].first, plan.units[line.target].first
        low, high = sorted((slots[line.source], slots[line.target]))
        reach = max(one.phase, other.phase)
        if start and reach >= start.phase and line.target != plan.start:
            cost += 3.0 * (low < band < high)
        cost += sum(2.0 * (low < at < high and wall.first.phase <= reach <= wall.first.until) for at, wall in walls)
        cost += 0.15 * (high - low)
    if start:
        own = slots[plan.start]
        low, high = sorted((own, band))
        cost += 0.4 * (high - low)
        shut = [wall for at, wall in walls if low < at < high and wall.index != plan.start]
        cost += sum(1.5 for wall in shut if wall.first.phase <= start.phase <= wall.first.until)
        for unit in plan.units:
            if any(stop.step and stop.step.contact_moment for stop in unit.stops):
                cost += 0.3 * abs(slots[unit.index] - band)
    return cost

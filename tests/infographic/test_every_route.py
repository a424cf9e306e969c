"""Every valid route can be drawn in every form, and every check holds."""

import os

from hypothesis import HealthCheck, given, settings

from meedoenkaart.infographic import Draughtsman
from meedoenkaart.infographic.measuring.forms import FORMS
from meedoenkaart.infographic.wide.checks import findings
from meedoenkaart.records.route import Route
from tests.infographic.made_up import routes

EXAMPLES = int(os.environ.get("EXAMPLES", "25"))
"""``make fuzz`` tries more."""


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(route=routes())
def test_every_check_holds_for_any_route(draughtsman: Draughtsman, route: Route) -> None:
    for name, form in FORMS.items():
        board = draughtsman.board(route, name)
        assert findings(board, draughtsman.look("nl"), form) == []
        assert draughtsman.svg(board, route, name, "nl", "ltr").count("<svg") == 1

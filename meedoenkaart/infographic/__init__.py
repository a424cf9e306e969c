"""From a route to its drawing: route -> measured -> ranked (Graphviz) -> placed -> drawn. Knows no MkDocs."""

from meedoenkaart.infographic.draughtsman import Draughtsman, Drawing
from meedoenkaart.infographic.plan.limits import CannotDraw

__all__ = ["CannotDraw", "Draughtsman", "Drawing"]

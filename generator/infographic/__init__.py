"""From a route to its drawing: route -> measured -> ranked (Graphviz) -> placed -> drawn. Knows no MkDocs."""

from generator.infographic.draughtsman import Draughtsman, Drawing
from generator.infographic.plan.limits import CannotDraw

__all__ = ["CannotDraw", "Draughtsman", "Drawing"]

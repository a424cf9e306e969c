"""How long it takes to draw the routes of a project: ``python -m bench.drawing FOLDER drawings|files`` prints it."""

import datetime
import sys
import time
from pathlib import Path

from bench.records import DAY


def main() -> None:
    """Draw every route in the four forms, or write all files beside the pages; print the seconds.

    What was drawn before is in the project's cache.
    """
    from meedoenkaart.catalogue import RoutePage
    from meedoenkaart.infographic.measuring.forms import FORMS
    from meedoenkaart.loading import load
    from meedoenkaart.processes import for_each
    from meedoenkaart.publishing.drawings import draughtsman
    from meedoenkaart.publishing.folder import Folder
    from meedoenkaart.publishing.publish import draw_routes
    from meedoenkaart.reading.documents import Reader

    root = Path(sys.argv[1])
    catalogue = load(Reader(root), datetime.date.fromisoformat(DAY)).catalogue
    if catalogue is None or not catalogue.routes:
        sys.exit("no routes to draw, or a problem in the files")
    routes, artist = list(catalogue.routes.values()), draughtsman(root)

    def draw(route: RoutePage) -> None:
        for form in FORMS:
            artist.draw(route.record, form)

    middle = len(routes) // 2
    started = time.perf_counter()
    if sys.argv[2] == "files":
        draw_routes(routes, artist, Folder(root / "drawn", root / "drawn"))
    else:
        for_each([routes[:middle], routes[middle:]], draw, parallel=True)
    print(time.perf_counter() - started)


if __name__ == "__main__":
    main()

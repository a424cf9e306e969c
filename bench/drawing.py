"""How long it takes to draw the routes of a project: ``python -m bench.drawing FOLDER`` prints the seconds."""

import datetime
import sys
import time
from pathlib import Path

from bench.records import DAY


def main() -> None:
    """Draw every route in all its forms into ``FOLDER/drawn``; what was drawn before is in the project's cache."""
    from generator.loading import load
    from generator.publishing.drawings import draughtsman
    from generator.publishing.folder import Folder
    from generator.publishing.publish import draw_routes
    from generator.reading.documents import Reader

    root = Path(sys.argv[1])
    catalogue = load(Reader(root), datetime.date.fromisoformat(DAY)).catalogue
    if catalogue is None or not catalogue.routes:
        sys.exit("no routes to draw, or a problem in the files")
    folder = Folder(root / "drawn", root / "drawn")
    started = time.perf_counter()
    draw_routes(list(catalogue.routes.values()), draughtsman(root), folder)
    print(time.perf_counter() - started)


if __name__ == "__main__":
    main()

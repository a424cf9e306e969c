"""What maps show beneath their marks: outlines, and the names of places, in one file that is read with the map."""

import json

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.geography.outlines import inhabitants, written

PATH = "assets/kaart.json"
"""Where the file lies, from the site's root."""
LEAST_ELSEWHERE = 5000
"""Outside the region, places with fewer inhabitants have no name on the map."""


def ground_data(catalogue: Catalogue) -> bytes:
    """Return the outlines in whole steps, and places from large to small; ``sizes`` in thousands, while known."""
    content = dict(written())
    east, north = content["step"]
    codes = {one.record.cbs_code for one in catalogue.regional_municipalities.values()}
    sizes = inhabitants()
    shown = sorted(
        (-size, place.name, round(place.longitude / east), round(place.latitude / north))
        for place in catalogue.places
        if (size := sizes.get((place.name, place.cbs_code), 0)) >= LEAST_ELSEWHERE or place.cbs_code in codes
    )
    content["names"] = [name for _, name, _, _ in shown]
    content["places"] = [part for _, _, x, y in shown for part in (x, y)]
    content["sizes"] = [round(-size / 1000, 1) for size, *_ in shown if size]
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()

"""What is missing around a place, as the pages and their tables tell it."""

import csv

from meedoenkaart.continuity.coverage import Count, axes
from tests.continuity.test_coverage import slowly
from tests.site.conftest import Built


def test_the_table_is_what_the_page_says(real: Built) -> None:
    """The question of a coordinator: what is missing near azc Delfzijl at A1, without a permit?"""
    page = real.pages["azc/azc-delfzijl/dekking/"]
    path = real.site / "azc/azc-delfzijl/dekking/dekking-azc-delfzijl.csv"
    header, *lines = csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";")
    assert header[:7] == ["plek", "afstand", "verblijfsvergunning", "soort", "naam", "A0 zeker", "A0 misschien"]
    reception = real.catalogue.receptions["azc-delfzijl"]
    sure = header.index("A1 zeker")
    told = {(line[1], line[2], line[4]): Count(int(line[sure]), int(line[sure + 1])) for line in lines}
    assert len(told) == len(lines)
    for row in axes(real.catalogue).rows:
        label = str(getattr(real.catalogue.vocabulary, row.facet)[row.id].label)
        asked = (reception.spot, reception.municipality, 10.0, "nee", row, "A1")
        assert told["10 km", "zonder", label] == slowly(real.catalogue, *asked)
    text = " ".join(one.text for one in page.all("section") if one["aria-labelledby"] == "tabel-10-nee")
    empty = [
        name
        for (reach, permit, name), count in told.items()
        if (reach, permit) == ("10 km", "zonder") and not any(count)
    ]
    assert empty
    for name in empty:
        assert f"{name}: niets" in text

"""Lines are made even, but never at the price of a word that is cut without a hyphen."""

from meedoenkaart.infographic import Draughtsman


def test_a_long_word_keeps_its_hyphen(draughtsman: Draughtsman) -> None:
    look = draughtsman.look("nl")
    for width in range(100, 170, 3):
        lines = look.wrapper.lines("Participatieverklaring", look.styles["title"], width, balanced=True)
        assert "".join(lines).replace("-", "") == "Participatieverklaring"
        if len(lines) == 2:
            assert lines[0] == "Participatie-", width

"""What several kinds of page tell search engines in the words of schema.org."""

from typing import Any

from generator.catalogue import OrganisationPage, ReceptionPage


def address(place: str, street: str | None = None, postcode: str | None = None) -> dict[str, Any]:
    """Return an address as far as it is known."""
    known = {"streetAddress": street, "postalCode": postcode, "addressLocality": place, "addressCountry": "NL"}
    return {"address": {"@type": "PostalAddress", **{name: value for name, value in known.items() if value}}}


def geo(page: OrganisationPage | ReceptionPage) -> dict[str, Any]:
    """Return the position for search engines, but not the centre of a place: that would claim too much."""
    if page.spot.precision == "plaats":
        return {}
    return {"geo": {"@type": "GeoCoordinates", "latitude": page.spot.latitude, "longitude": page.spot.longitude}}

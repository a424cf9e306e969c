"""What generated pages are put into: the editorial part of the site. It is kept, since MkDocs takes long to make it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from meedoenkaart.publishing.rendering import Site
from meedoenkaart.publishing.shells import Shells


@dataclass(frozen=True)
class Frame:
    """The editorial pages, lying in ``folder``, and what generated pages need of them."""

    folder: Path
    site: Site
    shells: Shells
    """The frames of generated pages."""
    editorial: tuple[str, ...]
    """Addresses of the editorial pages, from the site's root."""
    search_index: Mapping[str, Any]
    """What Material's search reads; generated pages add their entries to ``docs``."""
    region: frozenset[str] = frozenset()
    """The provinces that the site is about; none: all that is in the catalogue."""
    languages: tuple[str, ...] = ()
    """The codes of the languages that the site is in, besides Dutch."""
    addresses: str = ""
    """The digest of the addresses of generated pages, which editorial pages may lead to."""
    warnings: tuple[str, ...] = ()
    """Links of editorial pages that lead nowhere."""


def keep(frame: Frame, path: Path, made_of: str) -> None:
    """Keep a frame in a file, with a digest of what it was made of."""
    told = {
        "made of": made_of,
        "site": asdict(frame.site),
        "shells": frame.shells.told(),
        "editorial": frame.editorial,
        "search": frame.search_index,
        "region": sorted(frame.region),
        "languages": frame.languages,
        "addresses": frame.addresses,
        "warnings": frame.warnings,
    }
    path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")


def kept(path: Path, folder: Path, made_of: str) -> Frame | None:
    """Return the frame that was kept in a file; None when it was made of something else, or can't be read."""
    try:
        told = json.loads(path.read_text("utf-8"))
        if told["made of"] != made_of:
            return None
        return Frame(
            folder,
            Site(**told["site"]),
            Shells.of(told["shells"]),
            tuple(told["editorial"]),
            told["search"],
            frozenset(told["region"]),
            tuple(told["languages"]),
            told["addresses"],
            tuple(told["warnings"]),
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None


def digest_of(urls: Iterable[str]) -> str:
    """Return a digest of the addresses of pages, which links of the editorial part may lead to."""
    return hashlib.blake2b("\n".join(urls).encode(), digest_size=16).hexdigest()

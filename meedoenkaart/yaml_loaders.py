"""Which of PyYAML's loaders read: those in C, or where these were not built the same ones in Python."""

from typing import IO, TYPE_CHECKING, Any

import yaml

__all__ = ["BaseLoader", "compose", "load", "load_texts"]

if TYPE_CHECKING:
    from yaml import CBaseLoader as BaseLoader
    from yaml import CSafeLoader as SafeLoader
else:
    BaseLoader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(source: str | IO[bytes]) -> Any:
    """Return what YAML of our own holds, with numbers, dates and truth values typed."""
    return yaml.load(source, SafeLoader)  # noqa: S506  # one of the two safe ones


def load_texts(source: bytes) -> Any:
    """Return what YAML of our own holds, every scalar a string: "no" is a word there."""
    return yaml.load(source, BaseLoader)  # noqa: S506  # it makes nothing but texts


def compose(text: str) -> yaml.Node | None:
    """Return the nodes of a text, every scalar a string; None when nothing stands in it."""
    return yaml.compose(text, BaseLoader)

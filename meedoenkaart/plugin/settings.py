"""What a region's ``mkdocs.yml`` says, over what all regions share; its mistakes are told in Dutch."""

import logging
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mkdocs.config.base import Config, ValidationError
from mkdocs.config.config_options import Choice, ListOfItems, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.utils.yaml import yaml_load
from yaml import YAMLError

from meedoenkaart.geography.areas import PROVINCES
from meedoenkaart.languages.formats import decimal, listed
from meedoenkaart.layers import BASE, laid_over
from meedoenkaart.problems import BuildError, report
from meedoenkaart.publishing import colours
from meedoenkaart.reading.yaml_text import parse
from meedoenkaart.texts import texts

SETTINGS = "mkdocs.yml"
"""Where a region says what it is called, where it lies and what it wants of the program."""
EDITORIAL = BASE / "docs"
"""The editorial pages of all regions."""


class _Province(Choice[str]):
    """The name of a province."""

    def run_validation(self, value: object) -> str:
        """Return a name that is one; else say in Dutch which there are."""
        if value not in self.choices:
            raise ValidationError(texts("cli")["no-province"].format(name=value, names=listed(sorted(self.choices))))
        return str(value)


class _Colours(Type[dict[str, str]]):
    """A few colours, from which all others follow."""

    def run_validation(self, value: object) -> dict[str, str]:
        """Return colours that can be read; else say in Dutch what is wrong, and what would do."""
        words = texts("cli")["colours"]
        if not isinstance(value, dict) or not set(value) <= set(colours.NAMES):
            raise ValidationError(words["names"].format(names=listed(colours.NAMES)))
        for name, colour in value.items():
            if not isinstance(colour, str) or not colours.COLOUR.fullmatch(colour):
                raise ValidationError(words["form"].format(name=name))
        if wrong := colours.fault(value):
            found, least = (decimal(round(one, 2)) for one in (wrong.contrast, wrong.least))
            raise ValidationError(
                words["contrast"].format(name=wrong.name, found=found, least=least, better=wrong.better)
            )
        return dict(value)


class Options(Config):  # type: ignore[no-untyped-call]  # MkDocs is not typed strictly
    """What ``mkdocs.yml`` says under ``meedoenkaart``."""

    region = ListOfItems(_Province(tuple(PROVINCES.values())), default=[])
    """The provinces that the site is about; none: all that is in the catalogue."""
    languages = ListOfItems(Type(str), default=[])
    """The languages that the site is in besides Dutch, as tags of BCP 47."""
    colours = _Colours(dict, default={})
    """Colours of the region's own, such as ``accent: "#0a5866"``; see ``publishing/colours.py``."""
    atelier = Type(bool, default=True)
    """Whether municipalities can make their route on the site."""
    offline = Type(bool, default=True)
    """Whether devices keep pages of the site, to show them without a line."""


def region(root: Path) -> frozenset[str]:
    """Return the provinces that ``mkdocs.yml`` says the site is about; raise ``BuildError`` when it is wrong."""
    return frozenset(_options(root)["region"])


def languages(root: Path) -> tuple[str, ...]:
    """Return the codes of the languages that ``mkdocs.yml`` names; raise ``BuildError`` when it is wrong."""
    return tuple(_options(root)["languages"])


def _options(root: Path) -> Options:
    return options(settings(root))


def options(config: MkDocsConfig) -> Options:
    """Return what settings say under the name of the plugin."""
    found: Options = config.plugins["meedoenkaart"].config
    return found


def settings(root: Path, **more: object) -> MkDocsConfig:
    """Return the settings of a region, laid over those of all, and ``more`` over both.

    Raises ``BuildError`` when its ``mkdocs.yml`` is missing or wrong.
    """
    own = own_settings(root)
    config = MkDocsConfig(config_file_path=str(root / SETTINGS))
    laid = laid_over(_listed_by_name(shared_settings()), _listed_by_name(own))
    if not laid.get("repo_url"):
        laid["edit_uri"] = None  # which is below it
    config.load_dict(laid | more)
    if not (root / "docs").is_dir():
        config.docs_dir = str(EDITORIAL)
    failed, warned = config.validate()
    if failed:
        raise BuildError("\n".join(_complaint(*one) for one in failed))
    for one in warned:
        logging.getLogger("mkdocs.config").warning(_complaint(*one))
    return config


def shared_settings() -> dict[str, Any]:
    """Return the settings that all regions share."""
    return yaml_load((BASE / SETTINGS).read_text("utf-8"))


_ELSEWHERE = re.compile(r"""^(?:[^#\n]*(?=!ENV)|["'])?(INHERIT|docs_dir|!ENV)\b""", re.MULTILINE)
"""What leads out of a region's settings, so that nobody would notice when what lies there changes."""


def own_settings(root: Path) -> dict[str, Any]:
    """Return what a region's own ``mkdocs.yml`` says; raise ``BuildError`` when that can't be read."""
    words = texts("cli")
    try:
        text = (root / SETTINGS).read_text("utf-8")
        if elsewhere := _ELSEWHERE.search(text):
            raise BuildError(words["settings-elsewhere"].format(name=elsewhere[1]))
        own: object = yaml_load(text)
    except FileNotFoundError:
        raise BuildError(words["no-settings"].format(folder=root)) from None
    except (MkDocsException, OSError, YAMLError, ValueError, RecursionError) as error:
        problems = parse((root / SETTINGS).read_bytes(), SETTINGS)[1] if (root / SETTINGS).is_file() else []
        reason = report(problems, "text") if problems else error
        raise BuildError(words["unreadable-settings"].format(reason=reason)) from error
    if not isinstance(own, dict) or not all(isinstance(name, str) for name in own):
        raise BuildError(words["unreadable-settings"].format(reason=words["no-names"]))
    return own


_OPTION = re.compile(r"Plugin 'meedoenkaart' option '(\w+)': ")


def _complaint(name: str, why: object) -> str:
    """Return what is wrong with a setting; of ours MkDocs names the plugin only."""
    words, reason = texts("cli"), str(why)
    if found := _OPTION.match(reason):
        name, reason = found[1], reason[found.end() :]
    reason = words["no-list"] if reason.startswith("Expected a list of items") else reason
    reason = words["required"] if reason == "Required configuration not provided." else reason
    unknown = "Unrecognised configuration name" in reason
    return str(words["unknown-setting" if unknown else "wrong-setting"].format(name=name, reason=reason))


def settings_by_name(root: Path) -> Iterator[tuple[str, object, bool]]:
    """Yield each setting by its path, with its value and whether the region says it; see ``settings``."""
    config = settings(root)
    own = dict(_leaves(_listed_by_name(own_settings(root))))
    options = {f"plugins.meedoenkaart.{name}": value for name, value in config.plugins["meedoenkaart"].config.items()}
    shared = dict(_leaves(_listed_by_name(shared_settings())))
    for name, value in own.items():
        yield name, value, True
    for name, value in {**shared, **options}.items():
        if name not in own and not any(one.startswith(f"{name}.") for one in own) and value not in ({}, [], None):
            yield name, value, False


def _leaves(tree: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, object]]:
    for name, value in tree.items():
        if isinstance(value, dict) and value:
            yield from _leaves(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _listed_by_name(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings with plugins and extensions by name, whether each stands there alone or with its options."""
    told = dict(settings)
    for name in ("plugins", "markdown_extensions"):
        entries = told.get(name)
        if isinstance(entries, list) and all(isinstance(one, str | dict) for one in entries):
            told[name] = {}
            for one in entries:
                told[name] |= one if isinstance(one, dict) else {one: {}}
    return told

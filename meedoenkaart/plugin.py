"""The MkDocs plugin: a thin adapter around ``publishing/``, and the only file that knows MkDocs.

MkDocs and Material draw the editorial pages of ``docs/`` and, once for each section of the site, an empty page: the
shell into which generated pages are stamped. What MkDocs then does not do for those pages (search entries, sitemap,
redirects) is done by ``publishing/``.
"""

import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from jinja2 import Environment
from jinja2.ext import Extension
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.build import get_context
from mkdocs.config.base import Config, ValidationError
from mkdocs.config.config_options import Choice, ListOfItems, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils.yaml import yaml_load
from watchdog.events import FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent, FileSystemEvent
from watchdog.observers import Observer
from yaml import YAMLError

from meedoenkaart.geography.areas import PROVINCES
from meedoenkaart.icons import Icons
from meedoenkaart.languages import Language, languages_of
from meedoenkaart.languages.formats import decimal, listed
from meedoenkaart.languages.templates import Translated, language_of, translate
from meedoenkaart.layers import BASE, made, theme_of
from meedoenkaart.problems import BuildError, report
from meedoenkaart.publishing import colours
from meedoenkaart.publishing.assets import icon_shapes, inlined
from meedoenkaart.publishing.editorial import PROGRAM, filled, filled_line, names_of_languages
from meedoenkaart.publishing.frame import Frame, digest_of
from meedoenkaart.publishing.page import SHOWS_FRAMES
from meedoenkaart.publishing.policy import hash_of, inline_scripts, with_policy
from meedoenkaart.publishing.rendering import Site
from meedoenkaart.publishing.shells import CONTENT, HEAD, SWITCH, Shells
from meedoenkaart.reading.yaml_text import parse
from meedoenkaart.texts import texts

SETTINGS = "mkdocs.yml"
"""Where a region says what it is called, where it lies and what it wants of the program."""
EDITORIAL = BASE / "docs"
"""The editorial pages of all regions."""
NOT_FOUND = 404
SETTLE_SECONDS = 0.05
"""An editor writes a file in several steps; wait for silence that long before building."""
_CHANGES: list[type[FileSystemEvent]] = [FileModifiedEvent, FileCreatedEvent, FileDeletedEvent, FileMovedEvent]
"""Opening and closing a file is no change: a build reads every file."""


@dataclass
class _Project:
    """What MkDocs knows while it builds."""

    config: MkDocsConfig
    environment: Environment
    files: Files
    navigation: Navigation = field(default_factory=lambda: Navigation([], []))
    shells: dict[str, str] = field(default_factory=dict)
    """Pages without content by their address: all that inline scripts differ by."""
    spoken: dict[str, Environment] = field(default_factory=dict)
    """The environments of languages besides Dutch, by the way to their pages."""

    def speak(self, languages: Sequence[Language]) -> None:
        """Draw frames in these languages too."""
        for language in languages:
            if not language.is_source:
                environment = self.environment.overlay()
                environment.globals = {**self.environment.globals}
                translate(environment, language)
                self.spoken[language.way] = environment

    def direction(self, way: str) -> str:
        """Return in which direction one reads the language with this way."""
        return language_of(self.spoken[way]).direction

    def way_of(self, url: str) -> str:
        """Return the way to the pages in the language of an address; empty for Dutch."""
        way = f"{url.partition('/')[0]}/"
        return way if way in self.spoken else ""


class _ValidToggles(Extension):
    """Takes off Material's hidden checkboxes an attribute that HTML does not allow there."""

    def preprocess(self, source: str, *_: object) -> str:
        return re.sub(r'(<input class="md-toggle"[^>]*) autocomplete="off"', r"\1", source)


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


class MeedoenkaartPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]  # MkDocs is not typed strictly
    """Hands the theme's scripts and styles to MkDocs and remembers what draws its pages."""

    project: _Project

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Tell the templates the names of the built scripts and styles."""
        root = Path(config.config_file_path).parent
        config.theme.dirs[:0] = map(str, theme_of(root).folders)
        manifest = made(root, "theme") / "manifest.json"
        config.extra["assets"] = json.loads(manifest.read_text("utf-8"))
        if own := self.config["colours"]:
            config.extra["assets"]["colours.css"], self._sheet = colours.sheet(own)
        config.extra["offline"] = self.config["offline"]
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Keep the theme's sources and Material's style sheets, which ours replaces, out of the site.

        What all regions share is laid under a region's own ``docs/``, file by file.
        """
        own = theme_of(Path(config.config_file_path).parent).folders
        for file in list(files):
            path = Path(file.abs_src_path or "")
            inside = any(map(path.is_relative_to, own)) and not file.src_uri.startswith("assets/")
            if inside or file.src_uri.startswith("assets/stylesheets/") or file.src_uri.endswith(".map"):
                files.remove(file)
        taken = {file.dest_uri for file in files}
        for path in _shared_pages():
            below = _below(config, path)
            if below.dest_uri not in taken:
                files.append(below)
        return files

    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, **_: object) -> str:
        """Let an editorial page say what this region is called, where it lies and what languages it speaks."""
        values = {
            "site_name": config.site_name,
            "site_url": config.site_url or "",
            "repo_url": (config.repo_url or "").rstrip("/"),
            "program_url": PROGRAM,
            "region": listed(self.config["region"]),
            "languages": listed(names_of_languages(self.config["languages"])),
        }
        page.meta.update({name: filled_line(one, values) for name, one in page.meta.items() if isinstance(one, str)})
        return filled(markdown, values)

    def on_nav(self, nav: Navigation, **_: object) -> Navigation:
        """Remember the navigation, which pages are drawn with."""
        self._navigation = nav
        return nav

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        """Remember the environment that Material's templates are drawn in, and give it what ours need."""
        env.add_extension(_ValidToggles)
        env.add_extension(Translated)
        root = Path(config.config_file_path).parent
        env.filters["inlined"] = partial(inlined, icon_shapes(Icons(root), theme_of(root)))
        languages = languages_of(root, self.config["languages"])
        translate(env, languages[0])
        env.globals["languages"] = languages
        env.filters["named"] = str  # within an editorial page nothing is marked as a name
        self.project = _Project(config, env, files, self._navigation)
        self.project.speak(languages)
        return env

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write the style sheet with the region's colours."""
        if name := config.extra["assets"].get("colours.css"):
            path = Path(config.site_dir, "assets", name)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(self._sheet)

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig, **_: object) -> str:
        """Put the policy into a page that MkDocs drew."""
        shell = _shell(self.project, page.url)
        return with_policy(output, shell, config.repo_url or "", page.url.startswith(SHOWS_FRAMES))

    def on_post_template(self, output_content: str, template_name: str, config: MkDocsConfig, **_: object) -> str:
        """Put the policy into the page for addresses that do not exist; no contributor's text is on it."""
        if template_name != "404.html":
            return output_content
        return with_policy(output_content, output_content, config.repo_url or "")


def region(root: Path) -> frozenset[str]:
    """Return the provinces that ``mkdocs.yml`` says the site is about; raise ``BuildError`` when it is wrong."""
    return frozenset(_options(root)["region"])


def languages(root: Path) -> tuple[str, ...]:
    """Return the codes of the languages that ``mkdocs.yml`` names; raise ``BuildError`` when it is wrong."""
    return tuple(_options(root)["languages"])


def _options(root: Path) -> Options:
    plugin: MeedoenkaartPlugin = settings(root).plugins["meedoenkaart"]  # type: ignore[assignment]
    return plugin.config


def settings(root: Path, **more: object) -> MkDocsConfig:
    """Return the settings of a region, laid over those of all, and ``more`` over both.

    Raises ``BuildError`` when its ``mkdocs.yml`` is missing or wrong.
    """
    own = own_settings(root)
    config = MkDocsConfig(config_file_path=str(root / SETTINGS))
    laid = _laid(_listed_by_name(shared_settings()), _listed_by_name(own))
    if not laid.get("repo_url"):
        laid["edit_uri"] = None  # which is below it
    config.load_dict(laid | more)
    if "docs_dir" not in own and not (root / "docs").is_dir():
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


def own_settings(root: Path) -> dict[str, Any]:
    """Return what a region's own ``mkdocs.yml`` says; raise ``BuildError`` when that can't be read."""
    words = texts("cli")
    try:
        with open(root / SETTINGS, "rb") as file:
            own: object = yaml_load(file)
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


def pages_by_name(root: Path) -> Iterator[tuple[str, bool]]:
    """Yield the region's own files of ``docs/`` that are published, and whether each replaces a shared one."""
    config = settings(root)
    if Path(config.docs_dir) == EDITORIAL:
        return
    files = get_files(config)
    set_exclusions(files, config)
    shared = {_below(config, path).dest_uri for path in _shared_pages()}
    for file in sorted(files, key=lambda one: one.src_uri):
        if file.inclusion != InclusionLevel.EXCLUDED:
            yield file.src_uri, file.dest_uri in shared


def _below(config: MkDocsConfig, path: Path) -> File:
    """Return a file that all regions share as MkDocs knows files."""
    name = path.relative_to(EDITORIAL).as_posix()
    file = File(name, str(EDITORIAL), config.site_dir, config.use_directory_urls)
    file.generated_by = "meedoenkaart"  # the region's repository has nothing there to edit
    return file


def _shared_pages() -> list[Path]:
    return sorted(one for one in EDITORIAL.rglob("*") if one.is_file())


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


def _laid(below: Any, above: Any) -> Any:
    """Lay settings over others: mappings name by name, all else as a whole; an empty value leaves what is below."""
    if above is None:
        return below
    if not isinstance(below, dict) or not isinstance(above, dict):
        return above
    return below | {name: _laid(below.get(name), value) for name, value in above.items()}


def surroundings(root: Path, folder: Path, addresses: Iterable[str]) -> Frame:
    """Let MkDocs build into ``folder`` and make a shell for each section and depth among ``addresses``.

    Raises ``BuildError`` when a page or template is wrong.
    """
    told = digest_of(addresses := list(addresses))
    addresses = frozenset(addresses)
    try:
        with _listening() as warnings:
            config = settings(root, site_dir=str(folder))
            mkdocs_build(config)
    except (Abort, MkDocsException, UnicodeDecodeError) as error:
        raise BuildError("\n".join([*warnings, str(error)])) from error  # which file it is, MkDocs only logs
    plugin: MeedoenkaartPlugin = config.plugins["meedoenkaart"]  # type: ignore[assignment]
    project = plugin.project
    codes = tuple(plugin.config["languages"])
    shells = Shells(lambda url: draw(project, url, HEAD, SWITCH, CONTENT), addresses, codes)
    editorial = tuple(sorted(file.url.removeprefix("./") for file in project.files.documentation_pages()))
    index = json.loads((folder / "search" / "search_index.json").read_text("utf-8"))
    warnings += _dead_ends(folder, editorial, addresses)
    region = frozenset(plugin.config["region"])
    return Frame(folder, _site(config), shells, editorial, index, region, codes, told, tuple(warnings))


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Yield a list that gets what MkDocs warns of, such as a link to a page or a heading that does not exist."""
    found: list[str] = []
    listener = logging.Handler(logging.WARNING)
    listener.emit = lambda record: found.append(record.getMessage())  # type: ignore[method-assign]
    log = logging.getLogger("mkdocs")
    log.propagate = False
    log.addHandler(listener)
    try:
        yield found
    finally:
        log.removeHandler(listener)


_LINK = re.compile(r'<a\b[^>]* href="([^"#?:]+)["#?]')


def _dead_ends(folder: Path, editorial: Iterable[str], addresses: frozenset[str]) -> list[str]:
    """Return a warning for each link of an editorial page to a page that neither MkDocs nor we make.

    About links to Markdown files MkDocs warns itself.
    """
    known = {*editorial, *addresses}
    found = []
    for url in editorial:
        for link in dict.fromkeys(_LINK.findall((folder / url / "index.html").read_text("utf-8"))):
            target = urljoin(f"/{url}", unescape(link)).removeprefix("/")
            if target not in known and not target.endswith(".md") and not (folder / target).is_file():
                found.append(f"{url}: a link leads to '{target}', and there is no such page")
    return found


def draw(project: _Project, url: str, head: str, switch: str, content: str) -> str:
    """Return what Material renders for a generated page at ``url``."""
    page = _rendered(project, url, head, switch, content)
    return with_policy(page, _shell(project, url), project.config.repo_url or "", url.startswith(SHOWS_FRAMES))


def _shell(project: _Project, url: str) -> str:
    """Return an empty page as deep as ``url``, with the inline scripts of every page at that depth."""
    way = project.way_of(url)
    sample = way + "x/" * (url.count("/") - way.count("/"))
    if sample not in project.shells:
        project.shells[sample] = _rendered(project, sample, "", "", "")
    return project.shells[sample]


def _rendered(project: _Project, url: str, head: str, switch: str, content: str) -> str:
    config = project.config
    file = File(f"{url}index.md", config.docs_dir, config.site_dir, config.use_directory_urls)
    page = Page("", file, config)
    page.meta = {"generated": True, "head": head, "switch": switch}
    page.content = content
    page.toc = TableOfContents([])
    context = get_context(project.navigation, project.files, config, page)
    way = project.way_of(url)
    if way:  # the search of a language reads an index of its own
        context["base_url"] = "/".join([".."] * (url.count("/") - 1)) or "."
    drawn = project.spoken.get(way, project.environment).get_template("main.html").render(context)
    return drawn.replace('<html lang="', f'<html dir="{project.direction(way)}" lang="', 1) if way else drawn


_RENEW = """
// Shows what changed without a reload, which would lose the focus: where nothing but texts did, each is put into the
// element that still is as it was served. Where that can't be, the page is loaded anew.
var served = function() {
    return fetch(location.href, {cache: "no-store"}).then(function(said) { return said.text(); }).then(function(text) {
        var page = new DOMParser().parseFromString(text, "text/html");
        page.querySelectorAll("meta[http-equiv], body > script:not([src])").forEach(function(one) { one.remove(); });
        return page.documentElement;
    });
};
var before = served();
var texts = function(old, now, found) {
    if (old.isEqualNode(now)) return true;
    if (old.nodeType === Node.TEXT_NODE && now.nodeType === Node.TEXT_NODE) {
        found.set(old.parentElement, now.parentElement);
        return true;
    }
    if (!old.cloneNode().isEqualNode(now.cloneNode()) || old.childNodes.length !== now.childNodes.length) return false;
    return Array.from(old.childNodes).every(function(one, at) { return texts(one, now.childNodes[at], found); });
};
var renew = function() {
    return Promise.all([before, served()]).then(function(pages) {
        var found = new Map();
        if (!texts(pages[0], pages[1], found)) return false;
        before = Promise.resolve(pages[1].cloneNode(true));
        return Array.from(found).every(function(pair) {
            var shown = Array.from(document.getElementsByTagName(pair[0].nodeName)).filter(function(one) {
                return one.isEqualNode(pair[0]);
            });
            shown.forEach(function(one) { one.replaceChildren.apply(one, pair[1].cloneNode(true).childNodes); });
            return shown.length > 0;
        });
    });
};
"""
_RELOAD = "location.reload();"
_RENEWED = """
    var now = parseFloat(this.responseText);
    renew().then(function(done) { if (done) { epoch = now; poll(); } else { location.reload(); } });
"""


class _Server(LiveReloadServer):
    """Adds the script that shows what changed to what the page's policy allows."""

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        injected: bytes = super()._inject_js_into_html(content, epoch)  # type: ignore[no-untyped-call]
        *_, reload = inline_scripts(injected.decode())
        renewing = _RENEW + reload.replace(_RELOAD, _RENEWED)
        injected = injected.replace(reload.encode(), renewing.encode())
        return injected.replace(b"script-src 'self'", f"script-src 'self' {hash_of(renewing)}".encode(), 1)


def preview_server(root: Path, folder: Path, rebuild: Callable[[], None], address: tuple[str, int]) -> LiveReloadServer:
    """Return a server that shows ``folder`` below the path at which the project's site is published."""
    host, port = address
    path = urlsplit(settings(root).site_url or "/").path
    server = _Server(builder=rebuild, host=host, port=port, root=str(folder), mount_path=path)
    missing = folder / "404.html"
    server.error_handler = lambda code: missing.read_bytes() if code == NOT_FOUND else None
    return server


def serve(
    root: Path, folder: Path, rebuild: Callable[[], None], watched: Iterable[Path], address: tuple[str, int]
) -> None:
    """Show ``folder`` in a browser and call ``rebuild`` after every change below ``watched``, until interrupted."""
    server = preview_server(root, folder, rebuild, address)
    observer = Observer()  # notified by the system, where MkDocs would poll
    observer.schedule = partial(observer.schedule, event_filter=_CHANGES)  # type: ignore[method-assign]
    server.observer = observer  # type: ignore[assignment]
    server.build_delay = SETTLE_SECONDS
    for path in watched:
        server.watch(str(path))
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        server.shutdown()


def _site(config: MkDocsConfig) -> Site:
    repository = (config.repo_url or "").rstrip("/")
    edit = (config.edit_uri or "").strip("/")
    return Site(
        name=config.site_name,
        url=(config.site_url or "/").rstrip("/") + "/",
        repo_url=repository,
        edit_url=f"{repository}/{edit}/",
        new_url=f"{repository}/{edit.replace('edit/', 'new/', 1)}/",
        issue_url=f"{repository}/issues/new",
        mail=(config.extra.get("contribute") or {}).get("email"),
        assets=config.extra["assets"],
        bar=colours.bar_of(config.plugins["meedoenkaart"].config["colours"]),
        atelier=config.plugins["meedoenkaart"].config["atelier"],
        offline=config.plugins["meedoenkaart"].config["offline"],
    )

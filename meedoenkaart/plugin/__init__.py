"""The MkDocs plugin: a thin adapter around ``publishing/``, and the only folder that knows MkDocs.

MkDocs and Material draw the editorial pages of ``docs/`` and, once for each section of the site, an empty page: the
shell into which generated pages are stamped. What MkDocs then does not do for those pages (search entries, sitemap,
redirects) is done by ``publishing/``.
"""

import json
import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

from jinja2 import Environment
from jinja2.ext import Extension
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from meedoenkaart.icons import Icons
from meedoenkaart.languages import Language, languages_of
from meedoenkaart.languages.formats import listed
from meedoenkaart.languages.templates import Translated, compiled, language_of, translate
from meedoenkaart.layers import made, theme_of
from meedoenkaart.plugin.pages import below, shared_pages
from meedoenkaart.plugin.settings import Options, options, settings
from meedoenkaart.problems import BuildError
from meedoenkaart.publishing import colours
from meedoenkaart.publishing.assets import icon_shapes, inlined
from meedoenkaart.publishing.editorial import PROGRAM, filled, filled_line, names_of_languages
from meedoenkaart.publishing.frame import Frame, digest_of
from meedoenkaart.publishing.page import SHOWS_FRAMES
from meedoenkaart.publishing.policy import with_policy
from meedoenkaart.publishing.rendering import Site
from meedoenkaart.publishing.shells import CONTENT, HEAD, SWITCH, Shells


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

    def speak(self, root: Path, languages: Sequence[Language]) -> None:
        """Draw frames in these languages; ``root`` is the project's folder."""
        for language in languages:
            environment = self.environment
            if not language.is_source:
                environment = self.spoken[language.way] = self.environment.overlay()
                environment.globals = {**self.environment.globals}
            translate(environment, language)
            environment.bytecode_cache = compiled(root, language, __file__)

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
        for path in shared_pages():
            shared = below(config, path)
            if shared.dest_uri not in taken:
                files.append(shared)
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
        env.globals["languages"] = languages
        env.filters["named"] = str  # within an editorial page nothing is marked as a name
        self.project = _Project(config, env, files, self._navigation)
        self.project.speak(root, languages)
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
    config.extra["scope"] = context["base_url"]  # colours that somebody chose hold in all languages
    if way:  # the search of a language reads an index of its own
        context["base_url"] = "/".join([".."] * (url.count("/") - 1)) or "."
    drawn = project.spoken.get(way, project.environment).get_template("main.html").render(context)
    del config.extra["scope"]
    return drawn.replace('<html lang="', f'<html dir="{project.direction(way)}" lang="', 1) if way else drawn


def _site(config: MkDocsConfig) -> Site:
    repository = (config.repo_url or "").rstrip("/")
    edit, own = (config.edit_uri or "").strip("/"), options(config)
    return Site(
        name=config.site_name,
        url=(config.site_url or "/").rstrip("/") + "/",
        repo_url=repository,
        edit_url=f"{repository}/{edit}/",
        new_url=f"{repository}/{edit.replace('edit/', 'new/', 1)}/",
        issue_url=f"{repository}/issues/new",
        mail=(config.extra.get("contribute") or {}).get("email"),
        assets=config.extra["assets"],
        bar=colours.bar_of(own["colours"]),
        atelier=own["atelier"],
        offline=own["offline"],
    )

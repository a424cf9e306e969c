"""The editorial pages of all regions, laid under a region's own ``docs/`` page by page."""

from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel, get_files, set_exclusions

from meedoenkaart.plugin.settings import EDITORIAL, settings


def pages_by_name(root: Path) -> Iterator[tuple[str, bool]]:
    """Yield the region's own files of ``docs/`` that are published, and whether each replaces a shared one."""
    config = settings(root)
    if Path(config.docs_dir) == EDITORIAL:
        return
    files = get_files(config)
    set_exclusions(files, config)
    shared = {below(config, path).dest_uri for path in shared_pages()}
    for file in sorted(files, key=lambda one: one.src_uri):
        if file.inclusion != InclusionLevel.EXCLUDED:
            yield file.src_uri, file.dest_uri in shared


def below(config: MkDocsConfig, path: Path) -> File:
    """Return a file that all regions share as MkDocs knows files."""
    name = path.relative_to(EDITORIAL).as_posix()
    file = File(name, str(EDITORIAL), config.site_dir, config.use_directory_urls)
    file.generated_by = "meedoenkaart"  # the region's repository has nothing there to edit
    return file


def shared_pages() -> list[Path]:
    """Return all files that regions share in ``docs/``."""
    return sorted(one for one in EDITORIAL.rglob("*") if one.is_file())

from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from meedoenkaart.icons import Icons
from meedoenkaart.infographic import Draughtsman
from meedoenkaart.infographic.measuring.fonts import FontFile
from meedoenkaart.layers import theme_of
from meedoenkaart.records.route import Route

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "node_modules/@fontsource-variable"
FILES = (
    FontFile(FONTS / "inter/files/inter-latin-wght-normal.woff2", "Inter Variable"),
    FontFile(FONTS / "inter/files/inter-latin-ext-wght-normal.woff2", "Inter Variable"),
    FontFile(FONTS / "noto-sans-arabic/files/noto-sans-arabic-arabic-wght-normal.woff2", "Noto Sans Arabic Variable"),
)


@pytest.fixture(scope="session")
def draughtsman() -> Draughtsman:
    return Draughtsman(FILES, Icons(ROOT), theme_of(ROOT), ROOT / ".cache/drawings")


def _plain(node: yaml.Node) -> Any:
    """Return what a file says as text, lists and mappings, as the project reads its files."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value) for value in node.value]
    return node.value


@pytest.fixture(scope="session")
def real_routes() -> list[Route]:
    files = [file for file in sorted((ROOT / "routes").glob("*.yml")) if file.stem != "statutory"]
    adapter = TypeAdapter(Route)
    found = [yaml.compose(file.read_text("utf-8"), Loader=yaml.CSafeLoader) for file in files]
    return [adapter.validate_python(_plain(node)) for node in found if node is not None]

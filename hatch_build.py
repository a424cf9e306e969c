"""What hatchling puts into a wheel beside the package: what is built or fetched before, so that nobody needs Node."""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_PARTS = {
    "theme": "*",
    "engine": "*",
    "icons": "*.svg",
    "fonts": "*/LICENSE",  # and the few files that the program names
    "reception": "*.yml",
    "spelling": "[ilp]*[ecn]",  # index.dic, license and package.json
}
"""What goes along, by its name in ``meedoenkaart.layers.MADE``, and which files of its folder."""


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the folder ``built/`` to a wheel; a checkout has all that where it was made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files, or say what is not there yet."""
        if version == "editable":
            return
        root = Path(self.root)
        places = runpy.run_path(str(root / "meedoenkaart/layers.py"))["MADE"]
        drawn_with = (root / "meedoenkaart/publishing/drawings.py").read_text("utf-8")
        found = {
            file: f"{name}/{file.relative_to(root / places[name]).as_posix()}"
            for name, pattern in _PARTS.items()
            for file in (root / places[name]).glob(pattern)
        }
        fonts = root / places["fonts"]
        woff2 = {file: file.relative_to(fonts).as_posix() for file in fonts.rglob("*.woff2")}
        found |= {file: f"fonts/{name}" for file, name in woff2.items() if f'"{name}"' in drawn_with}
        found |= {root / places["ask.mjs"]: "ask.mjs", root / places["icons"] / "../LICENSE": "icons/LICENSE"}
        for needed in ("theme/manifest.json", "engine/manifest.json", "fonts/inter/LICENSE", "spelling/index.dic"):
            if needed not in found.values():
                raise FileNotFoundError(f"built/{needed} can't be made yet: `make wheel` makes what it takes")
        build_data["force_include"] |= {str(file): f"meedoenkaart/built/{name}" for file, name in found.items()}

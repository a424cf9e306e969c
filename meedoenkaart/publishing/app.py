"""What makes the site an app on a phone's home screen, besides its manifest: icons, of the site's own picture."""

import json
from collections.abc import Iterator

from meedoenkaart.layers import Layers

_PICTURE = """
#let asked = json(bytes(sys.inputs.asked))
#set page(width: asked.size * 1pt, height: asked.size * 1pt, margin: 0pt, fill: if asked.plain { white } else { none })
#align(center + horizon, image(bytes(asked.svg), format: "svg", height: 100% * asked.part))
"""
_ICONS = {"app-192.png": (192, False), "app-512.png": (512, False), "app-maskable.png": (512, True)}
_WITHIN = 0.6
"""How much of a maskable icon its picture takes: a phone cuts any shape out of it, at least a circle."""


def app_icons(theme: Layers) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of each icon, from the site's root."""
    import typst

    svg = (theme / "assets/icon.svg").read_text("utf-8")
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
    for name, (size, plain) in _ICONS.items():
        asked = {"svg": svg, "size": size, "plain": plain, "part": _WITHIN if plain else 1}
        drawn = typst.compile(
            _PICTURE.encode(),
            font_paths=fonts,
            ignore_system_fonts=True,
            format="png",
            ppi=72.0,
            sys_inputs={"asked": json.dumps(asked)},
        )
        yield f"assets/{name}", drawn if isinstance(drawn, bytes) else drawn[0]

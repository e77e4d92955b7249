"""A picture in SVG as pixels."""

from __future__ import annotations

import re

from concausa.draw.fonts import drawer, foreign
from concausa.draw.palette import INK, LIGHT_PAGE, PRINT_INK

_OPENING = re.compile(r"<svg\b[^>]*>")


def raster(svg: str, scale: float = 2) -> bytes:
    """A drawn chart as a PNG, dark on white: the same pixels as :func:`png`, without drawing it again.

    Parameters
    ----------
    svg : str
        What :func:`svg` gave.
    scale : float
        Pixels for one unit of the chart.
    """
    page = f'<rect width="100%" height="100%" fill="{LIGHT_PAGE}"/>'
    printed = re.sub(rf'="{re.escape(INK)}"', f'="{PRINT_INK}"', svg)
    printed = _OPENING.sub(lambda match: match[0] + page, printed, count=1)
    data: bytes = drawer(system=foreign(svg)).svg_to_png(printed, scale=scale)
    return data

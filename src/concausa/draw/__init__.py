"""Charts to pictures: colours, layout of graphs, boundaries, SVG and PNG."""

from __future__ import annotations

from concausa.draw.picture import ChartError, png, svg

__all__ = ["ChartError", "png", "svg"]

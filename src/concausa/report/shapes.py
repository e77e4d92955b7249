"""Outlines that several pictures of a page share, such as the boundaries of states on its maps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

#: Length of an outline from which sharing it saves room.
LONG = 160

_PATH = re.compile(r'<path\b([^>]*?)\sd="([^"]*)"([^>]*?)(?:/>|>(.*?)</path>)', re.DOTALL)


class Shapes:
    """Long outlines that stand more than once in the pictures: defined once, used by name.

    Parameters
    ----------
    pictures : sequence of str
        Every SVG of the page, as :func:`concausa.draw.svg` gives it.
    """

    def __init__(self, pictures: Sequence[str]) -> None:
        counts = Counter(match[2] for picture in pictures for match in _PATH.finditer(picture))
        shared = [outline for outline, count in counts.items() if count > 1 and len(outline) >= LONG]
        self._names = {outline: f"shape-{number}" for number, outline in enumerate(shared)}

    @property
    def defined(self) -> Markup:
        """The outlines, for a ``<defs>`` at the head of the page; empty if none is shared."""
        from markupsafe import Markup

        return Markup("".join(f'<path id="{name}" d="{outline}"/>' for outline, name in self._names.items()))

    def shared(self, picture: str) -> Markup:
        """The picture with references in place of the outlines that it shares."""
        from markupsafe import Markup

        def used(match: re.Match[str]) -> str:
            if (name := self._names.get(match[2])) is None:
                return match[0]
            return f'<use{match[1]} href="#{name}"{match[3].rstrip()}>{match[4] or ""}</use>'

        return Markup(_PATH.sub(used, str(picture)))

"""Fonts for drawing: those that come with vl-convert, unless a text needs a script that they lack.

vl-convert brings Liberation Sans, which has Latin, Greek and Cyrillic. With it alone pictures are the same
on every machine and words are drawn three times as fast, for a font of the system is opened again for each
letter (`docs/decisions/charts.md`). Fonts are read once a process, when the first picture is drawn.
"""

from __future__ import annotations

import os
import re
from functools import cache
from importlib.resources import as_file, files
from types import ModuleType

#: A letter of a script that Liberation Sans does not have.
_FOREIGN = re.compile(
    "[\u0530-\u1cff\u2c00-\ud7ff\uf900-\ufaff\ufb13-\ufdff\ufe70-\ufeff\U00010000-\U0003ffff]"
)
_SETTING = "FONTCONFIG_FILE"
_PROBE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="8">a</text></svg>'


def foreign(text: str) -> bool:
    """Whether a text has letters for which fonts of the system are needed.

    Examples
    --------
    >>> foreign("Nuevo León, Κρήτη"), foreign("四川")
    (False, True)
    """
    return _FOREIGN.search(text) is not None


def drawer(*, system: bool) -> ModuleType:
    """vl-convert, with its fonts read.

    Parameters
    ----------
    system : bool
        Whether fonts of the system are read too. Only the first call of a process decides.
    """
    return _drawer() if _drawer.cache_info().currsize else _first(system)


def _first(system: bool) -> ModuleType:
    if system:
        return _drawer()
    before = os.environ.get(_SETTING)
    with as_file(files("concausa.draw") / "no-system-fonts.conf") as place:
        os.environ[_SETTING] = str(place)
        try:
            return _drawer()
        finally:
            # a browser that is opened later must find its fonts
            if before is None:
                del os.environ[_SETTING]
            else:
                os.environ[_SETTING] = before


@cache
def _drawer() -> ModuleType:
    import vl_convert

    vl_convert.svg_to_png(_PROBE)
    module: ModuleType = vl_convert
    return module

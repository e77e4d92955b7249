"""How a node moves with its parents, as text: ``+EL -BQ``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.nearest import nearest


def read_signs(node: str, text: str, parents: Sequence[str]) -> dict[str, int]:
    """Parents with the way in which a node moves with each: ``+EL -BQ``.

    Raises
    ------
    OptionError
        If the text is not signs and names of parents.
    """
    found: dict[str, int] = {}
    for sign, quoted, plain in re.findall(r'([+-])\s*(?:"([^"]+)"|([\w.]+))', text):
        name = quoted or plain
        if name not in parents:
            raise no_parent(name, node, parents, text)
        if name in found:
            raise OptionError(f'"{name}" is named twice', where=text, fix="give each parent one sign")
        found[name] = 1 if sign == "+" else -1
    rest = re.sub(r'([+-])\s*(?:"([^"]+)"|([\w.]+))', "", text)
    if not found or rest.strip(" ,;"):
        raise OptionError(
            f'how "{node}" moves is told by signs and parents',
            where=f"{node}: {text!r}",
            fix=f'write "+{parents[0]}"' if parents else f'"{node}" has no parents',
        )
    return found


def no_parent(name: str, node: str, parents: Sequence[str], where: str) -> UnknownNameError:
    """The error of a name that is no parent of a node."""
    near = nearest(name, parents)
    return UnknownNameError(
        f'"{name}" is no parent of "{node}"',
        where=where,
        fix=f'did you mean "{near}"?' if near else f"parents are {', '.join(parents) or 'none'}",
    )

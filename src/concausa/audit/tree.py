"""A chain: what stands behind a cell, a number or a sentence, as a tree down to the sources."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from concausa.core.table import Link
from concausa.core.typeset.plain_text import breadth, wrap
from concausa.core.visible import visible


@dataclass(frozen=True, slots=True)
class Chain:
    """One step of a chain, with the steps that it rests on.

    Parameters
    ----------
    label : str
        What the step says, in one line.
    kind : str
        ``cell``, ``case``, ``group``, ``place``, ``order``, or the kind of row: ``coding``,
        ``passage``, ``source``, ``fact``, ``check``, ``claim`` …
    link : Link or None
        The row of the study that it shows; None for a cell or a group.
    children : tuple of Chain
        What it rests on.
    """

    label: str
    kind: str
    link: Link | None = None
    children: tuple[Chain, ...] = ()

    def lines(self, width: int = 0) -> tuple[str, ...]:
        """The tree as text, drawn with box characters; wrapped to *width* columns unless 0.

        A line that is wrapped goes on under its text, beside the lines of the tree.
        A row that stands in it more than once is told in full the first time; later only its id.
        """
        return tuple(_lines(self, "", "", width, set()))

    def walk(self) -> Iterator[Chain]:
        """The step and all below it, from the top."""
        yield self
        for child in self.children:
            yield from child.walk()

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return {
            "label": self.label,
            "kind": self.kind,
            "link": self.link.anchor if self.link else None,
            "children": [child.data() for child in self.children],
        }

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def __repr__(self) -> str:
        return f"<Chain {self.kind}: {textwrap.shorten(self.label, 60)}>"


def group(label: str, steps: Sequence[Chain]) -> Chain | None:
    """Several steps under one label; None when there are none."""
    return Chain(label, "group", None, tuple(steps)) if steps else None


def place(row: Any) -> Chain | None:
    """Where the study's own text says it; None where the row does not tell."""
    section, notes = getattr(row, "section", ""), getattr(row, "footnotes", ())
    parts = [f"section {section}"] if section else []
    parts += [f"{'notes' if len(notes) > 1 else 'note'} {', '.join(notes)}"] if notes else []
    return Chain("in the text: " + ", ".join(parts), "place") if parts else None


def _fitted(text: str, room: int) -> list[str]:
    """The text in lines that fit, words and ids whole; as it stands where it fits."""
    return [text] if breadth(text) <= room else wrap(text, room)


def _lines(chain: Chain, first: str, rest: str, width: int, told: set[Link]) -> Iterator[str]:
    if chain.link in told and chain.link is not None:
        yield f"{first}{visible(chain.link.id)} (above)"
        return
    if chain.link is not None:
        told.add(chain.link)
    hanging = "│ " if chain.children else "  "
    texts = visible(chain.label).split("\n")
    if width:
        room = max(20, width - len(rest) - len(hanging))
        texts = [line for text in texts for line in _fitted(text, room)]
    yield first + texts[0]
    for text in texts[1:]:
        yield rest + hanging + text
    for number, child in enumerate(chain.children, start=1):
        last = number == len(chain.children)
        branch, below = ("└─ ", "   ") if last else ("├─ ", "│  ")
        yield from _lines(child, rest + branch, rest + below, width, told)

"""Level readings: which of the levels that codings give a cell may have, and who decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from concausa.audit.worlds.declared import only, opened
from concausa.audit.worlds.map_readings import one_way
from concausa.audit.worlds.open_choice import OpenChoice, Option
from concausa.core.caveat import Caveat
from concausa.measurement.coding import PLACES, Coding
from concausa.study.study import Study
from concausa.theory.choice import WORDS


@dataclass(frozen=True, slots=True)
class LevelReadings:
    """How codings that differ are read.

    Parameters
    ----------
    choice : OpenChoice or None
        Between places or coders; None where each cell chooses for itself, or nothing differs.
    by : str
        ``place``, ``coder``, or empty.
    names : tuple of str
        The place or coder of each option.
    """

    choice: OpenChoice | None
    by: Literal["", "place", "coder"]
    names: tuple[str, ...]

    def levels(self, codings: Sequence[Coding], option: int) -> tuple[str, ...]:
        """The levels that a cell may have, its usual one first.

        Where a place or coder is followed that gives this cell no level, it has its usual one: that of
        the first place that prints one. Where that place or coder gives several, any of them.

        Parameters
        ----------
        codings : sequence of Coding
            Those of the cell, in the order of ``in_order``.
        """
        if self.choice is not None:
            own = [coding for coding in codings if getattr(coding, self.by) == self.names[option]]
            codings = own or codings[:1]
        return tuple(dict.fromkeys(coding.level for coding in codings))


def in_order(codings: Iterable[Coding]) -> list[Coding]:
    """Codings of a cell, those of headings first, then by ``PLACES``, then as in the file."""
    return sorted(codings, key=lambda coding: PLACES.index(coding.place))


def level_readings(study: Study, cells: Mapping[tuple[str, str, str], Sequence[Coding]]) -> LevelReadings:
    """How the codings of a study are read.

    Only places and coders that give a level to some cell whose codings differ are options.

    Parameters
    ----------
    cells : mapping of (unit, period, condition) to sequence of Coding
        Codings of each cell in the order of ``in_order``.

    Raises
    ------
    OptionError
        If the row of kind ``levels`` has another option than those of ``concausa.theory.choice.WORDS``.
    """
    row = only(study, "levels")
    way = one_way(row, WORDS["levels"])
    if way == "cell by cell":
        return LevelReadings(None, "", ())
    differing = [
        coding
        for codings in cells.values()
        if len({coding.level for coding in codings}) > 1
        for coding in codings
    ]
    ranked = in_order(differing)
    if way == "by place":
        names = tuple(dict.fromkeys(coding.place for coding in ranked))
        options = tuple(
            Option(name, Caveat.of("place", "each cell as the {place} gives it", place=name))
            for name in names
        )
        label = Caveat.of("reading", "which part of the text is followed")
        return LevelReadings(opened("reading", label, options, row), "place", names)
    names = tuple(dict.fromkeys(coding.coder for coding in ranked))
    options = tuple(
        Option(name, Caveat.of("coder", "each cell as {coder} codes it", coder=name)) for name in names
    )
    label = Caveat.of("coder", "which coder is followed")
    return LevelReadings(opened("coder", label, options, row), "coder", names)

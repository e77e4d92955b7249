"""An outlook: one verdict over all worlds, how often each word occurs and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from concausa.audit.findings.deciding import formula
from concausa.audit.findings.formula import Formula
from concausa.audit.findings.verdict_table import VerdictTable, weigh
from concausa.audit.worlds.open_choice import OpenChoice
from concausa.rivals.verdict import DEPENDS


@dataclass(frozen=True, eq=False)
class Outlook:
    """A verdict over worlds. A share of worlds is a count of readings, no probability.

    Parameters
    ----------
    words : tuple of str
        Verdicts that occur; the place of each is its number in *table*.
    counts : mapping of str to int
        Worlds with each, over the choices on which its account may turn; or worlds drawn.
    baseline : str
        The verdict in the study's own reading.
    table : VerdictTable or None
        Reduced to the choices that matter; None where worlds were drawn.
    choices : tuple of OpenChoice
        Those of the whole space.
    """

    words: tuple[str, ...]
    counts: Mapping[str, int]
    baseline: str
    table: VerdictTable | None
    choices: tuple[OpenChoice, ...] = field(repr=False)

    @staticmethod
    def of(
        words: Sequence[str],
        numbers: NDArray[np.int8],
        baseline: str,
        places: Sequence[int],
        sizes: Sequence[int],
        choices: tuple[OpenChoice, ...],
        *,
        drawn: bool,
    ) -> Outlook:
        """From the number of a word in each world, numbered as a grid over *places* or drawn."""
        if drawn:
            found = np.bincount(numbers, minlength=len(words)).tolist()
            counts = {word: count for word, count in zip(words, found, strict=True) if count}
            return Outlook(tuple(words), counts, baseline, None, choices)
        classes = tuple(tuple((option,) for option in range(size)) for size in sizes)
        table = VerdictTable(tuple(places), classes, numbers.reshape(tuple(sizes))).reduced()
        counts = {}
        for number, word in enumerate(words):
            held = table.verdicts == number
            if held.any():
                counts[word] = table.idle * weigh(held, table.weights)
        return Outlook(tuple(words), counts, baseline, table, choices)

    @property
    def word(self) -> str:
        """The verdict if every world gives it, else ``depends on the reading``."""
        return next(iter(self.counts)) if len(self.counts) == 1 else DEPENDS

    @property
    def total(self) -> int:
        """Worlds looked at."""
        return sum(self.counts.values())

    @property
    def ranked(self) -> tuple[tuple[str, int], ...]:
        """Verdicts with their worlds, the most frequent first."""
        found = [(word, self.counts[word]) for word in self.words if word in self.counts]
        return tuple(sorted(found, key=lambda item: -item[1]))

    @property
    def drawn(self) -> bool:
        """Whether worlds were drawn."""
        return self.table is None

    @property
    def turns_on(self) -> tuple[OpenChoice, ...]:
        """The choices that matter."""
        return () if self.table is None else tuple(self.choices[place] for place in self.table.places)

    @cached_property
    def formulas(self) -> Mapping[str, Formula]:
        """For each verdict that some worlds give and others do not: when exactly; none where worlds were drawn."""
        if self.table is None or len(self.counts) == 1:
            return {}
        return {
            word: formula(self.table, self.table.verdicts == self.words.index(word), self.choices)
            for word in self.counts
        }

    def data(self) -> dict[str, object]:
        """``{"verdict", "counts", "worlds", "baseline", "turns_on"}``."""
        return {
            "verdict": self.word,
            "counts": dict(self.counts),
            "worlds": self.total,
            "drawn": self.drawn,
            "baseline": self.baseline,
            "turns_on": [choice.id for choice in self.turns_on],
        }

    def __str__(self) -> str:
        if len(self.counts) == 1:
            return self.word
        return "; ".join(f"{word} in {count:,} of {self.total:,}" for word, count in self.ranked)

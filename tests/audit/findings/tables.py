"""Verdict tables of made-up choices, drawn or written by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from hypothesis import strategies as st
from tests.small import bare

from concausa.audit.findings.verdict_table import VerdictTable
from concausa.audit.worlds.open_choice import OpenChoice, Option, Space
from concausa.core.caveat import Caveat
from concausa.study.study import Study
from concausa.theory.claim import Claim


def choice(number: int, size: int, preferred: int = 0) -> OpenChoice:
    """A choice ``c0`` with options ``o0``, ``o1`` …"""
    id = f"c{number}"
    options = [Option(f"o{n}", Caveat.of("option", "{id} as o{n}", id=id, n=n)) for n in range(size)]
    return OpenChoice(id, "cell", Caveat.of("choice", "what {id} is", id=id), tuple(options), preferred)


def table_of(verdicts: np.ndarray) -> tuple[VerdictTable, list[OpenChoice]]:
    """Its table, each option a class of its own, and its choices."""
    classes = tuple(tuple((n,) for n in range(size)) for size in verdicts.shape)
    table = VerdictTable(tuple(range(verdicts.ndim)), classes, np.asarray(verdicts, dtype=np.int8))
    return table, [choice(number, size) for number, size in enumerate(verdicts.shape)]


SIZES = [(), (2,), (4,), (2, 2), (3, 2), (2, 2, 2), (4, 3), (3, 2, 2), (2, 2, 2, 2), (3, 3, 2), (2, 3, 2, 3)]


@st.composite
def tables(draw: st.DrawFn, most: int = 64) -> np.ndarray:
    """Verdicts over a few choices: any, or such that some choices and options make no difference."""
    sizes = draw(st.sampled_from([sizes for sizes in SIZES if np.prod(sizes) <= most]))
    n = int(np.prod(sizes))
    some = draw(st.sampled_from([(0, 1), (0, 1, 3), (1,), (0, 1, 3, 6)]))
    drawn = np.array(draw(st.lists(st.sampled_from(some), min_size=n, max_size=n)), dtype=np.int8)
    verdicts = drawn.reshape(sizes)
    for axis, size in enumerate(sizes):
        like = draw(st.lists(st.integers(0, size - 1), min_size=size, max_size=size))
        if draw(st.booleans()):
            verdicts = verdicts.take(like, axis=axis)
    return verdicts


class Combining:
    """A test that tells the verdicts of arrays that broadcast, and so of every combination."""

    choices: tuple[int, ...]

    def verdicts(self, chosen: Mapping[int, np.ndarray]) -> np.ndarray:
        raise NotImplementedError

    def combined(self, options: Mapping[int, np.ndarray]) -> np.ndarray:
        axes = np.ix_(*(options[choice] for choice in self.choices))
        found = self.verdicts(dict(zip(self.choices, axes, strict=True)))
        return np.broadcast_to(found, tuple(len(options[choice]) for choice in self.choices))


@dataclass(frozen=True, eq=False)
class TableTest(Combining):
    """A test whose verdicts are written down, in the way that the tests of claims give them."""

    choices: tuple[int, ...]
    table: np.ndarray

    def verdicts(self, chosen: Mapping[int, np.ndarray]) -> np.ndarray:
        return self.table[tuple(chosen[choice] for choice in self.choices)].astype(np.int8)


@dataclass(frozen=True, eq=False)
class SumTest(Combining):
    """Supported if the options taken sum to at least *least*; too many choices to be written down."""

    choices: tuple[int, ...]
    least: int
    alike: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    def verdicts(self, chosen: Mapping[int, np.ndarray]) -> np.ndarray:
        total = sum(np.asarray(chosen[choice]) for choice in self.choices)
        return np.asarray(total >= self.least).astype(np.int8)


def space_of(sizes: tuple[int, ...], preferred: tuple[int, ...] = ()) -> Space:
    """A space of choices of these sizes."""
    homes = preferred or (0,) * len(sizes)
    return Space(tuple(choice(number, size, homes[number]) for number, size in enumerate(sizes)))


def study_of(*ids: str) -> Study:
    """A study that has claims and nothing else."""
    claims = tuple(Claim(id=id, text=f"what {id} says", kind="other") for id in ids)
    return replace(bare(), claims=claims)

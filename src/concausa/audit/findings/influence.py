"""Influences: how often each choice changes the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from concausa.audit.findings.finding import Influence
from concausa.audit.findings.verdict_table import VerdictTable
from concausa.audit.worlds.open_choice import OpenChoice


def influences(table: VerdictTable, choices: Sequence[OpenChoice]) -> tuple[Influence, ...]:
    """The influence of each choice of a reduced table, highest first, then in the order of the space.

    An influence is the share of the ways to settle all other choices in which the verdict (or the reason why
    there is none) is not the same under every option of this one. For two options and two verdicts it is
    the influence of a variable on a Boolean function [1]_.

    References
    ----------
    .. [1] Ben-Or and Linial (1985), *26th Annual Symposium on Foundations of Computer Science*, 408-416.
       https://doi.org/10.1109/SFCS.1985.15
    """
    return ranked([(place, table.influence(axis)) for axis, place in enumerate(table.places)], choices)


def ranked(shares: Sequence[tuple[int, Fraction]], choices: Sequence[OpenChoice]) -> tuple[Influence, ...]:
    """Influences from pairs of a choice's place and its share, highest first, without those of 0."""
    found = [Influence(place, choices[place], share) for place, share in shares if share]
    return tuple(sorted(found, key=lambda influence: (-influence.share, influence.place)))

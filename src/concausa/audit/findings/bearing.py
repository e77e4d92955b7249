"""Bearing: which changed rows can make a difference to which claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from concausa.audit.findings.footprint import Footprint, footprints
from concausa.audit.findings.row_changes import RowChange
from concausa.study.study import Study

#: Tables that no finding reads.
SILENT = frozenset(
    (
        "nodes mechanisms rivals predictions maps labels organisations memberships translations "
        "questions wordings hypotheses packages traces likelihoods prerequisites causal_models causal_queries clues "
        "dynamic_models dynamic_quantities dynamic_flows interventions bands scenarios term_codings"
    ).split()
)

#: Tables whose rows make a difference to a claim only if they are in its footprint.
PRINTED = frozenset("sources evidence codings events facts checks terms elections series".split())


@dataclass(frozen=True, slots=True)
class Bearing:
    """The changed rows of two studies, and what each can make a difference to.

    Parameters
    ----------
    rows : tuple of RowChange
    everywhere : tuple of int
        Places of the rows that may make a difference to any claim: a level map, a choice, an order.
    own : mapping of claim to tuple of int
        Places of the other rows that may make a difference to it: its own row, and rows of its footprint in
        either study.
    """

    rows: tuple[RowChange, ...]
    everywhere: tuple[int, ...]
    own: Mapping[str, tuple[int, ...]]

    @staticmethod
    def of(a: Study, b: Study, rows: Sequence[RowChange]) -> Bearing:
        """What the changes from *a* to *b* bear on."""
        everywhere: list[int] = []
        printed: list[int] = []
        own: dict[str, list[int]] = {}
        for place, row in enumerate(rows):
            if row.table == "claims":
                own.setdefault(row.id, []).append(place)
            elif row.table in PRINTED and row.kind != "order":
                printed.append(place)
            elif row.table not in SILENT:
                everywhere.append(place)
        if printed:
            prints = (footprints(a), footprints(b))
            for claim in {*prints[0], *prints[1]}:
                seen: list[Footprint] = [some[claim] for some in prints if claim in some]
                own.setdefault(claim, []).extend(
                    place
                    for place in printed
                    if any(one.holds(rows[place].table, rows[place].id) for one in seen)
                )
        return Bearing(
            tuple(rows), tuple(everywhere), {claim: tuple(places) for claim, places in own.items()}
        )

    def on(self, claim: str) -> tuple[int, ...]:
        """Places of the rows that may make a difference to a claim, rising."""
        return tuple(sorted((*self.everywhere, *self.own.get(claim, ()))))

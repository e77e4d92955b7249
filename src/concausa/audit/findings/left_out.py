"""Left out: worlds in which one case is not compared."""

from __future__ import annotations

import dataclasses

import numpy as np

from concausa.audit.worlds.case_slot import CaseSlot
from concausa.audit.worlds.cell_table import NO_DATA, CellTable, State
from concausa.audit.worlds.grains import grains
from concausa.audit.worlds.worlds import Worlds
from concausa.core.errors import UnknownNameError
from concausa.core.nearest import nearest
from concausa.theory.claim import Claim


def left_out(worlds: Worlds, case: str) -> Worlds:
    """The same worlds without one case: it is compared in none of them, and nothing is known of it.

    Where terms of office are the cases, a term that is read as that case is not compared either.

    Raises
    ------
    UnknownNameError
        If no world compares such a case, with the nearest name.
    """
    ids = [slot.id for slot in worlds.slots]
    if case not in ids:
        near = nearest(case, ids)
        raise UnknownNameError(
            f"no world compares a case {case!r}",
            fix=f"did you mean {near}?" if near else f"one of {', '.join(ids[:20])}",
        )
    blank = (State(None, None, NO_DATA),)
    cells = {
        key: CellTable(*key, (), blank, np.zeros((), dtype=np.int16)) if key[0] == case else table
        for key, table in worlds.cells.items()
    }
    fewer = _fewer(worlds, case)
    return dataclasses.replace(worlds, slots=tuple(_slots(worlds, case, fewer)), cells=cells)


def narrowed(claim: Claim, case: str) -> Claim:
    """A claim that no longer names a case among those on which it is judged, if it names others."""
    kept = tuple(id for id in claim.cases if id != case)
    return dataclasses.replace(claim, cases=kept) if kept else claim


def _slots(worlds: Worlds, case: str, fewer: dict[str, frozenset[int]]) -> list[CaseSlot]:
    grain = next(iter(worlds.space.of_kind("grain")), None)
    kept = []
    for slot in worlds.slots:
        gone = fewer.get(slot.id, frozenset())
        if slot.id == case or (gone and grain is None):
            continue
        presence = tuple(
            (choice, options - gone if choice == grain else options) for choice, options in slot.presence
        )
        if all(options for _, options in presence):
            kept.append(dataclasses.replace(slot, presence=presence))
    return kept


def _fewer(worlds: Worlds, case: str) -> dict[str, frozenset[int]]:
    """For each term, the options of the grain under which it is read as a case."""
    return {
        term.id: frozenset(
            option for option in term.options if f"{term.term.unit}-{term.periods[option]}" == case
        )
        for term in grains(worlds.study).terms
    }

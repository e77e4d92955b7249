"""One side: whose interviews a conclusion rests on, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from concausa.audit.findings.footprint import Footprint, footprint
from concausa.evidence.source import Source
from concausa.study.study import Study
from concausa.theory.claim import Claim


@dataclass(frozen=True, slots=True)
class Sides:
    """Whose word is behind something.

    Parameters
    ----------
    of : str
        A claim's id, or a cell such as ``NL-1.BQ``.
    interviews : mapping of side to tuple of sources
        Interviews by the side that speaks, empty where it is not stated; in the order of the study.
    documents : tuple of str
        Sources that are no interviews.
    own : tuple of str
        The text from which the study was coded, where passages give it as their source: the author
        speaks there with no other source. It stands beside interviews, but is no document of its own.
    """

    of: str
    interviews: Mapping[str, tuple[str, ...]]
    documents: tuple[str, ...] = ()
    own: tuple[str, ...] = ()

    @property
    def side(self) -> str | None:
        """The only side that is interviewed; None if several are, none is, or it is not stated."""
        sides = list(self.interviews)
        return sides[0] if len(sides) == 1 and sides[0] else None

    @property
    def alone(self) -> bool:
        """Whether interviews of one side are all that there is, with no document beside them."""
        return self.side is not None and not self.documents

    def data(self) -> dict[str, object]:
        """As plain JSON values."""
        return {
            "of": self.of,
            "interviews": {side: list(ids) for side, ids in self.interviews.items()},
            "documents": list(self.documents),
            "own": list(self.own),
            "side": self.side,
            "alone": self.alone,
        }


@dataclass(frozen=True, slots=True)
class OneSided:
    """A conclusion behind which interviews of one side only stand.

    Parameters
    ----------
    whole : Sides
        Of the claim, all cells together.
    cells : tuple of Sides
        Of each of its cells that only one side's interviews speak of.
    """

    whole: Sides
    cells: tuple[Sides, ...]


def one_sided(study: Study, claim: Claim) -> OneSided | None:
    """Where a claim rests on interviews of one side; None where it nowhere does.

    A cell rests on the sources of its codings' passages; on its codings' own source where they name no
    passage.
    """
    found = footprint(study, claim)
    whole, cells = sides(study, found), sides_of_cells(study, found)
    single = tuple(one for one in cells if one.side is not None)
    return OneSided(whole, single) if whole.side is not None or single else None


def sides(study: Study, footprint: Footprint) -> Sides:
    """Whose word is behind a claim, with all that its finding can rest on."""
    return _sides(study, footprint.claim, footprint.rows.get("sources", ()))


def sides_of_cells(study: Study, footprint: Footprint) -> tuple[Sides, ...]:
    """Whose word is behind each cell of a claim that has any source."""
    source_of = {row.id: row.source for row in study.evidence}
    found: dict[tuple[str, str], dict[str, None]] = {cell: {} for cell in footprint.cells}
    for row in study.codings:
        cell = (f"{row.unit}-{row.period}", row.condition)
        if cell in found and not row.indicator:
            ids = [source_of[id] for id in row.evidence if id in source_of] or [row.source]
            found[cell].update(dict.fromkeys(ids))
    return tuple(_sides(study, ".".join(cell), ids) for cell, ids in found.items() if any(ids))


def _sides(study: Study, of: str, ids: Iterable[str]) -> Sides:
    own = {row.source for row in study.codings}
    wanted = set(ids)
    rows: list[Source] = [row for row in study.sources if row.id in wanted]
    interviews: dict[str, list[str]] = {}
    for row in rows:
        if row.kind == "interview":
            interviews.setdefault(row.side, []).append(row.id)
    documents = [row.id for row in rows if row.kind != "interview"]
    return Sides(
        of,
        {side: tuple(ids) for side, ids in interviews.items()},
        tuple(id for id in documents if id not in own),
        tuple(id for id in documents if id in own),
    )

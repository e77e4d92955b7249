"""Limits: what may not be claimed, since the cases cannot show it, in whichever world."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from concausa.audit.claims import proposition as p
from concausa.audit.claims.verdict import Verdict
from concausa.audit.expected import expectations
from concausa.audit.findings.by_form import by_form
from concausa.audit.findings.chance import Chance, Fit, chance, range_of
from concausa.audit.findings.collinear import collinear
from concausa.audit.findings.finding import Finding
from concausa.audit.findings.mentions import mentions
from concausa.audit.findings.sides import (
    Seen,
    Sides,
    Stands,
    columns_of,
    in_row,
    seen,
    sides_of,
    stands,
)
from concausa.audit.layouts import LISTED
from concausa.audit.worlds.worlds import Worlds
from concausa.core.caveat import Caveat
from concausa.core.table import Link
from concausa.expr.boolean import atoms, parse, truth
from concausa.expr.tree import Name, quoted
from concausa.study.study import Study
from concausa.theory.claim import Claim

#: What each kind of claim says fits perfectly; other kinds make no law of one set and the outcome.
FITS: dict[str, Fit] = {
    "necessary": "necessary",
    "disjunction": "necessary",
    "sufficient": "sufficient",
    "jointly sufficient": "sufficient",
    "typology": "sufficient",
}

#: Kinds of claims whose sentence tells of causes, of which levels, dates and numbers are only the signs.
TELLING_CAUSES = frozenset(("feedback", "persistence", "sequence", "scope", "other"))


@dataclass(frozen=True, slots=True)
class Limit:
    """Something that a finding does not show.

    Parameters
    ----------
    kind : str
        ``by form``, no levels could make it otherwise · ``no cause``, causes are not tested · ``no case`` ·
        ``no variation`` · ``remainder``, rows that the claim speaks of and nobody fills ·
        ``test row``, the row that alone could tell one condition from the rest · ``collinear`` · ``units``,
        several cases of one · ``between units`` · ``programme`` · ``chance`` · ``named cases``.
    said : Caveat
        The sentence for readers.
    links : tuple of Link
        The rows meant.
    """

    kind: str
    said: Caveat
    links: tuple[Link, ...] = ()


def limits(study: Study, worlds: Worlds, finding: Finding) -> tuple[Limit, ...]:
    """What the finding for one claim does not show, strongest limits first; a share of worlds is no probability.

    Shares are counted over the choices that bear on each limit, or over a draw of ``sides.LOOKED_AT``
    worlds where these are more; then the sentence says *drawn*.
    """
    claim = finding.claim
    found = stands(worlds, claim)
    if found is None:
        if not claim.states:
            return ()
        return (*_by_form(worlds, claim), *_no_cause(claim), *_named(study, claim))
    return (
        *_by_form(worlds, claim),
        *_untestable(finding),
        *_rows(study, worlds, finding, found),
        *_collinear(worlds, finding, found),
        *_units(study, worlds, finding, found),
        *_chance(finding, found),
        *_programmes(study),
        *_named(study, claim),
    )


def axes(worlds: Worlds) -> tuple[str, ...]:
    """The conditions, outcomes and moderators left out, that some case may be in or out of."""
    known = {
        condition
        for (_, condition), cell in worlds.cells.items()
        if any(state.membership is not None for state in cell.states)
    }
    return tuple(row.id for row in worlds.study.conditions if row.role == "condition" and row.id in known)


def _by_form(worlds: Worlds, claim: Claim) -> Iterator[Limit]:
    templates = {
        Verdict.SUPPORTED: "no levels that its cells might have could contradict it: it is true by its form",
        Verdict.CONTRADICTED: "no levels that its cells might have could support it: it is false by its form",
    }
    if (verdict := by_form(worlds, claim)) is not None:
        yield Limit("by form", Caveat.of("by form", templates[verdict]))


def _no_cause(claim: Claim) -> Iterator[Limit]:
    if claim.kind in TELLING_CAUSES:
        yield Limit(
            "no cause",
            Caveat.of(
                "no cause",
                "levels, dates and numbers are held against it; that one thing brought the other about is not tested",
            ),
        )


def _untestable(finding: Finding) -> Iterator[Limit]:
    templates = {
        Verdict.NO_CASE: "in {worlds} of {total} worlds no case is one that the claim speaks of",
        Verdict.NO_VARIATION: "in {worlds} of {total} worlds no case lacks what the claim would have to be set "
        "against",
    }
    for verdict, template in templates.items():
        if number := finding.counts.get(verdict, 0):
            yield Limit(
                verdict.reason, Caveat.of(verdict.reason, template, worlds=number, total=finding.total)
            )


# --- rows that nobody fills -------------------------------------------------------------------


def _rows(study: Study, worlds: Worlds, finding: Finding, found: Stands) -> Iterator[Limit]:
    """Rows of the property space on which the claim says something and no case does."""
    claim, names = finding.claim, axes(worlds)
    fit, tree = FITS.get(claim.kind), parse(claim.when)
    said = {atom.name for atom in atoms(tree) if isinstance(atom, Name)}
    whole = all(isinstance(atom, Name) for atom in atoms(tree)) and said <= set(names)
    if fit is None or not said or not whole or len(names) > LISTED:
        return
    under = parse(claim.under or "1")
    if not all(isinstance(atom, Name) and atom.name in names for atom in atoms(under)):
        under = parse("1")  # levels, or a moderator, that cut no row of these conditions
    region = [
        row
        for row in (dict(zip(names, values, strict=True)) for values in product((1, 0), repeat=len(names)))
        if (truth(tree, row, lambda _: False) > 0.5) == (fit == "sufficient")
        and truth(under, row, lambda _: False) > 0.5
    ]
    filled = [in_row(worlds, found.cases, found.judged, row) for row in region]
    empty = [_row(row) for row, some in zip(region, filled, strict=True) if not _ever(some, claim.id)]
    if empty:
        yield Limit(
            "remainder",
            Caveat.of(
                "remainder",
                "no case fills {rows} in any world: what the claim says of {count} of its {all} rows is untested",
                rows="; ".join(empty),
                count=len(empty),
                all=len(region),
            ),
            tuple(Link("conditions", name) for name in names),
        )
    for part, row in _test_rows(study, names, said, fit):
        place = region.index(row) if row in region else None
        if place is None or _row(row) in empty:
            continue
        looked = seen((filled[place],), claim.id)
        without = int((looked.values[0] != 2).sum())
        if without:
            yield Limit(
                "test row",
                _counted(
                    "test row",
                    "only a case in {row} tells {part} from the other conditions, and in {worlds} of {total} "
                    "worlds there is none",
                    looked,
                    without,
                    row=_row(row),
                    part=part,
                ),
                (Link("conditions", part),) if part in names else (),
            )


def _test_rows(
    study: Study, names: Sequence[str], said: set[str], fit: Fit
) -> Iterator[tuple[str, dict[str, int]]]:
    """As in :func:`concausa.audit.layouts.wanted`, from what the claim says formally."""
    helps = {row.condition: 1 if row.value is None else row.value for row in expectations(study, names)}
    parts = [[name] for name in names if name in said] if fit == "necessary" else [sorted(said)]
    for part in parts:
        yield (
            "*".join(quoted(name) for name in part),
            {
                name: helps[name] if (name in part) != (fit == "necessary") else 1 - helps[name]
                for name in names
            },
        )


def _row(row: dict[str, int]) -> str:
    return "*".join(quoted(name) if value else f"~{quoted(name)}" for name, value in row.items())


def _ever(filled: p.Proposition, key: str) -> bool:
    return bool((seen((filled,), key).values[0] == 2).any())


# --- conditions that move together ------------------------------------------------------------


def _collinear(worlds: Worlds, finding: Finding, found: Stands) -> Iterator[Limit]:
    claim, names = finding.claim, axes(worlds)
    said = {atom.name for text in (claim.when, claim.part) if text for atom in atoms(parse(text))}
    for place, one in enumerate(names):
        for other in names[place + 1 :]:
            if not said & {one, other} or len(found.cases) < 2:
                continue
            pair = {name: sides_of(worlds, found.cases, name) for name in (one, other)}
            looked = seen((*pair[one], *pair[other], *found.judged), claim.id)
            yield from _told_together(looked, (one, other), len(found.cases))


def _told_together(looked: Seen, pair: tuple[str, str], cases: int) -> Iterator[Limit]:
    sides, n = {}, looked.worlds
    within = columns_of(looked.values[2 * cases :], n)
    # A case that is not judged agrees with every other: it takes the sides of one that is.
    first = np.argmax(within == 2, axis=1)[:, None]
    for place, name in enumerate(pair):
        own = columns_of(looked.values[place * cases : (place + 1) * cases], n)
        sides[name] = np.where(within == 2, own, np.take_along_axis(own, first, axis=1))
    for found in collinear({name: rows[(within == 2).any(axis=1)] for name, rows in sides.items()}):
        opposite = "on opposite sides" if found.opposite else "on the same side"
        template = f"{{one}} and {{other}} lie {opposite} in every case in {{worlds}} of {{total}} worlds"
        yield Limit(
            "collinear",
            _counted("collinear", template, looked, found.worlds, one=found.one, other=found.other),
            tuple(Link("conditions", name) for name in pair),
        )


# --- units, programmes, chance ----------------------------------------------------------------


def _units(study: Study, worlds: Worlds, finding: Finding, found: Stands) -> Iterator[Limit]:
    """Several cases of one unit are no independent cases."""
    unit_of = _units_of(worlds, found.cases)
    own = worlds.space.preferred
    absent = {slot.id for slot in worlds.slots if not finding.claim.cases and not slot.present(own)}
    here = [case for case in found.cases if case not in absent]
    units = {
        unit: [case for case in here if unit_of[case] == unit] for unit in map(unit_of.get, here) if unit
    }
    several = {unit: cases for unit, cases in units.items() if len(cases) > 1}
    if not several:
        return
    links = tuple(Link("units", unit) for unit in several)
    yield Limit(
        "units",
        Caveat.of(
            "units",
            "the {cases} cases are of {units} units, seen more than once: {which}; they are no independent cases",
            cases=len(here),
            units=len(units),
            which="; ".join(f"{unit}: {', '.join(cases)}" for unit, cases in several.items()),
        ),
        links,
    )
    if len(several) < 2:
        return
    looked = seen((*found.outcome, *found.judged), finding.claim.id)
    outcome, within = _halves(looked, len(found.cases))
    by_unit = [
        (outcome[:, places], within[:, places])
        for unit in dict.fromkeys(unit_of.values())
        for places in [[place for place, case in enumerate(found.cases) if unit_of[case] == unit]]
    ]
    alike = np.ones(looked.worlds, dtype=bool)
    for sides, counted in by_unit:
        alike &= ~(((sides == 0) & counted).any(axis=1) & ((sides == 2) & counted).any(axis=1))
    known = ((outcome != 1) | ~within).all(axis=1)
    differs = ((outcome == 0) & within).any(axis=1) & ((outcome == 2) & within).any(axis=1)
    if number := int((alike & known & differs).sum()):
        yield Limit(
            "between units",
            _counted(
                "between units",
                "in {worlds} of {total} worlds all cases of a unit share the outcome: whatever lasting sets "
                "{which} apart accounts for it as well",
                looked,
                number,
                which=", ".join(units),
            ),
            tuple(Link("units", unit) for unit in units),
        )


def _units_of(worlds: Worlds, cases: Sequence[str]) -> dict[str, str]:
    units = {slot.id: slot.unit for slot in worlds.slots}
    return {case: units[case] if case in units else worlds.study.case(case).unit.id for case in cases}


def _chance(finding: Finding, found: Stands) -> Iterator[Limit]:
    """How easily so few cases fit by chance: the lowest and the highest over the worlds in which they fit."""
    fit = FITS.get(finding.claim.kind)
    cases = len(found.cases)
    if fit is None or not cases or not finding.count("supported"):
        return
    looked = seen((*found.when, *found.outcome, *found.judged), finding.claim.id)
    when = columns_of(looked.values[:cases], looked.worlds)
    outcome = columns_of(looked.values[cases : 2 * cases], looked.worlds)
    judged = columns_of(looked.values[2 * cases :], looked.worlds)
    fits = perfect_fits(when, outcome, judged, fit)
    ends = range_of(fits)
    if ends is None:
        return
    claim = finding.claim
    for end in dict.fromkeys(ends):
        sets = {"set": f"[{claim.when}]", "claimed": f"[{claim.outcome}]"}
        said = end.said
        yield Limit(
            "chance",
            _counted(said.kind, said.template, looked, fits[end], **(dict(said.values) | sets)),
        )


def perfect_fits(when: Sides, outcome: Sides, judged: Sides, fit: Fit) -> dict[Chance, int]:
    """In how many worlds each perfect fit is found; worlds without variation or with gaps aside.

    Parameters
    ----------
    when, outcome, judged : array of int8, worlds × cases
        0 no, 1 unknown, 2 yes.
    """
    within = judged == 2
    known = (judged != 1).all(axis=1) & (((when != 1) & (outcome != 1)) | ~within).all(axis=1)
    members, positive = (when == 2) & within, (outcome == 2) & within
    broken = (positive & ~members) if fit == "necessary" else (members & ~positive)
    n, k, m = within.sum(axis=1), positive.sum(axis=1), members.sum(axis=1)
    fits = known & ~broken.any(axis=1) & (k > 0) & (k < n) & (m > 0) & (m < n)
    numbers, worlds = np.unique(np.stack([n, k, m], axis=1)[fits], axis=0, return_counts=True)
    return {
        chance(cases, with_outcome, in_set, fit): int(count)
        for (cases, with_outcome, in_set), count in zip(numbers.tolist(), worlds.tolist(), strict=True)
    }


def _programmes(study: Study) -> Iterator[Limit]:
    """All cases live under the same national programmes: nothing is set against them."""
    shared = [row for row in study.organisations if row.kind == "programme" and not row.unit]
    if shared:
        yield Limit(
            "programme",
            Caveat.of(
                "programme",
                "every case is under {programmes}; what holds here may hold under that alone",
                programmes="; ".join(row.name for row in shared),
            ),
            tuple(Link("organisations", row.id) for row in shared),
        )


def _named(study: Study, claim: Claim) -> Iterator[Limit]:
    """The cases that a claim reads, where these are fixed by name."""
    said = mentions(study, claim)
    judged = claim.cases if said.conditions else ()
    cases = dict.fromkeys((*judged, *(case for case, _ in said.cells)))
    if cases and not said.compared:
        yield Limit(
            "named cases",
            Caveat.of(
                "named cases",
                "it is judged on {cases} alone; nothing follows for other cases",
                cases=", ".join(cases),
            ),
        )


def _halves(looked: Seen, cases: int) -> tuple[Sides, np.ndarray[tuple[int, int], np.dtype[np.bool_]]]:
    first = columns_of(looked.values[:cases], looked.worlds)
    return first, columns_of(looked.values[cases:], looked.worlds) == 2


def _counted(kind: str, template: str, looked: Seen, number: int, **values: object) -> Caveat:
    """A sentence that counts worlds, or worlds drawn."""
    if looked.sampled:
        template = template.replace("{total} worlds", "{total} worlds drawn")
    return Caveat.of(kind, template, worlds=number, total=looked.worlds, **values)

"""Case studies as they are printed: journal tables and a memo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from concausa.core.table import Cell, Heading, Table
from concausa.core.typeset.plain_text import wrap
from concausa.selection.pair_group import DESIGNS, Design
from concausa.selection.set_types import SET_TYPES, SetType

if TYPE_CHECKING:
    from concausa.selection.best_cases import BestCase
    from concausa.selection.case_studies import CaseStudies
    from concausa.selection.pair_group import CasePair, PairGroup

_COMBINING = (
    "Schneider & Rohlfing (2013), Combining QCA and Process Tracing, Sociological Methods & Research 42(4), 559-597."
    " https://doi.org/10.1177/0049124113481341"
)
_FORMULAS = (
    "Oana & Schneider (2018), SetMethods: an Add-on R Package for Advanced QCA, The R Journal 10(1), 507-533."
    " https://doi.org/10.32614/RJ-2018-031"
)
_CORRIDORS = (
    "Schneider & Rohlfing (2019), Set-theoretic Multimethod Research: The Role of Test Corridors and Conjunctions"
    " for Case Selection, Swiss Political Science Review. https://doi.org/10.1111/spsr.12382"
)
SOURCES = (_COMBINING, _FORMULAS, _CORRIDORS)

#: Most cases of a group that the memo lists, and most pairs.
LISTED, PAIRED = 6, 3

#: What a study of a single case of a kind is for.
PURPOSES: dict[SetType, str] = {
    "typical": "trace the mechanism from the term to the outcome",
    "deviant in consistency": "find the condition that the term lacks",
    "deviant in degree": "not recommended for study",
    "deviant in coverage": "find the term that the model lacks",
    "irrelevant": "of no use alone; compared with others",
}

#: What a comparison of a design is for.
AIMS: dict[Design, str] = {
    "typical with typical": "does the conjunct make a difference to the same mechanism?",
    "typical with irrelevant": "does the conjunct make a difference to outcome and mechanism?",
    "typical with deviant in consistency": "which condition does the term lack?",
    "deviant in coverage with irrelevant": "which term does the model lack?",
}

_ORDER = (
    "Order: uniquely covered cases first, then rank (1: the focal conjunct decides membership in the term), then "
    "value; smaller is better, and ties share a place."
)
_PAIR_ORDER = (
    "Order: pairs of cases covered by this term alone (an irrelevant case: by none) first, then rank, then value; "
    "smaller is better, and ties share a place. Comparisons with a deviant case go by value alone."
)


def singles_table(found: CaseStudies) -> Table:
    """Every candidate, with memberships, rank and value."""
    clustered = bool(found.ground.clusters)
    headings = [
        Heading("kind", "kind"),
        Heading("term", "term or row"),
        Heading("focal", "focal conjunct"),
        Heading("place", "place", "right"),
        Heading("case", "case"),
        *([Heading("cluster", "cluster"), Heading("in-cluster", "in cluster", "right")] if clustered else []),
        Heading("unique", "uniquely covered"),
        Heading("rank", "rank", "right"),
        Heading("value", "value", "right"),
        Heading("set", "in term or row", "right"),
        Heading("outcome", f"in {found.ground.outcome_name}", "right"),
    ]
    rows = []
    for one in found.singles:
        own = [Cell(one.cluster), _whole(one.place_in_cluster)] if clustered else []
        rows.append(
            [
                Cell(one.kind),
                Cell(one.term or one.row),
                Cell(one.focal),
                _whole(one.place),
                Cell(one.case, tone="good" if one.best else "plain"),
                *own,
                _yes(one.unique),
                _whole(one.rank),
                _share(one.value),
                _share(one.membership("row" if not one.term else "term")),
                _share(one.membership("outcome")),
            ]
        )
    title = f"Cases for single case studies of {found.ground.outcome_name}"
    return Table.of("case-studies", title, headings, rows, notes=[_ORDER, *_caveats(found)])


def pairs_table(found: CaseStudies) -> Table:
    """The best pairs of every design."""
    clustered = found.scope != "all"
    headings = [
        Heading("design", "comparison"),
        Heading("of", "term or row"),
        Heading("focal", "focal conjunct"),
        *([Heading("cluster", "cluster")] if clustered else []),
        Heading("place", "place", "right"),
        Heading("first", "first case"),
        Heading("second", "second case"),
        Heading("rank", "rank", "right"),
        Heading("value", "value", "right"),
        Heading("clean", "uniquely, or globally un-, covered"),
        Heading("n", "pairs", "right"),
    ]
    rows = []
    for group in found.pairs:
        for pair in group.pairs:
            own = group.cluster or " – ".join(pair.clusters)
            flags = ["n/a" if flag is None else "yes" if flag else "no" for flag in pair.clean]
            rows.append(
                [
                    Cell(group.design),
                    Cell(group.term or group.row),
                    Cell(group.focal),
                    *([Cell(own)] if clustered else []),
                    _whole(pair.place),
                    Cell(pair.first),
                    Cell(pair.second),
                    _whole(pair.rank),
                    _share(pair.value),
                    Cell(", ".join(flags), list(pair.clean)),
                    _whole(group.n),
                ]
            )
    notes = [_PAIR_ORDER, *_without(found), *_caveats(found)]
    title = f"Pairs for comparative case studies of {found.ground.outcome_name}"
    return Table.of("case-pairs", title, headings, rows, notes=notes)


def memo(found: CaseStudies, width: int = 80) -> str:
    """The best of every kind and design, with the reason to study it."""
    head = f"Case studies of {found.ground.outcome_name}, {len(found.ground.cases)} cases"
    lines = [*wrap(head, width), ""]
    for kind in SET_TYPES:
        own = [one for one in found.singles if one.kind == kind]
        if kind in PURPOSES:
            lines += wrap(f"{kind.capitalize()}: {PURPOSES[kind]}", width)
            lines += _singles(own, width) if own else ["  none"]
    lines.append("")
    for design in DESIGNS:
        groups = [group for group in found.pairs if group.design == design]
        lines += wrap(f"{design.capitalize()}: {AIMS[design]}", width)
        lines += [line for group in groups for line in _pairs(group, width)] or ["  none"]
    lines += ["", *_wrapped(_ORDER, "", width)]
    lines += [line for caveat in found.caveats for line in _wrapped(f"note: {caveat}", "  ", width)]
    return "\n".join(lines)


def _singles(own: Sequence[BestCase], width: int) -> Iterator[str]:
    """A group: its cases in their order, those that share a place together, with value and rank."""
    grouped: dict[tuple[str, str, str], list[BestCase]] = {}
    for one in own:
        grouped.setdefault((one.term, one.focal, one.row), []).append(one)
    for (term, focal, row), cases in grouped.items():
        head = f"{term}, {focal} in focus" if focal else term or row or "in no row"
        shown = cases[:LISTED]
        by_place: dict[int | None, list[BestCase]] = {}
        for one in shown:
            by_place.setdefault(one.place, []).append(one)
        told = ", ".join(
            f"{', '.join(one.case for one in tied)}{_told(tied[0])}" for tied in by_place.values()
        )
        if len(cases) > len(shown):
            told += f" and {len(cases) - len(shown):,} more"
        yield from _wrapped(f"  {head}: {told}", "    ", width)


def _told(one: BestCase) -> str:
    if one.value is None:
        return ""
    parts = [f"{one.value:.2f}"]
    if one.rank is not None:
        parts.append(f"rank {one.rank}")
    if one.unique is False:
        parts.append("other terms too")
    if one.tied > 1:
        parts.append(f"{one.tied} tied")
    return f" ({', '.join(parts)})"


def _pairs(group: PairGroup, width: int) -> list[str]:
    head = f"{group.term}, {group.focal} in focus" if group.focal else group.term or group.row
    head += f", {group.cluster}" if group.cluster else ""
    if not group.n:
        return _wrapped(f"  {head}: {_lack(group)}", "    ", width)
    told = ", ".join(f"{pair.first}–{pair.second} ({_weighed(pair)})" for pair in group.pairs[:PAIRED])
    more = f"; {group.n - PAIRED:,} more" if group.n > PAIRED else ""
    tied = f"; {group.tied} equally good" if group.tied > 1 else ""
    return _wrapped(f"  {head}: {told}{more}{tied}", "    ", width)


def _weighed(pair: CasePair) -> str:
    parts = [f"{pair.value:.2f}"]
    if pair.rank is not None:
        parts.append(f"rank {pair.rank}")
    if False in pair.clean:
        parts.append("other terms too")
    return ", ".join(parts)


def _lack(group: PairGroup) -> str:
    """Why there is no pair."""
    first, _, second = group.design.partition(" with ")
    where = f" in row {group.row}" if group.row else ""
    if not group.firsts:
        return f"no case{where} is {first}"
    if first == second:
        return f"only one case{where} is {first}"
    return f"no case{where} is {second}" if not group.seconds else "no pair in this scope"


def _without(found: CaseStudies) -> list[str]:
    lacking = [group for group in found.pairs if not group.n]
    told = [
        f"{group.design}, {group.term or group.row}{f' ({group.focal})' if group.focal else ''}"
        f"{f' in {group.cluster}' if group.cluster else ''}: {_lack(group)}"
        for group in lacking
    ]
    return [f"No pair: {'; '.join(told)}."] if told else []


def _caveats(found: CaseStudies) -> list[str]:
    return [f"Caveat: {caveat}." for caveat in found.caveats]


def _whole(number: int | None) -> Cell:
    return Cell("", missing=True) if number is None else Cell(f"{number:,}", number)


def _share(value: float | None) -> Cell:
    return Cell("", missing=True) if value is None else Cell(f"{value:.2f}", value)


def _yes(flag: bool | None) -> Cell:
    return Cell("", missing=True) if flag is None else Cell("yes" if flag else "no", flag)


def _wrapped(text: str, indent: str, width: int) -> list[str]:
    bare = text.lstrip()
    lines = wrap(bare, width - len(indent))
    return [text[: len(text) - len(bare)] + lines[0], *(indent + line for line in lines[1:])]

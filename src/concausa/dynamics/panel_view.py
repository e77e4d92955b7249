"""The honesty panel as it is printed: a page of sentences, tables, JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from concausa.core.table import Cell, Heading, Table
from concausa.dynamics import ablation_view, assumptions_view, learned_view, left_out_view, removed_view
from concausa.dynamics.ablation_view import trials_table
from concausa.dynamics.removed_view import share

if TYPE_CHECKING:
    from concausa.dynamics.panel import Honesty
    from concausa.dynamics.variant import Trial

#: With nothing admitted, parts that can still be told.
_STILL = ("removed", "structure", "ranges", "tolerances", "readings")

_TITLES: Mapping[str, str] = {
    "learned": "What was learned",
    "removed": "What it rests on",
    "left out": "What the rest foretells of each item",
    "outcomes": "What it says",
    "structure": "With parts switched",
    "ranges": "With other ranges",
    "priors": "With other priors",
    "tolerances": "With wider bands",
    "readings": "With other readings of the study",
}


def page(found: Honesty, parts: Sequence[str]) -> str:
    """Sections of sentences, and at the end what they do not bear."""
    blocks = [_head(found)]
    if not found.matching.admitted().draws:
        blocks.append(str(found.conflict))
        parts = [part for part in parts if part in _STILL]
    for part in parts:
        if told := _SAID[part](found):
            blocks.append(f"{_TITLES[part]}\n{_indented(_without_caveats(told))}")
    if limits := not_borne(found, parts):
        blocks.append(f"What it does not bear\n{_indented(chr(10).join(limits))}")
    return "\n\n".join(blocks)


def not_borne(found: Honesty, parts: Sequence[str]) -> list[str]:
    """What a reader must not take from the parts told."""
    lines: list[str] = []
    if not found.matching.admitted().draws:
        return ["Nothing can be concluded from a model that cannot meet the evidence."]
    if "learned" in parts and (unlearned := found.learned.of("not learned")):
        told = len([one for one in found.learned.lessons if one.unknown.kind != "noise"])
        lines.append(
            f"Nothing was learned of {len(unlearned)} of {told} unknowns: their ranges are assumptions."
        )
    if "outcomes" in parts:
        settled = ("assumption-driven", "hardly narrowed", "settled before the evidence")
        lines += [f"{one.name} is {one.word}." for one in found.bearings if one.word in settled]
        unlearned_names = {one.unknown.name for one in found.learned.of("not learned")}
        for one in found.influences:
            pulls = [pull.unknown for pull in one.pulls if pull.counts and pull.unknown in unlearned_names]
            if one.over == "admitted" and pulls:
                more = f" and {len(pulls) - 5} more" if len(pulls) > 5 else ""
                lines.append(
                    f"{one.outcome.name} turns on {', '.join(pulls[:5])}{more}, of which nothing was learned."
                )
    if "left out" in parts:
        for score in found.left_out.scores:
            if score.bands and score.word != "the model is nearer":
                lines.append(f"Left out, the model foretells no better than {score.baseline}.")
    if "structure" in parts:
        silent = [
            one.name for one in found.structure.switched
            if not one.why and one.word.startswith("no difference")
        ]  # fmt: skip
        if silent:
            lines.append(f"The evidence does not speak for or against: {', '.join(silent)}.")
        for placebo in found.structure.placebos:
            if placebo.ratio.value >= 1 or (placebo.ratio.value >= 0 and not placebo.differs):
                lines.append(f"The evidence is met as well with {placebo.name}.")
    lines += [f"Caveat: {caveat}." for caveat in _caveats(found, parts)]
    return lines


def tables(found: Honesty, parts: Sequence[str]) -> tuple[Table, ...]:
    """The tables of some parts; none for parts of which nothing is asked."""
    listed: list[Table] = []
    for part in parts:
        match part:
            case "learned":
                listed.append(found.learned.table())
            case "removed":
                listed.append(found.removed.table())
            case "left out":
                listed.append(found.left_out.table())
            case "outcomes" if found.outcomes:
                listed += [_bearings(found), *(one.table() for one in found.influences)]
            case "structure":
                listed.append(found.structure.table())
            case "priors":
                listed.append(found.priors.table())
            case "tolerances":
                listed.append(found.tolerances.table())
            case "ranges":
                listed.append(_trials(found, "ranges", found.ranges))
            case "readings" if found.readings:
                listed.append(_trials(found, "readings", found.reread))
            case _:
                pass
    return tuple(listed)


def data(found: Honesty, parts: Sequence[str]) -> dict[str, Any]:
    """Some parts as plain JSON values."""
    admitted = found.matching.admitted()
    document: dict[str, Any] = {
        "model": found.matching.model.name,
        "bands": len(found.matching.bands),
        "items": list(found.matching.items),
        "share": admitted.share.data,
        "draws": admitted.draws,
        "effective": admitted.effective,
        "conflict": found.conflict.data(),
    }
    parted: Mapping[str, Callable[[], Any]] = {
        "learned": lambda: learned_view.data(found.learned),
        "removed": lambda: removed_view.data(found.removed),
        "left out": lambda: left_out_view.data(found.left_out),
        "outcomes": lambda: {
            "bearings": [one.data() for one in found.bearings],
            "influences": [one.data() for one in found.influences],
        },
        "structure": lambda: ablation_view.data(found.structure),
        "ranges": lambda: [one.data() for one in found.ranges],
        "priors": lambda: assumptions_view.prior_data(found.priors),
        "tolerances": lambda: assumptions_view.tolerance_data(found.tolerances),
        "readings": lambda: [one.data() for one in found.reread],
    }
    return document | {part.replace(" ", "_"): parted[part]() for part in parts}


def _head(found: Honesty) -> str:
    matching = found.matching
    admitted = matching.admitted()
    bands, items, unknowns = len(matching.bands), len(matching.items), len(matching.prior.unknowns)
    line = (
        f"{matching.model.name}: {_number(unknowns, 'unknown')}, held against {_number(bands, 'band')}"
        f" of {_number(items, 'item')} of evidence"
    )
    if admitted.draws:
        how = f", found in {len(admitted.waves)} waves" if admitted.waves else ""
        line += (
            f"\nAdmitted: {share(admitted.share.value)} of the prior; {admitted.draws:,} draws{how},"
            f" worth {admitted.effective:,.0f} independent ones."
        )
    return line


def _outcomes(found: Honesty) -> str:
    lines = [str(one) for one in found.bearings]
    lines += [str(one) for one in found.influences]
    return "\n".join(lines)


def _said_trials(found: Honesty, listed: Sequence[Trial]) -> str:
    lines = []
    for one in listed:
        line = f"{one.name}: {one.word}"
        if not one.why:
            line += f" (admits {share(one.share.value)})"
        if found.headline and one.headline and not one.headline.is_empty:
            line += f"; {found.headline.name} {one.headline.mean:.2f} ({one.headline.range})"
        lines.append(f"{line}.")
    return "\n".join(lines)


_SAID: Mapping[str, Callable[[Honesty], str]] = {
    "learned": lambda found: str(found.learned),
    "removed": lambda found: str(found.removed),
    "left out": lambda found: str(found.left_out),
    "outcomes": _outcomes,
    "structure": lambda found: str(found.structure),
    "ranges": lambda found: _said_trials(found, found.ranges),
    "priors": lambda found: str(found.priors),
    "tolerances": lambda found: str(found.tolerances),
    "readings": lambda found: _said_trials(found, found.reread),
}


def _caveats(found: Honesty, parts: Sequence[str]) -> list[str]:
    """The caveats of the parts told, each once."""
    said = [line for part in parts for line in _SAID[part](found).splitlines()]
    told = [line.removeprefix("Caveat: ").removesuffix(".") for line in said if line.startswith("Caveat: ")]
    return list(dict.fromkeys(told))


def _without_caveats(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("Caveat: "))


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())


def _trials(found: Honesty, name: str, listed: Sequence[Trial]) -> Table:
    outcome = found.headline.name if found.headline else ""
    title = f"{found.matching.model.name}: {_TITLES[name][0].lower()}{_TITLES[name][1:]}"
    return trials_table(name, title, listed, outcome=outcome, notes=())


def _bearings(found: Honesty) -> Table:
    headings = (
        Heading("outcome", "outcome"),
        Heading("before", "before", "right"),
        Heading("before_range", "its range", "right"),
        Heading("after", "after", "right"),
        Heading("after_range", "its range", "right"),
        Heading("word", ""),
    )
    rows = []
    for one in found.bearings:
        gone = one.after.is_empty
        rows.append([
            Cell(one.name),
            Cell(f"{one.before.mean:.2f}", one.before.mean),
            Cell(one.before.range),
            Cell("" if gone else f"{one.after.mean:.2f}", one.after.mean, missing=gone),
            Cell("" if gone else one.after.range, missing=gone),
            Cell(one.word, tone="doubt" if one.word == "assumption-driven" else "plain"),
        ])  # fmt: skip
    return Table.of("bearings", "Outcomes before the evidence and after it", headings, rows)


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

"""A theory evaluation as one would paste it into a memo."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from concausa.core.typeset.plain_text import wrap
from concausa.qca.evaluation.area import WORDS, label_of
from concausa.qca.evaluation.evaluation_view import grounds

if TYPE_CHECKING:
    from concausa.qca.evaluation.area import Area
    from concausa.qca.evaluation.evaluation import Evaluation
    from concausa.qca.evaluation.theory_evaluation import TheoryEvaluation

#: Most models of a theory that are told one by one.
SHOWN = 3
#: Below this width measures stand below what they are of.
NARROW = 60

_RELATIONS = {
    "the same": "theory and model say the same",
    "narrower": "the theory is narrower than the model: all that it expects was found",
    "wider": "the theory is wider than the model: all that was found was expected",
    "apart": "theory and model have nothing in common",
    "overlapping": "theory and model overlap in part",
    "not told": "how theory and model stand to each other is not told: they are too large",
}


def memo(found: TheoryEvaluation, width: int = 80) -> str:
    """Theory by theory and model by model the four areas with their cases; what must be known last."""
    lines: list[str] = []
    for theory in found.theories:
        evaluations = found.of(theory.label)
        for one in evaluations[:SHOWN]:
            lines += [*_headline(found, one, width), *_body(one, width), ""]
        if len(evaluations) > SHOWN:
            lines += [f"… and {len(evaluations) - SHOWN:,} more: .evaluations[{SHOWN}:]", ""]
        if len(evaluations) > 1:
            torn = [case for case, label in found.agreed(theory.label).items() if label is None]
            told = f"Not in the same area in every model: {', '.join(torn)}"
            same = "Every case is in the same area in every model"
            lines += _wrapped(told if torn else same, "  ", width)
            shared = found.shared(theory.label)
            for name in ("T*S", "~T*S", "T*~S"):
                common = "nothing" if shared[name] == "0" else shared[name]
                lines += _wrapped(f"  {name}, {WORDS[name]}, in every model: {common}", "    ", width)
            lines.append("")
    lines += [line for text in grounds(found) for line in _wrapped(text, "  ", width)]
    lines += [line for caveat in found.caveats for line in _wrapped(f"note: {caveat}", "  ", width)]
    return "\n".join(lines).rstrip()


def _headline(found: TheoryEvaluation, one: Evaluation, width: int) -> list[str]:
    of = ""
    if len(found.models) > 1:
        solution = found.solution
        n = f"{solution.bound}{solution.n_models:,}" if solution else str(len(found.models))
        of = f", model {found.models.index(one.model) + 1} of {n}"
    return [
        *_wrapped(f"Theory {one.theory} => {found.outcome}", "  ", width),
        *_wrapped(f"held against {one.model}{of}", "  ", width),
        *_wrapped(f"{_RELATIONS[one.relation]}", "  ", width),
    ]


def _body(one: Evaluation, width: int) -> list[str]:
    measures = [
        ("theory T", one.consistency, one.pri, one.coverage),
        ("model S", one.model.consistency, one.model.pri, one.model.coverage),
        *((f"{area.name:6} {area.words}", area.consistency, area.pri, area.coverage) for area in one.areas),
    ]
    narrow = width < NARROW
    lines = [] if narrow else [f"  {'':33} {'cons.':5}  {'PRI':5}  cover."]
    for head, *values in measures:
        first, second, third = (_number(value) for value in values)
        if narrow:
            lines += [f"  {head}", f"    consistency {first} PRI {second}", f"    coverage {third}".rstrip()]
        else:
            lines.append(f"  {head:33} {first}  {second}  {third}".rstrip())
    for area in one.areas:
        lines += _area(area, len(one.labels), width)
    if one.crossovers:
        told = ", ".join(f"{case} ({', '.join(words)})" for case, words in one.crossovers.items())
        lines += _wrapped(f"  on a crossover, in no area: {told}", "    ", width)
    return lines


def _area(area: Area, n: int, width: int) -> list[str]:
    if area.empty:
        return [f"  {area.name}: nothing can lie here"]
    lines = _wrapped(f"  {area.name} = {area.expression}", "    ", width)
    for outcome, cases in ((True, area.with_outcome), (False, area.without_outcome)):
        if cases:
            told = f"    {label_of(area.name, outcome)} ({len(cases)} of {n}): {', '.join(cases)}"
            lines += _wrapped(told, "      ", width)
    if not (area.with_outcome or area.without_outcome):
        lines.append("    no case")
    return lines


def _number(value: float) -> str:
    return "n/a  " if math.isnan(value) else f"{value:.3f}"


def _wrapped(text: str, indent: str, width: int) -> list[str]:
    bare = text.lstrip()
    lines = wrap(bare, width - len(indent))
    return [text[: len(text) - len(bare)] + lines[0], *(indent + line for line in lines[1:])]

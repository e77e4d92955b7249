"""A coincidence analysis as one would paste it into a memo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from concausa.core.typeset.plain_text import wrap
from concausa.qca.coincidence.caveats import LOUD
from concausa.qca.coincidence.formulas import Formula
from concausa.qca.coincidence.view import headline, setting

if TYPE_CHECKING:
    from concausa.qca.coincidence.coincidence import Coincidence

WIDTH = 80
#: Formulas, and conditions, of one outcome that are printed.
SHOWN = 6


def memo(found: Coincidence, width: int | None = None, *, models: int = 5) -> str:
    """The models first, then formulas and conditions of the outcomes that have formulas; what must be known on top."""
    room = max(40, width or WIDTH)
    lines = wrap(headline(found), room)
    for sentence in setting(found):
        lines += wrap(sentence, room, indent="  ")
    for caveat in found.caveats:
        if caveat.kind in LOUD:
            lines += _marked(f"! {caveat}", room)
    lines += ["", *_models(found, room, models)]
    some = any(one.formulas for one in found.outcomes)
    for one in found.outcomes:
        if not one.conditions or (some and not one.formulas):
            continue
        lines += [f"For {one.outcome}"]
        lines += _listed("formula", one.formulas, room)
        lines += _listed("condition", one.conditions, room)
        lines.append("")
    for caveat in found.caveats:
        if caveat.kind not in LOUD:
            lines += _marked(f"note: {caveat}", room)
    return "\n".join(lines).rstrip()


def _models(found: Coincidence, room: int, most: int) -> list[str]:
    lines = []
    for place, model in enumerate(found.models[:most], start=1):
        lines += _marked(f"Model {place} of {'' if found.exact else 'at least '}{found.n_models:,}", room)
        for part in model.parts:
            lines += _marked(f"  {part.text}", room)
        told = [
            f"consistency {model.consistency:.3f}",
            f"coverage {model.coverage:.3f}",
            f"exhaustiveness {model.exhaustiveness:.2f}",
            f"faithfulness {model.faithfulness:.2f}",
            f"coherence {model.coherence:.2f}",
        ]
        if model.cyclic:
            told.append("cyclic")
        if found.n_classes < found.n_models:
            told.append(f"class {model.alike} of {found.n_classes}")
        lines += [*_marked(f"  {', '.join(told)}", room), ""]
    if found.n_models > most:
        lines += [f"… and {found.n_models - most:,} more", ""]
    return lines


def _listed(noun: str, formulas: Sequence[Formula], room: int) -> list[str]:
    plural = noun if len(formulas) == 1 else f"{noun}s"
    kind = "atomic" if noun == "formula" else "minimally sufficient"
    lines = [f"  {len(formulas):,} {kind} {plural}{'' if formulas else ' reach the thresholds'}"]
    for one in formulas[:SHOWN]:
        lines += _marked(
            f"    {one.text}  con {one.consistency:.3f}, cov {one.coverage:.3f}",
            room,
        )
    if len(formulas) > SHOWN:
        lines.append(f"    … and {len(formulas) - SHOWN:,} more")
    return lines


def _marked(text: str, room: int) -> list[str]:
    """Wrapped, the further lines indented by two more than the first."""
    bare = text.lstrip()
    indent = " " * (len(text) - len(bare))
    first, *rest = wrap(bare, room - len(indent) - 2)
    return [indent + first, *(f"{indent}  {line}" for line in rest)]

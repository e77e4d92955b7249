"""The branch of a question: its verdict, its hypotheses, and each item with its judgement and its passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concausa.audit.tree import Chain, group, place
from concausa.audit.weighed import weighed_question
from concausa.core.table import Link
from concausa.theory.question import Question

if TYPE_CHECKING:
    from concausa.audit.branches import Branches
    from concausa.tracing.ledger_line import Line


def question_branch(branches: Branches, question: Question) -> tuple[Chain | None, ...]:
    """What a question rests on, down to the sources of its passages."""
    one = weighed_question(branches.study, question.id)
    ledger = one.ledger
    weight = ledger.weight() if ledger.pieces else None
    verdict = Chain(
        f"verdict: {ledger.verdict} ({ledger.asked})" + (f", evidence {weight}" if weight else ""), "verdict"
    )
    answers = [branches.step("hypotheses", row, (place(row),)) for row in one.hypotheses]
    items = [_item(branches, line) for line in ledger.lines()]
    idle = [branches.step("traces", branches.rows["traces"][item.id]) for item in ledger.idle]
    return (
        verdict,
        group("hypotheses, the verdict is on the first", answers),
        group("items", items),
        group("not looked for, counts for nothing", idle),
    )


def _item(branches: Branches, line: Line) -> Chain:
    piece = line.piece
    table = "packages" if piece.package else "evidence"
    passages = branches.rows["evidence"]
    steps = [branches.passage(passages[item.id]) for item in piece.items if item.id in passages]
    reason = Chain(f"because: {piece.reason}", "note") if piece.reason else None
    kept = tuple(step for step in (reason, *steps) if step is not None)
    return Chain(
        f"{line.weight or 'undefined'}: {piece.label or piece.id}", "item", Link(table, piece.id), kept
    )

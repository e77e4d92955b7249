"""Evidence tests on a terminal: every question of a study, the questions on one mechanism, one ledger.

Each view comes as lines for a reader and as data for machines.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from concausa.core.errors import UnknownNameError
from concausa.core.nearest import nearest

if TYPE_CHECKING:
    from concausa.audit.weighed import Weighed
    from concausa.study.study import Study
    from concausa.tracing.ledger import Ledger
    from concausa.tracing.ledger_line import Line
    from concausa.tracing.weight import Weight

#: The keys of a question in JSON, as a command's help may list them.
KEYS = (
    "question, about, unit, period, verdict, hypotheses (name, says, prior, posterior), threshold, scale, against "
    "(hypothesis, prior, evidence, lines), not_searched, tipping_prior, tipping, influence, caveats, note"
)
_GAP = "  "


def overview_lines(study: Study, width: int) -> Iterator[str]:
    """One line a question, under its verdict; then mechanisms and units of which nothing is asked.

    Parameters
    ----------
    width : int
        Columns to keep to.
    """
    from concausa.audit.weighed import unasked, weighed
    from concausa.core.typeset.plain_text import wrap

    found = weighed(study)
    if not found:
        yield from wrap("no questions yet; add [[questions]] to study.toml, and hypotheses.csv", width)
        return
    yield from wrap(
        f"{_counted(len(found), 'question')}; decibels of the evidence for the first hypothesis", width
    )
    groups: dict[tuple[str, str], list[Weighed]] = {}
    for one in found:
        groups.setdefault((one.ledger.verdict, one.ledger.asked), []).append(one)
    for verdict, asked in sorted(groups, key=lambda key: (_rank(key[0]), key[1])):
        yield ""
        yield f"{verdict} ({asked}):"
        yield from _rows(groups[verdict, asked], width)
    if left := unasked(study):
        named = ", ".join(f"{mechanism.id} in {unit}" for mechanism, unit in left)
        yield ""
        yield from wrap(f"nothing is asked, for no passage tells: {named}", width)
    yield ""
    yield from wrap("Supported and opposed: odds above 3 to 1 as well, in every reading.", width)
    yield from wrap(JUDGED, width)


#: Whose numbers these are.
JUDGED = (
    "Hypotheses, words and reasons are judgements of whoever encoded the study. Decibels: ten times the common "
    "logarithm of how many times more one hypothesis expects an item than the other."
)


#: Caveats of a ledger that stand beside its verdict, in a few words.
_CAUTIONS = {
    "one-source": "items of one source count as independent",
    "both-ways": "a package pulls both ways",
    "suggested": "an item suggested a hypothesis",
    "contradiction": "every hypothesis is ruled out",
}


def _rows(found: Sequence[Weighed], width: int) -> Iterator[str]:
    from concausa.core.typeset.plain_text import wrap

    ids = max(len(one.question.id) for one in found)
    weights = [_decibels(one.ledger.weight()) if one.ledger.pieces else "" for one in found]
    size = max(map(len, weights))
    for one, weight in zip(found, weights, strict=True):
        head = f"  {one.question.id:<{ids}}{_GAP}{weight:>{size}}{_GAP if size else ''}"
        room = max(width - len(head), 20)
        first, *rest = wrap(one.label(one.ledger.names[0]), room)
        yield f"{head}{first}"
        yield from (" " * len(head) + line for line in rest)
        kinds = dict.fromkeys(caveat.kind for caveat in one.ledger.caveats if caveat.kind in _CAUTIONS)
        if kinds:
            told = "; ".join(_CAUTIONS[kind] for kind in kinds)
            yield from (" " * len(head) + line for line in wrap(f"caution: {told}", room))


def question_lines(study: Study, id: str, width: int) -> Iterator[str]:
    """One question: its hypotheses, its ledger, and what would overturn the verdict.

    Raises
    ------
    UnknownNameError
        If the study has no such question.
    """
    from concausa.audit.weighed import weighed_question
    from concausa.core.typeset.plain_text import wrap

    one = weighed_question(study, id)
    ledger = one.ledger
    yield from wrap(title(study, one), width)
    yield ""
    for name in ledger.names:
        yield from wrap(one.label(name), width, indent="  ")
        yield from wrap(
            f"{_percent(ledger.prior(name))} before, {_percent(ledger.posterior(name))} after",
            width,
            indent="      ",
        )
    for other in ledger.names[1:]:
        yield ""
        if len(ledger.names) > 2:
            yield from wrap(f"against: {one.label(other)}", width)
        for line in ledger.lines(None, other):
            yield from _line(study, one, line, width)
        for item, ahead in zip(ledger.idle, ledger.prospects(), strict=True):
            yield from wrap(f"not searched, counts for nothing: {item.label or item.id}", width, indent="  ")
            told = f"if found, the first hypothesis would be worth {_percent(ahead.found)} ({ahead.if_found})"
            if ahead.if_missing:
                told += f"; if looked for in vain, {_percent(ahead.missing)} ({ahead.if_missing})"
            yield from wrap(told, width, indent="      ")
        yield from _sums(ledger, other, width)
    yield ""
    yield from wrap(f"verdict on the first: {ledger.verdict} ({ledger.asked})", width)
    yield from _overturning(ledger, width)
    for caveat in ledger.caveats:
        yield from wrap(f"caveat: {caveat}", width)
    yield from wrap(one.question.note or JUDGED, width)


def _line(study: Study, one: Weighed, line: Line, width: int) -> Iterator[str]:
    from concausa.core.typeset.plain_text import wrap

    piece = line.piece
    ids = ", ".join(item.id for item in piece.items)
    said = piece.label or piece.id
    states = [state for state in dict.fromkeys(item.found for item in piece.items) if state != "found"]
    tests = dict.fromkeys(one.tests[item.id] for item in piece.items if item.id in one.tests)
    kind = line.test.named("the first hypothesis", "the rival") if line.test else " or ".join(tests)
    remarks = [*states, *([f"test: {kind}"] if kind else [])]
    yield from wrap(f"{_decibels(line.weight)} dB{_GAP}{ids}: {said}", width, indent="  ")
    words = "; ".join(f"{word} expected if: {one.label(name)}" for name, word in piece.words)
    sources = ", ".join(piece.sources)
    for text in (words, piece.reason, *remarks, f"source: {sources}" if sources else ""):
        if text:
            yield from wrap(text, width, indent="      ")


def _sums(ledger: Ledger, other: str, width: int) -> Iterator[str]:
    from concausa.core.typeset.plain_text import wrap
    from concausa.tracing.ledger_view import product

    prior, total = ledger.prior_weight(None, other), ledger.weight(None, other)
    together = product(prior, total)
    text = f"prior {_decibels(prior)}, evidence {_decibels(total)}, together {_decibels(together)} dB"
    yield from wrap(text, width, indent="  ")


def _overturning(ledger: Ledger, width: int) -> Iterator[str]:
    from concausa.core.typeset.plain_text import wrap

    if not ledger.pieces:
        return
    if tips := ledger.tipping_prior():
        told = f"a prior of {_percent(tips)} for the first hypothesis would tip the verdict"
        if tips.low < tips.high:
            told = (
                f"priors from {_percent(tips)} for the first hypothesis leave the verdict open; above them every "
                "reading of the evidence carries the first hypothesis past the threshold, below them none does"
            )
        yield from wrap(told, width)
    tipped = [ledger.tipping(source) for source in ledger.sources]
    for one in tipped:
        if one.outcome == "tips":
            yield from wrap(f"bias of {one}", width)
    if tipped and all(one.outcome == "cannot be overturned" for one in tipped):
        yield from wrap("no bias of a single source overturns the verdict", width)


def mechanism_lines(study: Study, id: str, width: int) -> Iterator[str]:
    """The questions that bear on one mechanism, claim or rival, one after the other.

    Raises
    ------
    UnknownNameError
        If no question bears on it; the nearest name is proposed.
    """
    for place, question in enumerate(_about(study, id)):
        if place:
            yield ""
        yield from question_lines(study, question, width)


def overview_data(study: Study) -> dict[str, Any]:
    """Every question as data, and where none is asked."""
    from concausa.audit.weighed import unasked, weighed

    return {
        "questions": [_document(study, one) for one in weighed(study)],
        "not_asked": [{"mechanism": mechanism.id, "unit": unit} for mechanism, unit in unasked(study)],
    }


def question_data(study: Study, id: str) -> dict[str, Any]:
    """One question as data; UnknownNameError if there is none of that name."""
    from concausa.audit.weighed import weighed_question

    return _document(study, weighed_question(study, id))


def mechanism_data(study: Study, id: str) -> dict[str, Any]:
    """The questions on one mechanism, claim or rival as data."""
    return {"about": id, "questions": [question_data(study, question) for question in _about(study, id)]}


def lines(study: Study, what: str, width: int) -> Iterator[str]:
    """The view that *what* names: a question, something that questions bear on, or, when empty, all.

    Raises
    ------
    UnknownNameError
        If it names neither.
    """
    if not what:
        return overview_lines(study, width)
    if any(question.id == what for question in study.questions):
        return question_lines(study, what, width)
    return mechanism_lines(study, what, width)


def data(study: Study, what: str) -> dict[str, Any]:
    """The same as data."""
    if not what:
        return overview_data(study)
    if any(question.id == what for question in study.questions):
        return question_data(study, what)
    return mechanism_data(study, what)


def title(study: Study, one: Weighed) -> str:
    """The name of a question, or what it is about and where."""
    question = one.question
    if question.label:
        return f"{question.id}: {question.label}"
    rows = {row.id: row for table in ("mechanisms", "claims", "rivals") for row in study.rows(table)}
    about = [getattr(rows[id], "label", "") or id for id in question.about if id in rows]
    unit = next((unit.name for unit in study.units if unit.id == question.unit), "")
    parts = (", ".join(about), unit, question.period)
    return f"{question.id}: {', '.join(part for part in parts if part)}"


def _about(study: Study, id: str) -> tuple[str, ...]:
    found = tuple(question.id for question in study.questions if id in question.about)
    if not found:
        names = [question.id for question in study.questions]
        names += [about for question in study.questions for about in question.about]
        near = nearest(id, names)
        raise UnknownNameError(
            f"no question is called {id!r} or bears on it",
            where=f"the study has {_counted(len(study.questions), 'question')}",
            fix=f"did you mean {near}?" if near else "name a question, a mechanism, a claim or a rival",
        )
    return found


def _document(study: Study, one: Weighed) -> dict[str, Any]:
    question = one.question
    document = one.ledger.data()
    for row in document["hypotheses"]:
        row["says"] = one.label(row["name"])
    return {
        "question": question.id,
        "title": title(study, one),
        "about": list(question.about),
        "unit": question.unit,
        "period": question.period,
        **document,
        "note": question.note,
    }


def _decibels(weight: Weight | None) -> str:
    return "undefined" if weight is None else str(weight).removesuffix(" dB")


def _percent(chance: Any) -> str:
    from concausa.tracing.ledger_view import percent

    return percent(chance).replace("%", "percent")


def _rank(verdict: str) -> float:
    from typing import get_args

    from concausa.tracing.verdict import Verdict

    order = get_args(Verdict)
    return order.index(verdict) if verdict in order else math.inf


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"

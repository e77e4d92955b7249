"""Causal models for a terminal: what the study asks of them, one model whole, and a query of the user's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from concausa.audit.case_answer import CaseAnswer
    from concausa.audit.causal_asks import Asked
    from concausa.study.study import Study
    from concausa.tracing.causal.answer import CausalAnswer

#: Levels at which a query is answered.
LEVELS: tuple[Literal["case", "population"], ...] = ("case", "population")

#: The keys of the answers, for the help of a command.
KEYS = (
    "answers (question, model, case, level, prior, posterior, unknown, other_cases, readings, clues); with --query: "
    "readings (cut, given, possible, answers), clues, identified, spread"
)
#: Said under every answer.
WHOSE = (
    "Graphs, rules and priors are those of whoever encoded the study. An answer is the probability that the query is "
    "true of the case, before and after the other cases. A range spans the readings of the case; it is no interval of "
    "uncertainty."
)


def asks(study: Study, what: str) -> bool:
    """Whether *what* is a causal model of the study, or a question put to one."""
    return any(row.id == what for table in ("causal_models", "causal_queries") for row in study.rows(table))


def overview_lines(study: Study, width: int) -> Iterator[str]:
    """Every question that the study asks, case by case and model by model."""
    from concausa.audit.causal_cases import causal_answers
    from concausa.core.typeset.plain_text import wrap

    if not study.causal_queries:
        yield from wrap(
            "no causal models yet; add [[causal_models]] and [[causal_queries]] to study.toml", width
        )
        return
    yield from _answers(study, causal_answers(study), width)
    yield from wrap(WHOSE, width)


def lines(study: Study, what: str, width: int, *, cases: Sequence[str] = ()) -> Iterator[str]:
    """One model, or one question, in full.

    Raises
    ------
    UnknownNameError
        If the study has no such model, question or case.
    """
    from concausa.audit.causal_cases import causal_answers, cut_name, cuts, study_model
    from concausa.core.typeset.plain_text import wrap

    if any(row.id == what for row in study.causal_queries):
        found = causal_answers(study, questions=[what], cases=cases)
        yield from _answers(study, found, width)
        yield from _in_full(found, width)
        yield from wrap(WHOSE, width)
        return
    spec, model = study.row("causal_models", what), study_model(study, what)
    yield from wrap(f"{spec.id}  {spec.label}", width)
    yield from wrap(model.graph.statement, width, indent="  ")
    for mechanism in (row for row in study.mechanisms if row.id in spec.mechanisms):
        arrows = "; ".join(f"{cause} -> {effect}" for cause, effect in mechanism.arrows)
        yield from wrap(f"of these from {mechanism.id}: {arrows}", width, indent="  ")
    for node in model.nodes:
        worth = max(float(total) for total in model.priors[node].totals)
        yield from wrap(
            f"{node}: {len(model.types[node]):,} types, prior worth {worth:g} cases", width, indent="  "
        )
    for rule in model.rules:
        yield from wrap(f"rule: {rule}", width, indent="  ")
    for cut in range(cuts(spec)):
        yield from wrap(f"reading {cut + 1}: {cut_name(spec, cut)}", width, indent="  ")
    if spec.why:
        yield from ("", *wrap(spec.why, width))
    yield ""
    own = [one for one in causal_answers(study, cases=cases) if one.model == what]
    yield from _answers(study, own, width)
    yield from wrap(WHOSE, width)
    if own:
        query = study.row("causal_queries", own[0].question).query
        yield from ("", *wrap(f"ask it yourself: --case {own[0].case} --query '{query}'", width))


def query_lines(
    study: Study, id: str, query: str, given: str, width: int, *, case: str = ""
) -> Iterator[str]:
    """A query of the user's put to one model, reading by reading: before and after, at both levels.

    Raises
    ------
    UnknownNameError, ExpressionError, DataError
        If there is no such model or case, a text cannot be read, or what is given cannot happen in any reading.
    """
    from concausa.audit.case_answer import ranged
    from concausa.core.typeset.plain_text import wrap

    found = list(_asked(study, id, query, given, case))
    yield from wrap(f"{id}: {query}" + (f", of {case} as the study knows it" if case else ""), width)
    for number, one in enumerate(found, start=1):
        yield ""
        yield from wrap(f"reading {number} of {len(found)}: {one.asked.cut}", width)
        yield from wrap(f"given {one.asked.given or 'nothing'}", width, indent="  ")
        if one.answers is None:
            yield "  ruled out by the model"
            continue
        for answer in one.answers:
            told = f"{answer.source}, {answer.level} level: {answer.told}"
            if answer.draws:
                told += f" (Monte Carlo error {answer.error:.1g})"
            yield from wrap(told, width, indent="  ")
        if one.asked.posterior is None:
            yield from wrap("no posterior: another case cannot happen under the model", width, indent="  ")
    possible = [one for one in found if one.answers]
    if len(found) > 1:
        ends = [
            [answer.value for answer in (one.answers or ()) if answer.level == "case"] for one in possible
        ]
        spans = [(min(values), max(values)) for values in zip(*ends, strict=False)]
        both = [f"{word} {ranged(span)}" for word, span in zip(("before", "after"), spans, strict=False)]
        yield from ("", *wrap(f"over all readings, case level: {', '.join(both)}", width))
    first = possible[0].asked
    yield ""
    yield from wrap(str(first.model.identified(query, first.given)), width)
    if first.posterior is not None:
        yield from wrap(str(first.posterior.spread(query, first.given)), width)
        if clues := first.posterior.clues(query, first.given):
            yield from ("", "what the nodes not given would teach:")
            for clue in clues:
                yield from wrap(str(clue), width, indent="  ")
        for caveat in first.posterior.caveats:
            yield from wrap(f"caveat: {caveat}", width)
    yield ""
    yield from wrap(
        "Case level: one more case of which only this is known. Population level: the share among all such cases, "
        "also the answer for a case that is among the data. Prior: before the cases of the study; posterior: after "
        "them, the case asked about left out.",
        width,
    )


def data(study: Study, what: str, *, cases: Sequence[str] = ()) -> dict[str, Any]:
    """The answers as plain JSON values; all of the study's if *what* is empty."""
    from concausa.audit.causal_cases import causal_answers

    is_query = any(row.id == what for row in study.causal_queries)
    found = causal_answers(study, questions=[what] if is_query else [], cases=cases)
    return {"answers": [one.data() for one in found if is_query or not what or one.model == what]}


def query_data(study: Study, id: str, query: str, given: str, *, case: str = "") -> dict[str, Any]:
    """The same as :func:`query_lines`, as plain JSON values."""
    found = list(_asked(study, id, query, given, case))
    first = next(one.asked for one in found if one.answers)
    told: dict[str, Any] = {
        "model": id,
        "case": case,
        "readings": [
            {
                "cut": one.asked.cut,
                "given": one.asked.given,
                "possible": one.answers is not None,
                "answers": [answer.data() for answer in one.answers or ()],
            }
            for one in found
        ],
        "identified": first.model.identified(query, first.given).is_identified,
    }
    if first.posterior is not None:
        spread = first.posterior.spread(query, first.given)
        told["clues"] = [clue.data() for clue in first.posterior.clues(query, first.given)]
        told["spread"] = {"value": spread.value, "sd": spread.sd, "silent_share": spread.silent_share}
        told["caveats"] = [caveat.data() for caveat in first.posterior.caveats]
    return told


class _Answered(NamedTuple):
    """A reading with its answers, prior and posterior at both levels; None where the model rules it out."""

    asked: Asked
    answers: tuple[CausalAnswer, ...] | None


def _asked(study: Study, id: str, query: str, given: str, case: str) -> Iterator[_Answered]:
    """Every reading; DataError if none is possible."""
    from concausa.audit.causal_asks import asked
    from concausa.core.errors import DataError

    error: DataError | None = None
    possible = False
    for one in asked(study, id, given=given, case=case):
        beliefs = [belief for belief in (one.model, one.posterior) if belief is not None]
        try:
            answers = tuple(
                belief.query(query, one.given, level=level) for belief in beliefs for level in LEVELS
            )
        except DataError as found:
            error = found
            yield _Answered(one, None)
            continue
        possible = True
        yield _Answered(one, answers)
    if error is not None and not possible:
        raise error


def _answers(study: Study, found: Sequence[CaseAnswer], width: int) -> Iterator[str]:
    """Answers under their question, a line a case and model."""
    from concausa.audit.case_answer import ranged
    from concausa.core.typeset.plain_text import wrap

    models = max((len(one.model) for one in found), default=0)
    names = max((len(one.case) for one in found), default=0)
    for question in dict.fromkeys(one.question for one in found):
        row = study.row("causal_queries", question)
        yield from wrap(f"{row.id}  {row.label}", width)
        yield f"  {'case':{names}}  {'model':{models}}  {'before':11}  {'after':11}"
        for one in (answer for answer in found if answer.question == question):
            line = f"  {one.case:{names}}  {one.model:{models}}  {ranged(one.prior):11}  {ranged(one.posterior):11}"
            if one.impossible:
                line += f"  {one.impossible} of {len(one.readings)} ruled out"
            if one.contradicted:
                line += "  others contradict it"
            yield line.rstrip()
        yield ""


def _in_full(found: Sequence[CaseAnswer], width: int) -> Iterator[str]:
    """Every reading, and what would be worth looking for."""
    from concausa.core.typeset.plain_text import wrap

    for one in found:
        yield f"{one.case}, {one.model}: {len(one.readings)} readings, {one.others} other cases"
        for reading in one.readings:
            told = (
                "ruled out"
                if reading.prior is None
                else f"{float(reading.prior):.3f} -> "
                + (
                    "another case contradicts the model"
                    if reading.posterior is None
                    else f"{reading.posterior:.3f}"
                )
            )
            yield from wrap(f"{told}  {reading.given}", width, indent="  ")
        for clue in one.clues:
            yield from wrap(f"not known: {clue}", width, indent="  ")
        yield ""

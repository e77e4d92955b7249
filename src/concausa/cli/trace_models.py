"""Causal models for a terminal: what the study asks of them, one model whole, and a query of the user's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concausa.audit.causal_cases import CaseAnswer
    from concausa.study.study import Study

#: The keys of the answers, for the help of a command.
KEYS = (
    "answers (question, model, case, level, prior, posterior, unknown, other_cases, readings, clues); with --query: "
    "prior, posterior (each query, given, level, value, exact, interval, effective_draws …), clues, identified, spread"
)
#: Said under every answer.
WHOSE = (
    "Graphs, rules and priors are those of whoever encoded the study. An answer is the probability that the query is "
    "true of the case, before and after the other cases; a range spans the readings of the case."
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
    yield from (
        "",
        *wrap(f'ask it something else: --query "Y[EL=1] > Y[EL=0]" --given "{_given(own)}"', width),
    )


def _given(found: Sequence[CaseAnswer]) -> str:
    return found[0].readings[0].given if found and found[0].readings else "Y==1"


def query_lines(
    study: Study, id: str, query: str, given: str, width: int, *, case: str = ""
) -> Iterator[str]:
    """A query of the user's put to one model: prior and posterior, at case and at population level.

    Raises
    ------
    UnknownNameError, ExpressionError, DataError
        If there is no such model or case, a text cannot be read, or what is given cannot happen.
    """
    from concausa.core.typeset.plain_text import wrap

    asked = _asked(study, id, given, case)
    yield from wrap(f"{id}: {query}", width)
    yield from wrap(f"given {asked.given or 'nothing'}", width, indent="  ")
    if asked.note:
        yield from wrap(asked.note, width, indent="  ")
    yield ""
    for belief in (asked.model, asked.posterior):
        for level in ("case", "population"):
            answer = belief.query(query, asked.given, level=level)
            yield from wrap(f"{answer.source}, {level} level: {answer.told}", width)
            if answer.draws:
                yield from wrap(
                    f"Monte Carlo error {answer.error:.1g}, draws worth {answer.effective:,.0f}",
                    width,
                    indent="    ",
                )
    yield ""
    yield from wrap(str(asked.model.identified(query, asked.given)), width)
    yield from wrap(str(asked.posterior.spread(query, asked.given)), width)
    clues = asked.posterior.clues(query, asked.given)
    if clues:
        yield from ("", "what the nodes not given would teach:")
        for clue in clues:
            yield from wrap(str(clue), width, indent="  ")
    for caveat in asked.posterior.caveats:
        yield from wrap(f"caveat: {caveat}", width)
    yield ""
    yield from wrap(
        "Case level: one more case of which only this is known. Population level: the share among all such cases, "
        "also the answer for a case that is among the data.",
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
    asked = _asked(study, id, given, case)
    identified = asked.model.identified(query, asked.given)
    spread = asked.posterior.spread(query, asked.given)
    return {
        "model": id,
        "prior": [
            asked.model.query(query, asked.given, level=level).data() for level in ("case", "population")
        ],
        "posterior": [
            asked.posterior.query(query, asked.given, level=level).data() for level in ("case", "population")
        ],
        "clues": [clue.data() for clue in asked.posterior.clues(query, asked.given)],
        "identified": identified.is_identified,
        "spread": {"value": spread.value, "sd": spread.sd, "silent_share": spread.silent_share},
        "caveats": [caveat.data() for caveat in asked.posterior.caveats],
    }


class _Asked:
    """A model of a study that has learnt from its cases, and what is given."""

    def __init__(self, study: Study, id: str, given: str, case: str) -> None:
        from concausa.audit.causal_cases import case_given, case_rows, cut_name, cuts, study_model
        from concausa.core.errors import DataError

        spec = study.row("causal_models", id)
        self.model = study_model(study, id)
        rows = case_rows(study, spec, 0, without=case)
        if not rows:
            raise DataError(
                "no case of the study is coded",
                where=id,
                fix="code cases, or use concausa in Python for the prior alone",
            )
        self.posterior = self.model.update(rows)
        self.given, self.note = given, ""
        if case:
            known, left = case_given(study, spec, study.case(case), 0)
            self.given = f"{known} & ({given})" if given and known else known or given
            self.note = f"{case} as the study knows it"
            if left:
                self.note += f"; open, and left out: {', '.join(left)}"
        if cuts(spec) > 1:
            self.note += f"{'; ' if self.note else ''}first reading of {cuts(spec)}: {cut_name(spec, 0)}"


def _asked(study: Study, id: str, given: str, case: str) -> _Asked:
    return _Asked(study, id, given, case)


def _answers(study: Study, found: Sequence[CaseAnswer], width: int) -> Iterator[str]:
    """Answers under their question, a line a case and model."""
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


def ranged(span: tuple[float, float] | None) -> str:
    """``0.26-0.57``, one number if both ends are alike, a dash if nothing is possible."""
    if span is None:
        return "–"
    low, high = f"{span[0]:.2f}", f"{span[1]:.2f}"
    return low if low == high else f"{low}–{high}"

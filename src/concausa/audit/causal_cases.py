"""Causal models of a study, asked case by case: what the prior says, what the other cases add, what is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import product

from concausa.audit.case_answer import CaseAnswer, CaseAnswers, CaseReading
from concausa.core.errors import DataError, OptionError, UnknownNameError
from concausa.core.nearest import nearest
from concausa.core.unit import Case
from concausa.study.study import Study
from concausa.theory.causal_spec import CausalQuestion, CausalSpec
from concausa.tracing.causal.clue import ClueValue
from concausa.tracing.causal.declare import causal_model
from concausa.tracing.causal.model import CausalModel
from concausa.tracing.causal.posterior import CausalPosterior

#: Most readings of one case that are asked one by one.
MOST_READINGS = 64


def study_model(study: Study, id: str) -> CausalModel:
    """A causal model that the study declares.

    Parameters
    ----------
    id : str
        A row of ``causal_models``.

    Raises
    ------
    UnknownNameError
        If there is no such row.
    ExpressionError, OptionError
        If its graph or a rule cannot be read; ``concausa check`` finds that first.
    """
    return _model(study, study.row("causal_models", id))


def statement(study: Study, spec: CausalSpec) -> str:
    """The whole graph of a model, with the arrows of its mechanisms."""
    return spec.statement({row.id: row for row in study.mechanisms})


def _model(study: Study, spec: CausalSpec) -> CausalModel:
    return _built(spec, statement(study, spec))


@lru_cache(maxsize=64)
def _built(spec: CausalSpec, graph: str) -> CausalModel:
    monotone = dict(_monotone(text) for text in spec.monotone)
    model = causal_model(graph, monotone=monotone or None)
    if spec.keep:
        model = model.restrict(*spec.keep)
    return model if spec.mass is None else model.prior(mass=Fraction(spec.mass))


def _monotone(text: str) -> tuple[str, str]:
    node, equals, signs = text.partition("=")
    if not equals:
        raise OptionError(f"{text!r} does not say which node moves", where="monotone", fix="write Y=+EL +BQ")
    return node.strip().strip('"'), signs.strip()


def causal_answers(study: Study, *, questions: Sequence[str] = (), cases: Sequence[str] = ()) -> CaseAnswers:
    """Every question that the study asks of its causal models, case by case.

    Parameters
    ----------
    questions : sequence of str
        Ids of ``causal_queries``; all if none is named.
    cases : sequence of str
        Cases, as ``UNIT-PERIOD``; those that the question names, else all compared, if none is named.

    Raises
    ------
    UnknownNameError
        If there is no such question or case.
    OptionError
        If a case has too many readings to be asked one by one.

    Notes
    -----
    The posterior of a case has seen every other case compared, never the case itself and no shadow case.
    Where another case is open, its value is taken as not known, and the model weighs both.
    """
    for id in (*questions,):
        study.row("causal_queries", id)
    for id in cases:
        study.case(id)
    return CaseAnswers(
        _answer(study, question, study.row("causal_models", id), case)
        for question in study.causal_queries
        if not questions or question.id in questions
        for id in question.models
        for case in _cases(study, question, cases)
    )


def _cases(study: Study, question: CausalQuestion, wanted: Sequence[str]) -> Iterator[Case]:
    named = wanted or question.cases
    if named:
        yield from (study.case(id) for id in named)
    else:
        yield from study.cases


def _answer(study: Study, question: CausalQuestion, spec: CausalSpec, case: Case) -> CaseAnswer:
    model = _model(study, spec)
    readings: list[CaseReading] = []
    unknown: tuple[str, ...] = ()
    clues: tuple[ClueValue, ...] = ()
    others, contradicted = 0, False
    for cut in range(cuts(spec)):
        values = node_values(study, spec, case, cut)
        unknown = tuple(node for node in model.nodes if not values[node])
        rows = case_rows(study, spec, cut, without=case.id)
        others, posterior = len(rows), None
        try:
            posterior = _after(study, spec, rows)
        except DataError:
            contradicted = True
        known = [node for node in model.nodes if values[node]]
        options = list(product(*(values[node] for node in known)))
        if len(options) > MOST_READINGS:
            raise OptionError(
                f"{case.id} has {len(options):,} readings, too many to be asked one by one",
                where=f"causal_models {spec.id}",
                fix="settle some of its cells, or leave nodes out of the graph",
            )
        for option in options:
            reading = CaseReading(cut, tuple(zip(known, option, strict=True)), None, None)
            try:
                prior = model.query(question.query, reading.given)
                after = posterior.query(question.query, reading.given) if posterior else None
            except DataError:
                readings.append(reading)
                continue
            readings.append(CaseReading(cut, reading.values, prior.exact, after.value if after else None))
            if unknown and not clues and posterior:
                clues = posterior.clues(question.query, reading.given, nodes=unknown)
    return CaseAnswer(
        question.id, spec.id, case.id, tuple(dict.fromkeys(readings)), unknown, others, clues, contradicted
    )


def cuts(spec: CausalSpec) -> int:
    """How many readings the cuts of the nodes have."""
    return max((len(_cut(text)[1]) for text in spec.nodes), default=1)


def node_values(study: Study, spec: CausalSpec, case: Case, cut: int) -> dict[str, tuple[int, ...]]:
    """What each node may be in a case: one value, both where the study leaves it open, none where it is silent."""
    model = _model(study, spec)
    levels = {node: options[min(cut, len(options) - 1)] for node, options in map(_cut, spec.nodes)}
    found: dict[str, tuple[int, ...]] = {}
    for node in model.nodes:
        if node in levels:
            scale = study.row("conditions", node).levels
            if levels[node] not in scale:
                near = nearest(levels[node], scale)
                raise UnknownNameError(
                    f"{node} has no level {levels[node]!r}",
                    where=f"causal_models {spec.id}, nodes",
                    fix=f"did you mean {near}?" if near else f"one of {', '.join(scale)}",
                )
            at = scale.index(levels[node])
            admitted = study.cell(case, node).levels
            found[node] = tuple(sorted({int(scale.index(level) >= at) for level in admitted}))
            continue
        seen = {
            clue.value
            for clue in study.clues
            if (clue.node, clue.unit, clue.period) == (node, case.unit.id, case.period.id)
        }
        found[node] = tuple(sorted(int(value) for value in seen))
    return found


def _cut(text: str) -> tuple[str, tuple[str, ...]]:
    node, sign, levels = text.partition(">=")
    if not sign:
        raise OptionError(
            f"{text!r} does not say when the node counts as 1", where="nodes", fix="write EL>=medium"
        )
    return node.strip(), tuple(level.strip() for level in levels.split("|"))


def cut_name(spec: CausalSpec, cut: int) -> str:
    """The cuts of one reading in words, such as ``EL>=medium, Y>=maximum``."""
    return ", ".join(
        f"{node}>={options[min(cut, len(options) - 1)]}" for node, options in map(_cut, spec.nodes)
    )


def case_rows(
    study: Study, spec: CausalSpec, cut: int, *, without: str = "", shadow: bool = False
) -> list[Mapping[str, int | None]]:
    """Cases as rows of nodes, None where a node is open or not known; cases of which nothing is known left out.

    Parameters
    ----------
    without : str
        A case that is left out.
    shadow : bool
        Whether coded cases of units that are not compared are rows too.
    """
    rows: list[Mapping[str, int | None]] = []
    for case in study.coded_cases if shadow else study.cases:
        if case.id == without:
            continue
        values = node_values(study, spec, case, cut)
        row = {node: own[0] if len(own) == 1 else None for node, own in values.items()}
        if any(value is not None for value in row.values()):
            rows.append(row)
    return rows


def _after(
    study: Study, spec: CausalSpec, rows: Sequence[Mapping[str, int | None]]
) -> CausalPosterior | None:
    """The model after other cases; None if there are none."""
    if not rows:
        return None
    return _updated(spec, statement(study, spec), tuple(tuple(row.items()) for row in rows))


@lru_cache(maxsize=256)
def _updated(
    spec: CausalSpec, graph: str, rows: tuple[tuple[tuple[str, int | None], ...], ...]
) -> CausalPosterior:
    return _built(spec, graph).update([dict(row) for row in rows])

"""Causal models: what each condition did in each case, before and after the other cases."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from concausa.audit.case_answer import CaseAnswer
from concausa.audit.causal_cases import causal_answers, cut_name, cuts, study_model
from concausa.audit.causal_cases import statement as graph_of
from concausa.core.errors import ConcausaError
from concausa.core.table import Cell, Heading, Link, Table
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.causal_chart import chart
from concausa.report.exhibits.scribe import MISSING, Scribe
from concausa.report.language import Language
from concausa.study.study import Study


def causal_models(study: Study, language: Language) -> Exhibit | None:
    """The causal models of a study and what they answer; None without models."""
    if not study.causal_models:
        return None
    scribe, say = Scribe(study, language), language.say
    found = answers(study)
    intro = say(
        "Each model says how the outcome could respond to its causes and holds every such response possible that "
        "its rules admit. Asked of a case, it gives the probability that a cause made the difference there: before, "
        "from its rules and the case alone; after, when it has learnt from the other cases. Graphs, rules and priors "
        "are the encoder's; where several models part, it is they that decide and not the cases."
    )
    tables = [_models(scribe)]
    charts = []
    if isinstance(found, tuple) and found:
        tables.append(_answers(scribe, found))
        charts.append(chart(scribe, found))
    if isinstance(found, ConcausaError):
        intro += " " + say("No answer could be worked out: {what}.", what=found.what)
    return Exhibit(
        "causal-models",
        "mechanisms",
        say("Causal models: what made the difference in each case"),
        intro,
        tuple(tables),
        tuple(charts),
    )


@lru_cache(maxsize=4)
def _told(study: _Same) -> tuple[CaseAnswer, ...] | ConcausaError:
    try:
        return causal_answers(study.study)
    except ConcausaError as error:
        return error


class _Same:
    """A study that is the same only as itself, so that answers are worked out once for both languages."""

    def __init__(self, study: Study) -> None:
        self.study = study

    def __hash__(self) -> int:
        return id(self.study)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.study is self.study


def answers(study: Study) -> tuple[CaseAnswer, ...] | ConcausaError:
    """What the models answer, or why they cannot."""
    return _told(_Same(study))


def _models(scribe: Scribe) -> Table:
    say, study = scribe.language.say, scribe.study
    headings = (
        Heading("id", say("Id")),
        Heading("label", say("Model")),
        Heading("graph", say("Graph")),
        Heading("rules", say("Rules")),
        Heading("cuts", say("When a node counts as 1")),
        Heading("types", say("Types of the outcome"), "right"),
        Heading("worth", say("Its prior is worth, in cases"), "right"),
        Heading("mechanisms", say("Mechanisms")),
        Heading("why", say("Why")),
        Heading("note", say("Note")),
    )
    rows = []
    for spec in study.causal_models:
        types = worth = MISSING
        try:
            model = study_model(study, spec.id)
        except ConcausaError:
            pass
        else:
            last = model.nodes[-1]
            types = scribe.count(len(model.types[last]))
            total = max(model.priors[last].totals)
            worth = Cell(scribe.language.number(float(total), 0), value=float(total))
        try:
            readings = [cut_name(spec, cut) for cut in range(cuts(spec))]
        except ConcausaError:
            readings = list(spec.nodes)
        rows.append((spec, (
            Cell(spec.id),
            scribe.text("causal_models", spec, "label"),
            Cell(graph_of(study, spec)),
            scribe.words((*spec.monotone, *spec.keep)),
            scribe.words(readings),
            types,
            worth,
            scribe.refs("mechanisms", spec.mechanisms),
            scribe.text("causal_models", spec, "why"),
            scribe.text("causal_models", spec, "note"),
        )))  # fmt: skip
    notes = (
        say(
            "A type is one way in which a node may respond to all configurations of its parents; the prior holds "
            "those that the rules admit equally likely. A prior that is worth more cases than there are decides more "
            "than they do."
        ),
    )
    return scribe.register("causal-models", say("The models"), "causal_models", headings, rows, notes=notes)


def _answers(scribe: Scribe, found: Sequence[CaseAnswer]) -> Table:
    say = scribe.language.say
    headings = (
        Heading("question", say("Question")),
        Heading("case", say("Case")),
        Heading("model", say("Model")),
        Heading("before", say("Before the other cases"), "right"),
        Heading("after", say("After"), "right"),
        Heading("readings", say("Readings of the case"), "right"),
        Heading("impossible", say("Ruled out"), "right"),
        Heading("unknown", say("Not known")),
        Heading("clue", say("What looking would teach, percent"), "right"),
    )
    rows = []
    for one in found:
        question = scribe.study.row("causal_queries", one.question)
        clue = max((clue.learning for clue in one.clues), default=None)
        rows.append([
            Cell(
                scribe.language.of(scribe.study, "causal_queries", question, "label"),
                one.question,
                (Link("causal_queries", one.question),),
            ),
            scribe.case(*one.case.rsplit("-", 1)),
            scribe.refs("causal_models", (one.model,)),
            ranged(scribe, one.prior),
            ranged(scribe, one.posterior),
            scribe.count(len(one.readings)),
            Cell(say("another case contradicts the model"), "contradicted", tone="bad")
            if one.contradicted
            else scribe.count(one.impossible),
            scribe.words(one.unknown),
            MISSING if clue is None else Cell(scribe.language.number(100 * clue, 1), value=clue),
        ])  # fmt: skip
    notes = (
        say(
            "Case level: the probability that the query is true of one more case of which only this is known. A range "
            "spans the readings that the study admits of the case. After: the model has seen the other cases "
            "compared, never the case itself."
        ),
    )
    links = [Link("causal_queries", one.question) for one in found]
    targets = [link if link not in links[:place] else None for place, link in enumerate(links)]
    return Table.of(
        "causal-answers",
        say("What the models answer, case by case"),
        headings,
        rows,
        notes=notes,
        row_ids=targets,
    )


def ranged(scribe: Scribe, span: tuple[float, float] | None) -> Cell:
    """A probability or a range of it with two decimals."""
    if span is None:
        return MISSING
    low, high = (scribe.language.number(end, 2) for end in span)
    text = low if low == high else scribe.language.say("{low} to {high}", low=low, high=high)
    return Cell(text, value=list(span))

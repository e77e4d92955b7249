"""``concausa trace``: events and what they needed, evidence weighed, causal models asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from concausa.cli import options, terminal
from concausa.cli.progress import progress

if TYPE_CHECKING:
    from concausa.study.study import Study


def command(
    study: options.Study,
    what: Annotated[
        str,
        typer.Argument(
            help="A unit (NL), an event, two of them ('EVENT < EVENT'), a mechanism (M3), a question, or a "
            "causal model; left out: an overview. ",
            show_default=False,
        ),
    ] = "",
    query: Annotated[
        str, typer.Option("--query", help="Ask a causal model this, such as 'Y[EL=1] > Y[EL=0]'.")
    ] = "",
    given: Annotated[
        str, typer.Option("--given", help="What is known of the case, such as 'EL==1 & Y==1'.")
    ] = "",
    case: Annotated[
        str, typer.Option("--case", help="Ask a causal model of this case, as the study knows it.")
    ] = "",
    every: Annotated[bool, typer.Option("--all", help="Tell lists of events in full.")] = False,
    key: options.Key = None,
    unscreened: options.Unscreened = False,
    as_json: options.AsJson = False,
) -> None:
    """Trace how it came about.

    Of a unit: its events in order, what could not have happened without what, days that follow for
    events without a date, and what has not been asked yet. Of a mechanism or a question: the evidence
    for it against a named rival, item by item in decibels, and what would overturn the verdict. Of a
    causal model: what each condition did in each case, before and after the other cases.

    \b
    Examples:
      concausa trace prosoft                 overview
      concausa trace prosoft NL              events of Nuevo León
      concausa trace prosoft "E-NL-2003-demands < E-NL-2004-council"
      concausa trace prosoft M3              evidence on a mechanism
      concausa trace prosoft CM-council      a causal model
      concausa trace prosoft CM-core --query "Y[BC=1] > Y[BC=0]" --case NL-1

    \b
    JSON: study, what, and as fits: unit or event or order, with structure,
    days, needs, conflicts, unasked; questions, each with verdict, hypotheses,
    against, tipping; answers (question, model, case, prior, posterior,
    readings, clues); with --query readings, each with its answers, clues,
    identified, spread.
    """
    with progress(f"Reading {study}"):
        from concausa.study.guard import admit

        ready = admit(study, key=key, unscreened=unscreened)
    kind = _kind(ready.study, what)
    _refuse(kind, query=query, given=given, case=case, every=every)
    with progress(f"Tracing {study}"):
        if as_json:
            told = {"study": study, "what": what} | _data(ready.study, kind, what, query, given, case)
            terminal.write_json(ready.screened(told))
            return
        width = terminal.width()
        text = "\n".join(_lines(study, ready.study, kind, what, query, given, case, width, every=every))
    terminal.write(ready.screened(text))


def _kind(study: Study, what: str) -> str:
    """What is asked about: ``overview``, ``events``, ``tests`` or ``models``."""
    from concausa.cli import trace_events, trace_models
    from concausa.core.errors import UnknownNameError
    from concausa.core.nearest import nearest

    if not what.strip():
        return "overview"
    if trace_events.asks(study, what):
        return "events"
    if trace_models.asks(study, what):
        return "models"
    tables = ("mechanisms", "questions", "events", "causal_models", "causal_queries", "units")
    known = [row.id for table in tables for row in study.rows(table)]
    if what in known:
        return "tests"
    raise UnknownNameError(
        f"nothing to trace is called {what!r}",
        where="units, events, mechanisms, questions and causal models of the study",
        fix=_elsewhere(study, what, nearest(what, known)),
    )


def _elsewhere(study: Study, what: str, near: str | None) -> str:
    """What to do about a name that is none to trace."""
    if any(row.id == what for row in study.rivals):
        return f"it is a rival: concausa rivals STUDY --rival {what}"
    if any(row.id == what for row in study.claims):
        return f"it is a claim: concausa audit STUDY --claim {what}"
    if any(case.id == what for case in study.coded_cases):
        return f"it is a case: name its unit, {what.rpartition('-')[0]}, or a causal model with --case {what}"
    if any(row.id == what for row in study.conditions):
        return f"it is a condition: concausa why STUDY {study.cases[0].id}.{what}" if study.cases else ""
    return f"did you mean {near}?" if near else "call concausa trace STUDY without it for an overview"


def _refuse(kind: str, *, query: str, given: str, case: str, every: bool) -> None:
    """Options that would be ignored."""
    from concausa.core.errors import OptionError

    if kind != "models" and (query or given or case):
        name = "--query" if query else "--given" if given else "--case"
        raise OptionError(
            f"{name} goes with a causal model",
            where=f"{name} {query or given or case!r}",
            fix="name one, as in concausa trace STUDY CM-core --query ...",
        )
    if given and not query:
        raise OptionError("--given goes with --query", where=f"--given {given!r}", fix="add --query")
    if every and kind != "events":
        raise OptionError(
            "--all goes with events", where="--all", fix="name a unit or an event, or leave it out"
        )


def _lines(
    name: str,
    study: Study,
    kind: str,
    what: str,
    query: str,
    given: str,
    case: str,
    width: int,
    *,
    every: bool,
) -> Iterator[str]:
    from concausa.cli import trace_events, trace_models, trace_tests

    if kind == "events":
        yield from trace_events.lines(study, what, width, every=every)
    elif kind == "tests":
        yield from trace_tests.lines(study, what, width)
    elif query:
        yield from trace_models.query_lines(study, what, query, given, width, case=case)
    elif kind == "models":
        yield from trace_models.lines(study, what, width, cases=[case] if case else [])
    else:
        yield from _overview(study, name, width)


def _overview(study: Study, name: str, width: int) -> Iterator[str]:
    from concausa.audit.events import event_structure, implied_days
    from concausa.cli import trace_events, trace_models, trace_tests
    from concausa.core.typeset.plain_text import wrap

    yield "EVENTS"
    days = implied_days(study) if study.events else None
    for unit in study.units:
        own = [event for event in study.events if event.unit == unit.id]
        if own:
            structure = event_structure(study, unit=unit.id)
            told = f"{unit.id}: {trace_events.tally(structure, unit.id)}"
            if most := structure.most_needed():
                told += (
                    f"; without {most[0][0]}, {most[0][1]} could not have happened, if the needs are right"
                )
            yield from wrap(told, width, indent="  ")
    if days is None:
        yield "  none yet; add events.csv"
    elif days.conflicts:
        yield from wrap(
            "1 set of dates and needs cannot all be right"
            if len(days.conflicts) == 1
            else f"{len(days.conflicts)} sets of dates and needs cannot all be right",
            width,
            indent="  ",
        )
    yield from ("", "EVIDENCE TESTS")
    yield from trace_tests.overview_lines(study, width)
    yield from ("", "CAUSAL MODELS")
    yield from trace_models.overview_lines(study, width)
    yield ""
    first = next((event.unit for event in study.events if event.unit), "")
    named = [(first, "events"), *((row.about[0], "evidence") for row in study.questions[:1] if row.about)]
    named += [(row.id, "a model") for row in study.causal_models[:1]]
    for whole, of in named:
        if whole:
            yield f"{of} in full: {terminal.typed('concausa', 'trace', name, whole)}"


def _data(study: Study, kind: str, what: str, query: str, given: str, case: str) -> dict[str, Any]:
    from concausa.cli import trace_events, trace_models, trace_tests

    if kind == "events":
        return trace_events.data(study, what)
    if kind == "tests":
        return trace_tests.data(study, what)
    if query:
        return trace_models.query_data(study, what, query, given, case=case)
    if kind == "models":
        return trace_models.data(study, what, cases=[case] if case else [])
    units = dict.fromkeys(event.unit for event in study.events if event.unit)
    return {
        "units": [trace_events.data(study, unit) for unit in units],
        **trace_tests.data(study, ""),
        **trace_models.data(study, ""),
    }

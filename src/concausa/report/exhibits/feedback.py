"""The feedback graph: which mechanism links what, with which sign, and the passages behind it."""

from __future__ import annotations

from concausa.core.table import Cell, Heading, Link, Table
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.arrows import legs, node, passages, sign_word
from concausa.report.exhibits.graph import graph
from concausa.report.exhibits.scribe import Scribe
from concausa.report.language import Language
from concausa.study.study import Study


def feedback(study: Study, language: Language) -> Exhibit | None:
    """The exhibit, or None when the study declares no mechanism."""
    if not study.mechanisms:
        return None
    scribe = Scribe(study, language)
    say = language.say
    described = tuple(m for m in study.mechanisms if m.origin == "figure")
    charts = []
    if described and len(described) < len(study.mechanisms):
        title = say("What the text describes for its own graph")
        charts.append(graph(scribe, "feedback-described", title, described, columns=3))
    title = say("Every mechanism that the study names")
    charts.append(graph(scribe, "feedback", title, study.mechanisms, columns=4))
    return Exhibit(
        "feedback",
        "mechanisms",
        scribe.titled("feedback", say("How the parts shape each other over time")),
        say(
            "Arrows are mechanisms; the shape of the head gives the sign. Numbers beside a mechanism's "
            "name are the passages that speak for it and against it. A mechanism without passages is a "
            "sentence of theory, not a finding."
        ),
        tables=(_table(scribe),),
        charts=tuple(charts),
    )


def _table(scribe: Scribe) -> Table:
    study, say = scribe.study, scribe.language.say
    headings = (
        Heading("id", say("Mechanism")),
        Heading("label", say("Name")),
        Heading("path", say("Path")),
        Heading("sign", say("Sign")),
        Heading("origin", say("Where it comes from")),
        Heading("expect", say("What one should see")),
        Heading("for", say("Passages for it")),
        Heading("against", say("Passages against it")),
        Heading("events", say("Events")),
        Heading("place", say("Section")),
        Heading("note", say("Note")),
    )
    rows = []
    for mechanism in study.mechanisms:
        support, against = passages(study, mechanism)
        path = "; ".join(f"{node(scribe, start)} → {node(scribe, end)}" for start, end, _ in legs(mechanism))
        rows.append(
            (
                mechanism,
                (
                    Cell(mechanism.id, links=(Link("mechanisms", mechanism.id),)),
                    scribe.text("mechanisms", mechanism, "label"),
                    Cell(path),
                    Cell(sign_word(scribe.language, mechanism.sign), value=mechanism.sign),
                    scribe.choice(mechanism.origin),
                    scribe.text("mechanisms", mechanism, "expect"),
                    _counted(support),
                    _counted(against),
                    scribe.refs(
                        "events", (event.id for event in study.events if mechanism.id in event.mechanisms)
                    ),
                    Cell(scribe.language.word(study, mechanism.section), mechanism.section)
                    if mechanism.section
                    else Cell("", missing=True),
                    scribe.text("mechanisms", mechanism, "note"),
                ),
            )
        )
    return scribe.register(
        "mechanisms", say("Mechanisms and the passages behind them"), "mechanisms", headings, rows,
        notes=(say("0 means that the study holds no passage for or against this mechanism."),),
    )  # fmt: skip


def _counted(ids: list[str]) -> Cell:
    text = f"{len(ids)}: {'; '.join(ids)}" if ids else "0"
    return Cell(text, value=ids, links=tuple(Link("evidence", id) for id in ids))

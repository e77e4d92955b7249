"""Coincidence analysis of the cases: which way from cause to effect is in which models, under every reading."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from concausa.audit.coincidences import Coincidences, ReadingModels, coincidences
from concausa.audit.configurations import Setting
from concausa.core.table import Cell, Heading, Link, Table
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.configured import Configured, configured
from concausa.report.held import Held
from concausa.report.language import Language
from concausa.study.study import Study

#: Models that one cell shows.
_FEW = 3


def coincidence(study: Study, language: Language) -> Exhibit | None:
    """Paths and models over all settings; None without analyses."""
    made = configured(study, language)
    if made is None or not made.found.analyses:
        return None
    found = _found(Held(study))
    if found is None:
        return None
    say = language.say
    intro = say(
        "In coincidence analysis any condition may be an effect of others; only the outcome comes last. A model names "
        "sufficient and necessary conditions of one or more effects at 0.8 each. {n} cases cannot choose among models, "
        "so they are not chosen among: counted is how many models, and under how many settings, have a path from "
        "cause to effect. A path and its reverse that stand alike are not told apart by these cases.",
        n=language.number(len(made.found.frame.cases)),
    )
    return Exhibit(
        "coincidence",
        "configurations",
        say("What could lead to what, under every reading"),
        intro,
        (_paths(made, found), _models(made, found)),
    )


@lru_cache(maxsize=1)
def _found(held: Held) -> Coincidences | None:
    return coincidences(held.study)


def _paths(made: Configured, found: Coincidences) -> Table:
    say, number = made.language.say, made.language.number
    headings = (
        Heading("path", say("Path")),
        Heading("mechanism", say("Mechanisms that say so")),
        Heading("models", say("In models"), "right"),
        Heading("settings", say("In some model, settings"), "right"),
        Heading("always", say("In every model, settings"), "right"),
    )
    rows = [
        [
            Cell(
                " → ".join(path.steps),
                list(path.steps),
                tuple([Link("conditions", step) for step in path.steps]),
            ),
            made.scribe.refs("mechanisms", path.declared),
            *(
                Cell(f"{number(part)}/{number(whole)}", [part, whole], tone="plain" if part else "quiet")
                for part, whole in (
                    (path.models, found.n_models),
                    (path.settings, found.n_settings),
                    (path.always, found.n_settings),
                )
            ),
        ]
        for path in found.paths
    ]
    note = say(
        "Mechanisms are those of which the first step is one; a model with a path may still deny the rest."
    )
    return Table.of("coincidence-1", say("Causes, effects and chains"), headings, rows, notes=(note,))


def _models(made: Configured, found: Coincidences) -> Table:
    say = made.language.say
    headings = (
        Heading("members", say("Cases with the outcome")),
        Heading("n_models", say("Models"), "right"),
        Heading("models", say("The shortest of them")),
        Heading("under", say("Under")),
    )
    note = say(
        "Read (A + B <-> C)*(C <-> Y) as: A or B, and nothing else, leads to C, and C alone to Y. Where no model is "
        "shown, nothing reaches both thresholds."
    )
    return Table.of(
        "coincidence-2", say("Models by reading"), headings, list(_rows(made, found)), notes=(note,)
    )


def _rows(made: Configured, found: Coincidences) -> Iterator[list[Cell]]:
    grouped: dict[tuple[tuple[str, ...], tuple[str, ...]], list[ReadingModels]] = {}
    for one in found.readings:
        texts = () if one.found is None else tuple(map(str, one.found.models))
        grouped.setdefault((one.analysis.members, texts), []).append(one)
    for (members, texts), readings in grouped.items():
        settings: list[Setting] = [setting for one in readings for setting in one.analysis.settings]
        shown = made.listed(texts[:_FEW])
        if len(texts) > _FEW:
            more = made.language.say("and {n} more", n=made.language.number(len(texts) - _FEW))
            shown = f"{shown}; {more}"
        yield [
            made.cases(members, settings),
            made.scribe.count(len(texts)),
            Cell(shown, list(texts)) if texts else Cell(made.language.say("none"), [], tone="quiet"),
            made.under(settings),
        ]

"""What if: the scenarios that a study asks of its dynamic model, and what the evidence has to do with the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from concausa.audit.dynamic_levers import forum_of, strongest
from concausa.audit.dynamic_readings import coded_elsewhere
from concausa.audit.dynamic_words import change_words
from concausa.core.chart import Chart
from concausa.core.errors import ConcausaError
from concausa.core.table import Table
from concausa.dynamics.change import Held as HeldInput
from concausa.dynamics.chart_parts import Say
from concausa.dynamics.counterfactual import Counterfactual, asked
from concausa.dynamics.dynamics_charts import tipping_curve
from concausa.dynamics.elsewhere import Elsewhere, elsewhere
from concausa.dynamics.persistence import Persistence, persistence
from concausa.dynamics.sample import Sample, sample
from concausa.dynamics.tipping import Aim, Tipping, tipping
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits import dynamic_what_if_tables as tables_of
from concausa.report.exhibits.dynamic_what_if_chart import chart
from concausa.report.exhibits.dynamic_words import Teller
from concausa.report.exhibits.dynamic_work import Work, works
from concausa.report.exhibits.dynamics import several, unworked
from concausa.report.exhibits.scribe import Scribe
from concausa.report.held import Held
from concausa.report.language import Language
from concausa.sets.membership import CROSSOVER
from concausa.study.study import Study
from concausa.theory.dynamic_spec import ScenarioSpec

#: As many draws are asked, and those that a tipping value is looked for with.
DRAWS, TIPPING = 2000, 250


@dataclass(frozen=True)
class Answers:
    """What a model answers.

    Parameters
    ----------
    asked : tuple of (ScenarioSpec, Counterfactual or ConcausaError)
    persistence, tipping : tuples
        For the scenarios that hold an input low, and high, from a year on.
    elsewhere : Elsewhere or None
    """

    asked: tuple[tuple[ScenarioSpec, Counterfactual | ConcausaError], ...]
    persistence: tuple[Persistence, ...]
    tipping: tuple[Tipping, ...]
    elsewhere: Elsewhere | None


def dynamic_what_if(study: Study, language: Language) -> Exhibit | None:
    """The answers to the scenarios of a study; None without a dynamic model that is asked anything."""
    if not study.scenarios and not any(spec.elsewhere for spec in study.dynamic_models):
        return None
    scribe, say = Scribe(study, language), language.say
    lines = [
        say(
            "Each scenario is run with every draw that meets the evidence, once as it was and once with the "
            "changes, so "
            "that what differs is the change alone. An answer that spreads no less after the evidence than before "
            "it is "
            "driven by the assumptions: it says what the model's form and ranges imply, not what the cases show."
        )
    ]
    tables: list[Table] = []
    charts: list[Chart] = []
    if study.scenarios:
        tables.append(tables_of.scenarios(scribe))
    for work in works(study):
        if isinstance(work, tuple):
            lines.append(unworked(language, *work))
            continue
        tell = Teller(scribe, work.dynamics.model, work.dynamics.model.name if several(study) else "")
        if not work.matching.admitted().draws:
            lines.append(
                say(
                    "No draw of {model} meets every band: nothing can be said with it.", model=tell.model.name
                )
            )
            continue
        found = answers(study, work)
        told = [(spec, one) for spec, one in found.asked if isinstance(one, Counterfactual)]
        lines += [
            say("{scenario} could not be worked out: {what}.", scenario=spec.id, what=one.what)
            for spec, one in found.asked
            if isinstance(one, ConcausaError)
        ]
        if told:
            tables += [
                tables_of.driven(tell, told),
                tables_of.patterns(tell, told),
                tables_of.stocks(tell, told),
            ]
            charts.append(chart(tell, told))
        if found.persistence:
            tables.append(tables_of.lasting(tell, found.persistence))
        if found.tipping:
            tables.append(tables_of.tipping_values(tell, found.tipping))
            charts += [
                tipping_curve(
                    one, name=tell.name(f"what-if-tipping-{one.aim.unit}-{place}"),
                    title=tell.titled(tables_of.tipping_title(tell, one)), say=_speaker(tell, one),
                )
                for place, one in enumerate(found.tipping, start=1)
            ]  # fmt: skip
            tables.append(tables_of.tipping_curves(tell, found.tipping))
        if found.elsewhere:
            tables.append(tables_of.elsewhere(tell, found.elsewhere))
            if found.elsewhere.held:
                tables.append(tables_of.held_against(tell, found.elsewhere))
                lines += tables_of.missed(tell, found.elsewhere)
    return Exhibit(
        "dynamic-what-if", "mechanisms", say("The dynamic model: what would have been"), " ".join(lines),
        tuple(tables), tuple(charts),
    )  # fmt: skip


def _speaker(tell: Teller, one: Tipping) -> Say:
    """Speaks as charts do, with the aim in words of the report."""

    def speak(message: str, /, **values: object) -> str:
        if "aim" in values:
            values["aim"] = tell.scribe.language.say(
                "{aim} in {unit} in {year}",
                aim=tell.pattern(one.aim.pattern), unit=one.aim.unit, year=one.aim.year,
            )  # fmt: skip
        told = tell.say
        return told(message, **values)

    return speak


_ANSWERS: dict[tuple[Held, str], Answers] = {}


def answers(study: Study, work: Work) -> Answers:
    """What a matched model answers, worked out once for every language."""
    key = Held(study), work.dynamics.model.name
    if key not in _ANSWERS:
        for old in [one for one in _ANSWERS if one[0] != key[0]]:
            del _ANSWERS[old]
        _ANSWERS[key] = _answered(study, work)
    return _ANSWERS[key]


def _answered(study: Study, work: Work) -> Answers:
    model = work.dynamics.model
    drawn = sample(work.matching, draws=DRAWS, prior_draws=DRAWS)
    few = sample(work.matching, draws=TIPPING, prior_draws=TIPPING)
    words = change_words(study, model)
    told: list[tuple[ScenarioSpec, Counterfactual | ConcausaError]] = []
    for spec in study.scenarios:
        if spec.model == model.name:
            try:
                told.append((spec, asked(drawn, spec.do, words=words)))
            except ConcausaError as error:
                told.append((spec, error))
    held = list(dict.fromkeys(_held([one for _, one in told if isinstance(one, Counterfactual)])))
    return Answers(
        tuple(told),
        tuple(lasts for one in held if (lasts := _lasting(drawn, one))),
        tuple(tips for one in held if (tips := _tipping(few, one))),
        _elsewhere(study, work, drawn),
    )


def _held(found: Sequence[Counterfactual]) -> list[HeldInput]:
    """Inputs that scenarios hold from a year on, to the end, in one unit."""
    return [
        change
        for one in found
        for change in one.changes
        if isinstance(change, HeldInput)
        and change.last is None
        and change.first is not None
        and change.unit in one.units
    ]


def _lasting(drawn: Sample, held: HeldInput) -> Persistence | None:
    """How long stocks last once an input is as low as a scenario holds it."""
    assert held.first is not None
    if held.value.high > CROSSOVER:
        return None
    forum = forum_of(drawn.model)
    try:
        return persistence(
            drawn, held.unit, input=held.input, year=held.first, value=held.value, forum=forum,
            consolidated=strongest(drawn.model, forum),
        )  # fmt: skip
    except ConcausaError:
        return None


def _tipping(drawn: Sample, held: HeldInput) -> Tipping | None:
    """From which value on an input would make a pattern likely, if a scenario holds it high."""
    assert held.first is not None
    corners = sorted(drawn.model.corners, key=lambda one: not one.gated)
    if held.value.low < CROSSOVER or not corners:
        return None
    forum = forum_of(drawn.model)
    try:
        return tipping(
            drawn, Aim(held.unit, drawn.setting.last, corners[0].name, corners[0].gated), lever=held.input,
            year=held.first, forum=forum, consolidated=strongest(drawn.model, forum),
        )  # fmt: skip
    except ConcausaError:
        return None


def _elsewhere(study: Study, work: Work, drawn: Sample) -> Elsewhere | None:
    units = work.dynamics.elsewhere
    if not units:
        return None
    try:
        coded, bands = coded_elsewhere(study, work.dynamics)
        return elsewhere(drawn, work.dynamics.everywhere.of(units), coded=coded, bands=bands)
    except ConcausaError:
        return None

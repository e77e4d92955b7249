"""What a dynamic model of a study is worth: what was learned, what it rests on, what it does not bear."""

from __future__ import annotations

from collections.abc import Sequence

from concausa.core.errors import ConcausaError
from concausa.core.table import Cell, Heading, Table
from concausa.dynamics.variant import Trial
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.dynamic_honesty_tables import (
    ablations,
    influences,
    left_out,
    lessons,
    removed,
    sweeps,
)
from concausa.report.exhibits.dynamic_words import Teller
from concausa.report.exhibits.dynamic_work import Work, Worth, works
from concausa.report.exhibits.dynamics import nothing, several, unworked
from concausa.report.exhibits.scribe import Scribe
from concausa.report.language import Language
from concausa.study.study import Study

#: Names told in one sentence; more are counted.
_TOLD = 8


def dynamic_honesty(study: Study, language: Language) -> Exhibit | None:
    """What each dynamic model is worth; None without one."""
    if not study.dynamic_models:
        return None
    scribe, say = Scribe(study, language), language.say
    tables: list[Table] = []
    lines = [
        say(
            "Few cases teach little about many rates. This says how much: what the evidence narrowed and what "
            "it left as it was assumed, which piece of evidence the results hang on, and how the model fares "
            "without each of its mechanisms and beside simple guesses."
        )
    ]
    for work in works(study):
        if isinstance(work, tuple):
            lines.append(unworked(language, *work))
            continue
        tell = Teller(scribe, work.dynamics.model, work.dynamics.model.name if several(study) else "")
        if isinstance(work.worth, ConcausaError):
            lines.append(unworked(language, work.dynamics.model.name, work.worth))
            continue
        if not work.matching.admitted().draws:
            lines.append(nothing(tell, work))
        tables += [_plain(tell, work, work.worth), *_tables(tell, work, work.worth)]
    return Exhibit(
        "dynamic-honesty",
        "mechanisms",
        say("The dynamic model: what it is worth"),
        " ".join(lines),
        tuple(tables),
    )


def _tables(tell: Teller, work: Work, worth: Worth) -> list[Table]:
    found = [lessons(tell, worth.learned)] if worth.learned else []
    found += [removed(tell, worth.removed, worth.rough), ablations(tell, worth.structure, worth.rough)]
    found += [left_out(tell, worth.left_out, worth.rough), sweeps(tell, worth)]
    if worth.influences:
        found.append(influences(tell, worth.influences))
    return found


def _plain(tell: Teller, work: Work, worth: Worth) -> Table:
    """Plain sentences, the most important first."""
    say = tell.scribe.language.say
    rows = [[Cell(about), Cell(told)] for about, told in _sentences(tell, work, worth)]
    headings = (Heading("about", say("About")), Heading("told", say("What can be said")))
    note = say(
        "`concausa simulate {study} honesty` tells more: ranges, every prior, and parts that are off, switched on.",
        study=tell.scribe.study.settings.id,
    )
    return Table.of(
        tell.name("honesty-plain"), tell.titled(say("In plain sentences")), headings, rows, notes=[note]
    )


def _sentences(tell: Teller, work: Work, worth: Worth) -> list[tuple[str, str]]:
    say, found = tell.scribe.language.say, []
    admitted = work.matching.admitted()
    if admitted.draws:
        found.append((say("evidence"), say(
            "All evidence together admits {share} of what was held possible before; the kept draws are worth {n} "
            "independent ones.",
            share=tell.part(admitted.share.value), n=tell.scribe.language.number(round(admitted.effective)),
        )))  # fmt: skip
    if worth.learned:
        told = [one for one in worth.learned.lessons if one.unknown.kind != "noise"]
        by_word = {
            word: worth.learned.of(word) for word in ("learned", "somewhat", "pushed apart", "not learned")
        }
        found.append((say("learning"), say(
            "Of {all} unknown quantities, {learned} were learned (less than half of the spread is left) and "
            "{somewhat} somewhat. Of the other {rest} nothing, or next to nothing, was learned: their ranges are "
            "assumptions, and what rests on them is as well.",
            all=len(told), learned=len(by_word["learned"]), somewhat=len(by_word["somewhat"]),
            rest=len(told) - len(by_word["learned"]) - len(by_word["somewhat"]),
        )))  # fmt: skip
        if by_word["learned"]:
            best = sorted(by_word["learned"], key=lambda one: one.ratio.value)
            found.append((say("learning"), say("Learned best: {names}.", names=_listed(
                [tell.unknown(one.unknown).text for one in best]
            ))))  # fmt: skip
    if most := worth.removed.most:
        found.append((say("evidence"), say(
            "Most hangs on {item}: without it {times} times as much would be admitted.",
            item=most.item, times=tell.times(most.times).text,
        )))  # fmt: skip
    if idle := worth.removed.idle:
        found.append((say("evidence"), say(
            "These remove nothing that the others do not: {items}.", items=_listed([one.item for one in idle])
        )))  # fmt: skip
    found += _on_structure(tell, worth)
    for score in worth.left_out.scores:
        if score.bands:
            found.append(
                (say("prediction"), _beside(tell, score.baseline, score.word, score.model_error, score.error))
            )
    return found


def _on_structure(tell: Teller, worth: Worth) -> list[tuple[str, str]]:
    say, found = tell.scribe.language.say, []
    for_them = [one for one in worth.structure.switched if one.differs and one.ratio.value < 1]
    against = [one for one in worth.structure.switched if one.differs and one.ratio.value > 1]
    silent = [one for one in worth.structure.switched if not one.differs and not one.why]
    about = say("mechanisms")
    if for_them:
        found.append(
            (about, say("The evidence is met less often without: {names}.", names=_switches(for_them)))
        )
    if against:
        found.append(
            (about, say("The evidence is met more often without: {names}.", names=_switches(against)))
        )
    if silent:
        found.append(
            (about, say("The evidence speaks neither for nor against: {names}.", names=_switches(silent)))
        )
    for one in worth.structure.placebos:
        if not one.why and not one.ratio.high < 1:
            found.append(
                (about, say("The evidence is met as well with another history: {name}.", name=one.name))
            )
    return found


def _switches(several: Sequence[Trial]) -> str:
    return _listed([one.name.rsplit(" ", 1)[0] for one in several])


def _beside(tell: Teller, baseline: str, word: str, model: float, other: float) -> str:
    say = tell.scribe.language.say
    who = guesser(tell, baseline)
    errors = {"model": tell.number(model, 3), "other": tell.number(other, 3), "who": who}
    if word == "the model is nearer":
        return say("Told the rest, the model foretells what is left out better than «{who}»: it errs by {model} on "
                   "average, the other by {other}.", **errors)  # fmt: skip
    return say("Told the rest, the model foretells what is left out no better than «{who}»: it errs by {model} on "
               "average, the other by {other}.", **errors)  # fmt: skip


def guesser(tell: Teller, name: str) -> str:
    """A simple guess, in words."""
    say = tell.scribe.language.say
    return {
        "model": say("the model"),
        "prior": say("the ranges alone"),
        "no change": say("no change"),
        "mean": say("the mean of the others"),
        "static typology": say("the pattern lasts"),
    }[name]


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_TOLD])
    return f"{shown} … (+{len(names) - _TOLD})" if len(names) > _TOLD else shown

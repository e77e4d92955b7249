"""Which corner states of a dynamic model last: its logical skeleton, as far as its levels are low and high."""

from __future__ import annotations

from concausa.core.chart import Chart
from concausa.core.errors import ConcausaError
from concausa.core.table import Cell, Heading, Table, Tone
from concausa.dynamics.skeleton import Skeleton, skeleton
from concausa.dynamics.skeleton_chart import MOST, skeleton_chart
from concausa.report.exhibits.dynamic_words import Teller
from concausa.report.exhibits.dynamic_work import Work
from concausa.report.exhibits.scribe import MISSING

#: Draws that tell how often a corner lasts.
DRAWS = 500


def corners(tell: Teller, work: Work) -> tuple[Table, list[Chart]]:
    """The corner states with every input at 0, and with those coded for office terms at 1."""
    say, model = tell.scribe.language.say, tell.model
    levels = [part.name for part in model.inputs if part.condition and part.name in model.used]
    held = [{}, dict.fromkeys(levels, 1)] if levels else [{}]
    found: list[Skeleton] = []
    notes: list[str] = []
    for inputs in held:
        try:
            found.append(skeleton(model, inputs=inputs, draws=DRAWS, seed=work.matching.seed))
        except ConcausaError as error:
            notes.append(say("The corner states could not be worked out: {what}.", what=error.what))
            break
    headings = (
        Heading("inputs", say("Held")), *(Heading(name, name, "right") for name in model.stock_names),
        Heading("pattern", say("Pattern")), Heading("rest", say("Lasts")),
        Heading("share", say("Share of draws"), "right"), Heading("moves", say("What moves")),
    )  # fmt: skip
    rows = [row for one in found for row in _rows(tell, one, levels)]
    notes += [
        say("Every stock at 0 or 1, and rates drawn from their ranges: which corners the theory lets last before any "
            "number is known. Inputs that are not named are 0: nothing happens. `concausa simulate {study} skeleton` "
            "tells which flow pushes what.", study=tell.scribe.study.settings.id),
        *tell.caveats([caveat for one in found for caveat in one.caveats]),
    ]  # fmt: skip
    title = tell.titled(say("Which corner states last"))
    table = Table.of(tell.name("dynamic-corners"), title, tell.scribe.heads(headings), rows, notes=notes)
    if len(model.stocks) > MOST:
        return table, []
    charts = [
        skeleton_chart(
            one, name=tell.name(f"dynamic-corners-{place}"), title=tell.titled(
                say("Which corner states last, {held}", held=_held(tell, one, levels))
            ), say=tell.say, label=tell.pattern,
        )
        for place, one in enumerate(found, start=1)
    ]  # fmt: skip
    return table, charts


def _held(tell: Teller, found: Skeleton, levels: list[str]) -> str:
    if not levels:
        return tell.scribe.language.say("with no input")
    return ", ".join(f"{name} = {found.inputs[name]}" for name in levels)


def _rows(tell: Teller, found: Skeleton, levels: list[str]) -> list[list[Cell]]:
    say = tell.scribe.language.say
    words: dict[str, tuple[str, Tone]] = {
        "always": (say("whatever the rates are"), "good"), "depends": (say("with some rates"), "doubt"),
        "never": (say("no"), "quiet"),
    }  # fmt: skip
    rows = []
    for state in (*found.always, *found.depends, *found.never):
        word, tone = words[state.rest]
        names = " = ".join(tell.pattern(name) for name in state.patterns)
        gate = {"shut": say("gate shut"), "depends": say("gate open or shut")}.get(state.gate, "")
        moves = ", ".join(push.stock for push in state.pushes if push.targets != frozenset((push.value,)))
        rows.append([
            Cell(_held(tell, found, levels), dict(found.inputs)),
            *(Cell(str(value), value) for value in state.values),
            Cell(f"{names} ({gate})" if gate and names else names or gate, list(state.patterns)) if names or gate
            else MISSING,
            Cell(word, state.rest, tone=tone),
            Cell(say("{percent} %", percent=tell.number(100 * state.share, 0)), state.share),
            Cell(moves) if moves else MISSING,
        ])  # fmt: skip
    return rows

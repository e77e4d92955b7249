"""Ablation: every mechanism and flow switched in turn, and inputs exchanged between units as a placebo.

A ratio of shares tells how well the *prior with that structure* meets the bands. It is no odds of truth: another
prior on the same structure gives another ratio.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError
from concausa.core.table import Table
from concausa.dynamics import ablation_view
from concausa.dynamics.doubts import doubts, refuse_nothing
from concausa.dynamics.matching import Matching
from concausa.dynamics.model import Model
from concausa.dynamics.outcome import Outcome
from concausa.dynamics.setting import Happening, Setting
from concausa.dynamics.share import Share
from concausa.dynamics.variant import Trial, Variant, trials

_MEANING = (
    "a ratio of shares tells how well the prior with that structure meets the bands;"
    " it is no odds of its being true"
)


@dataclass(frozen=True)
class Ablation:
    """Structures beside the full model.

    Parameters
    ----------
    model : str
    share : Share
        Of its prior, what the full model admits.
    switched : tuple of Trial
        Mechanisms and flows that are on, each off alone, then those that are off, each on.
    placebos : tuple of Trial
        Histories of an input exchanged between two units.
    unswitched : tuple of (str, str)
        What cannot be switched, and why.
    outcome : str
        The name of the outcome that is told beside; empty if none.
    caveats : tuple of Caveat
    """

    model: str
    share: Share
    switched: tuple[Trial, ...]
    placebos: tuple[Trial, ...]
    unswitched: tuple[tuple[str, str], ...]
    outcome: str
    caveats: tuple[Caveat, ...]

    def table(self) -> Table:
        """A row a variant."""
        return ablation_view.table(self)

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return ablation_view.data(self)

    def __repr__(self) -> str:
        return f"<Ablation of {self.model}: {len(self.switched)} switched, {len(self.placebos)} placebos>"

    def __str__(self) -> str:
        return ablation_view.memo(self)

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def ablation(
    matching: Matching,
    *,
    switches: Sequence[str] | None = None,
    placebos: bool = True,
    outcome: Outcome | None = None,
) -> Ablation:
    """Match the evidence with each mechanism and flow switched, and with histories exchanged.

    Parameters
    ----------
    switches : sequence of str, optional
        Mechanisms, and flows by their ids; all of the model unless given. A flow that is all of its mechanism
        is not tried twice.
    placebos : bool
        Whether histories of each input are exchanged between each two units that bands speak of.
    outcome : Outcome, optional
        A number to be told of the admitted draws of each.

    Raises
    ------
    OptionError, UnknownNameError
        If nothing is unknown, there are no bands, or the model has no such switch.
    """
    refuse_nothing(matching)
    model, variants, unswitched = matching.model, [], []
    chosen = _distinct(model) if switches is None else tuple(switches)
    for off in (True, False):
        for name in chosen:
            if model.is_on(name) is not off:
                continue
            try:
                turned = model.without(name) if off else model.including(name)
            except OptionError as error:
                unswitched.append((name, error.what))
                continue
            told = f"{name} {'off' if off else 'on'}"
            variants.append(Variant(told, turned, matching.setting, matching.bands))
    exchanged = list(_placebos(matching)) if placebos else []
    found = trials(matching, [*variants, *exchanged], outcome=outcome)
    caveats = (*doubts(matching.admitted()), Caveat.of("share_no_odds", _MEANING))
    return Ablation(
        model.name,
        matching.admitted().share,
        found[: len(variants)],
        found[len(variants) :],
        tuple(unswitched),
        outcome.name if outcome else "",
        caveats,
    )


def exchanged(model: Model, setting: Setting, name: str, first: str, second: str) -> Setting:
    """A setting in which two units have each other's history of an input."""
    other = {first: second, second: first}

    def moves(happening: Happening) -> bool:
        target = model.intervention(happening.of).moves if happening.kind == "move" else happening.of
        return target == name

    courses = tuple(
        dataclasses.replace(course, unit=other.get(course.unit, course.unit))
        if course.input == name
        else course
        for course in setting.courses
    )
    happenings = tuple(
        dataclasses.replace(one, unit=other.get(one.unit, one.unit)) if moves(one) else one
        for one in setting.happenings
    )
    return dataclasses.replace(setting, courses=courses, happenings=happenings)


def _placebos(matching: Matching) -> list[Variant]:
    """Exchanges that change anything, of inputs in use, between units that bands speak of."""
    model, setting, found = matching.model, matching.setting, []
    units = [unit for unit in setting.units if any(band.unit == unit for band in matching.bands)]
    for one in model.inputs:
        if one.name not in model.used:
            continue
        for first, second in combinations(units, 2):
            turned = exchanged(model, setting, one.name, first, second)
            same = set(turned.courses) == set(setting.courses) and set(turned.happenings) == set(
                setting.happenings
            )
            if not same:
                name = f"{one.name} of {first} and {second} exchanged"
                found.append(Variant(name, model, turned, matching.bands))
    return found


def _distinct(model: Model) -> tuple[str, ...]:
    """Switches that do different things: a flow that is all of its mechanism is left out."""
    parts = [*(flow.mechanism for flow in model.flows), *(part.mechanism for part in model.derived)]
    alone = {flow.id for flow in model.flows if flow.mechanism and parts.count(flow.mechanism) == 1}
    mechanisms = set(parts)
    return tuple(name for name in model.switches if name in mechanisms or name not in alone)

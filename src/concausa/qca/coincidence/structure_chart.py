"""The picture of a model: a box a factor, a dot where several must come together, arrows to effects."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from concausa.core.chart import Chart
from concausa.core.errors import OptionError
from concausa.qca.charts.causes import Arrow, picture, value_text
from concausa.qca.coincidence.formulas import ComplexFormula

if TYPE_CHECKING:
    from concausa.qca.coincidence.coincidence import Coincidence

Say = Callable[[str], str]


def structure_chart(
    found: Coincidence, model: int = 0, *, name: str = "", title: str = "", say: Say = str
) -> Chart:
    """The structure of one model.

    An arrow from a factor means its presence; a dashed one with ~ its absence; of a multi-value factor the value is
    written. A dot joins what must come together; several arrows into one box are alternatives.

    Parameters
    ----------
    found : Coincidence
    model : int
        Place of the model, from 0.
    name, title : str
        File name, and what is printed above; by default the number of the model.
    say : function
        From the package's English words to the reader's.

    Raises
    ------
    OptionError
        If there is no such model.
    """
    if not 0 <= model < len(found.models):
        raise OptionError(
            f"there is no model {model + 1} to draw",
            where=f"{len(found.models)} models are written out",
            fix="count from 0" if found.models else "lower the thresholds, or draw nothing",
        )
    return drawn(
        found.models[model],
        name=name or f"model-{model + 1}",
        title=title or say("Model {place} of {n}").format(place=model + 1, n=f"{found.n_models:,}"),
        say=say,
    )


def drawn(model: ComplexFormula, *, name: str, title: str, say: Say) -> Chart:
    """The picture of a model."""
    labels, dots, arrows = _nodes(model)
    effects = {model.factors.index(part.effect[0]) for part in model.parts}
    alt = say("What leads to what: {model}.").format(model=model.text)
    note = say(
        "Arrow: presence; dashed, with ~: absence. A dot joins what must come together; several arrows into a"
        " box are alternatives."
    )
    return Chart(name, title, picture(labels, dots, arrows, effects), alt, (note,))


def _nodes(model: ComplexFormula) -> tuple[list[str], int, list[Arrow]]:
    factors = model.table.factors
    place = {factor: number for number, factor in enumerate(model.factors)}
    arrows: list[Arrow] = []
    dots = 0
    for part in model.parts:
        effect = place[part.effect[0]]
        reached = value_text(factors[part.effect[0]].kind, part.effect[1])
        for cube in part.cubes.tolist():
            causes = [(factor, value) for factor, value in enumerate(cube) if value >= 0]
            into = effect
            if len(causes) > 1 or reached:
                into = len(place) + dots
                dots += 1
                arrows.append(Arrow(into, effect, reached, reached == "~"))
            for factor, value in causes:
                told = value_text(factors[factor].kind, value)
                arrows.append(Arrow(place[factor], into, told, told == "~"))
    return [factors[factor].name for factor in model.factors], dots, arrows

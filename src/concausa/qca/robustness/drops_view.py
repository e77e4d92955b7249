"""What dropping one changes, as it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concausa.core.table import Cell, Heading, Table
from concausa.core.typeset.plain_text import wrap
from concausa.qca.robustness.drops import KINDS, Drop
from concausa.qca.robustness.tests_view import WIDTH, share, told
from concausa.qca.robustness.works import SKAANING

if TYPE_CHECKING:
    from concausa.qca.robustness.drops import Drops, Kind

SOURCES = (SKAANING,)
#: Most changes of a kind that a memo names.
SHOWN = 12


def drops_table(found: Drops, kind: Kind | None) -> Table:
    """Drops by kind, the most influential first."""
    own = [one for each in KINDS if kind in (None, each) for one in found.of(each)]
    consistency, coverage = found.fit
    rows = [
        [
            Cell(one.name),
            Cell(one.kind),
            Cell("yes" if one.same else "no", one.same, tone="good" if one.same else "doubt"),
            Cell(_models(one), list(one.formula.models), tone="plain" if one.formula.models else "bad"),
            Cell(", ".join(one.gone), list(one.gone)),
            Cell(", ".join(one.new), list(one.new)),
            share(one.coincidence),
            share(one.consistency),
            share(one.coverage),
        ]
        for one in own
    ]
    return Table.of(
        "drop-one" if kind is None else f"drop-one-{kind}",
        f"{found.initial.formula.text} without one {' or '.join(KINDS) if kind is None else kind}",
        [
            Heading("name", "without"),
            Heading("kind", "kind"),
            Heading("same", "stays"),
            Heading("models", "models"),
            Heading("gone", "terms gone"),
            Heading("new", "new terms"),
            Heading("coincidence", "coincidence", "right"),
            Heading("consistency", "consistency", "right"),
            Heading("coverage", "coverage", "right"),
        ],
        rows,
        notes=[
            f"With everything: consistency {consistency:.3f}, coverage {coverage:.3f}.",
            "Coincidence: of the initial model and the nearest new one, over all cases.",
            *(f"Caveat: {caveat}." for caveat in found.caveats),
        ],
    )


def memo(found: Drops) -> str:
    """Which drops change the formula, and how, within 80 columns."""
    lines = []
    for kind in KINDS:
        own = found.of(kind)
        if not own:
            continue
        same, n = found.stays(kind)
        lines += wrap(f"Without one {kind} the formula stays in {same} of {n}", WIDTH)
        moved = [one for one in own if not one.same]
        for one in moved[:SHOWN]:
            first, *more = wrap(
                f"  {one.name}: {_models(one)} (coincidence {one.coincidence:.2f})", WIDTH - 4
            )
            lines += [f"  {first}", *(f"    {rest}" for rest in more)]
        if len(moved) > SHOWN:
            lines.append(f"  … and {len(moved) - SHOWN} more that change it")
    return "\n".join([*lines, *told(found.caveats)])


def _models(one: Drop) -> str:
    return one.formula.text if one.formula.models else f"no solution: {one.formula.nothing}"

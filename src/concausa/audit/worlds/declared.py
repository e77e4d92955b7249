"""Declared choices: the rows of a study's table ``choices``, by what they leave open."""

from __future__ import annotations

from collections.abc import Iterable

from concausa.audit.worlds.open_choice import OpenChoice, Option
from concausa.core.caveat import Caveat
from concausa.core.errors import DataError, OptionError
from concausa.core.nearest import nearest
from concausa.core.table import Link
from concausa.study.study import Study
from concausa.theory.choice import Choice


def every(study: Study, kind: str) -> tuple[Choice, ...]:
    """Every row of a kind, in the order of the study."""
    return tuple(row for row in study.choices if row.kind == kind)


def only(study: Study, kind: str) -> Choice | None:
    """The row of a kind; None without one, DataError if there are several."""
    rows = every(study, kind)
    if len(rows) > 1:
        raise DataError(
            f"{len(rows)} choices are of the kind {kind}",
            where=f"choices {', '.join(row.id for row in rows)}",
            fix="keep one of them and put the options of the others there",
        )
    return rows[0] if rows else None


def refused(row: Choice, option: str, allowed: Iterable[str], *, form: str = "") -> OptionError:
    """The error for an option that a row cannot have; *form* tells how options are written."""
    known = tuple(allowed)
    near = nearest(option, known)
    told = f"one of {', '.join(known)}" if known else ""
    return OptionError(
        f"a choice of {row.kind} has no option {option!r}",
        where=f"choices {row.id}, options",
        fix=f"did you mean {near!r}?" if near else "; ".join(part for part in (told, form) if part),
    )


def opened(
    kind: str,
    label: Caveat,
    options: tuple[Option, ...],
    row: Choice | None,
    *,
    id: str = "",
    closed: tuple[tuple[str, str], ...] = (),
) -> OpenChoice | None:
    """A choice between options, told in the row's words if there is a row; None if there is no choice."""
    if len(options) < 2:
        return None
    if row is None:
        return OpenChoice(id or kind, kind, label, options)
    told = Caveat.of("choice", "{label}", label=row.label)
    return OpenChoice(id or row.id, kind, told, options, link=Link("choices", row.id), closed=closed)

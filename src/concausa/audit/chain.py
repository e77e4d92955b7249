"""The chain behind a cell, a number or a sentence: what ``concausa why`` shows."""

from __future__ import annotations

import re

from concausa.audit.branches import Branches
from concausa.audit.order import order
from concausa.audit.row_title import KIND
from concausa.audit.tree import Chain
from concausa.core.errors import UnknownNameError
from concausa.core.nearest import nearest
from concausa.core.unit import Case
from concausa.study.schema import TABLES
from concausa.study.study import Study

__all__ = ["Chain", "chain"]

_ORDER = re.compile(r"(?P<first>\S+?)(?:\s*[<>]\s*|\s+(?:before|after)\s+)(?P<second>\S+)")


def chain(study: Study, target: str) -> Chain:
    """All that stands behind *target*, down to the sources.

    Parameters
    ----------
    study : Study
        As it may be shown: pass ``study.public()`` so that withheld passages stay withheld.
    target : str
        A cell such as ``NL-1.BQ`` or ``NL-1.BQ.tenure``; a case such as ``NL-1``; the id of any row
        (a fact, check, claim, rival, mechanism, passage, source, event …), written ``table:id``
        where two tables have rows of that name; or a question of order, ``V1 < V2``.

    Raises
    ------
    UnknownNameError
        If the study has nothing of that name, with the nearest name; or if several tables do.
    """
    target = target.strip()
    branches = Branches.of(study)
    homes = [name for name, rows in branches.rows.items() if target in rows]
    if not homes and (match := _ORDER.fullmatch(target)):
        return _order(study, match["first"], match["second"])
    table, _, id = target.partition(":")
    if table in TABLES and id:
        return branches.row(table, study.row(table, id))
    if cell := _cell(study, branches, target):
        return cell
    if len(homes) == 1:
        return branches.row(homes[0], branches.rows[homes[0]][target])
    if homes:
        choices = " or ".join(f"{home}:{target}" for home in homes)
        raise UnknownNameError(f"several rows are called {target!r}", fix=f"write {choices}")
    raise _unknown(study, branches, target)


def _cell(study: Study, branches: Branches, target: str) -> Chain | None:
    for unit in study.units:
        for period in study.periods:
            case = Case(unit, period)
            if target == case.id:
                return branches.case(case)
            if not target.startswith(f"{case.id}."):
                continue
            sign = target.removeprefix(f"{case.id}.")
            for table in ("conditions", "indicators"):
                if sign in branches.rows[table]:
                    return branches.cell(case, branches.rows[table][sign])
            known = [*branches.rows["conditions"], *branches.rows["indicators"]]
            near = nearest(sign, known)
            raise UnknownNameError(
                f"there is no condition or indicator {sign!r}",
                where=target,
                fix=f"did you mean {case.id}.{near}?" if near else f"one of {', '.join(known)}",
            )
    return None


def _order(study: Study, first: str, second: str) -> Chain:
    found = order(study, first, second)
    branches = Branches.of(study)
    ids = dict.fromkeys(link.id for link in found.links)
    events = [branches.rows["events"][id] for id in ids]
    steps = tuple(branches.step("events", event, (branches.source(event.source),)) for event in events)
    said = {
        "before": f"{first} came before {second}",
        "after": f"{first} came after {second}",
        "same time": f"{first} and {second} fall on the same time",
        "undecided": f"the order of {first} and {second} is undecided",
    }[found.relation]
    return Chain(f"{said}: {found.reason}", "order", None, steps)


def _unknown(study: Study, branches: Branches, target: str) -> UnknownNameError:
    cells = [f"{case.id}.{condition.id}" for case in study.cases for condition in study.conditions]
    ids = [id for name, rows in branches.rows.items() if name != "translations" for id in rows]
    near = nearest(target, [*cells, *(case.id for case in study.cases), *ids])
    kinds = ", ".join(KIND[name] for name in ("claims", "rivals", "facts", "checks", "evidence", "events"))
    example = cells[0] if cells else "UNIT-PERIOD.CONDITION"
    return UnknownNameError(
        f"the study has nothing called {target!r}",
        fix=f"did you mean {near}?"
        if near
        else f"name a cell such as {example}, or the id of a {kinds} or source",
    )

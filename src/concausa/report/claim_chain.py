"""The chain of a claim as nested lists: cases, cells, codings, passages, sources, each linked to the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from concausa.audit.findings.footprint import Footprint
from concausa.core.table import Link
from concausa.core.typeset.html_table import escape
from concausa.measurement.coding import Coding
from concausa.report.exhibits.scribe import Scribe

#: Rows of the record that a statement may name, with the column that tells most of each.
RECORD = (
    ("checks", "label"),
    ("facts", "subject"),
    ("events", "title"),
    ("terms", "holder"),
    ("elections", "winner"),
    ("series", "label"),
)


@dataclass(frozen=True, slots=True)
class ClaimChain:
    """Tells what claims rest on, in one language.

    Parameters
    ----------
    scribe : Scribe
    address : function
        From a row to where the report shows it, such as ``../../report.html#en-evidence.E1``; None if
        it does not.
    rows, told : dict
        The rows of the study by table and id, and what is told of each: filled as they are asked for.
    """

    scribe: Scribe
    address: Callable[[Link], str | None]
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    told: dict[Link, str] = field(default_factory=dict)

    def row(self, table: str, id: str) -> Any | None:
        """A row of the study; None if there is none."""
        if table not in self.rows:
            self.rows[table] = {row.id: row for row in self.scribe.study.rows(table)}
        return self.rows[table].get(id)

    def html(self, footprint: Footprint) -> str:
        """The items of the outermost list; empty for a claim that rests on nothing."""
        seen: set[str] = set()
        items = [self._case(case, names, footprint, seen) for case, names in _by_case(footprint)]
        for table, column in RECORD:
            items += [self._record(table, column, id) for id in footprint.rows.get(table, ())]
        if ids := footprint.rows.get("sources", ()):
            label = escape(self.scribe.language.say("Sources"))
            listed = "".join(self._source(id) for id in ids)
            items.append(
                f"<li><details><summary><b>{label}</b> {len(ids)}</summary><ul>{listed}</ul></details></li>"
            )
        return "".join(items)

    def passages(self, ids: Iterable[str]) -> str:
        """Passages as items, each with what it says and its source."""
        return "".join(self._passage(id, set()) for id in ids)

    def _case(self, case: str, names: Iterable[str], footprint: Footprint, seen: set[str]) -> str:
        found = [(name, self._codings(case, name, footprint)) for name in names]
        summary = "; ".join(f"{name} {self._levels(codings)}" for name, codings in found)
        body = "".join(self._cell(name, codings, seen) for name, codings in found)
        return f"<li><details><summary><b>{escape(case)}</b> {escape(summary)}</summary><ul>{body}</ul></details></li>"

    def _codings(self, case: str, name: str, footprint: Footprint) -> list[Coding]:
        rows = (self.row("codings", id) for id in footprint.rows.get("codings", ()))
        return [
            row
            for row in rows
            if row is not None and f"{row.unit}-{row.period}" == case and row.condition == name
        ]

    def _levels(self, codings: Iterable[Coding]) -> str:
        levels = dict.fromkeys(row.level for row in codings)
        if not levels:
            return "–"
        return self.scribe.language.say(" or ").join(map(self.scribe.language.level, levels))

    def _cell(self, name: str, codings: list[Coding], seen: set[str]) -> str:
        label = f"{self.scribe.name('conditions', name)} ({name}): {self._levels(codings)}"
        if not codings:
            bare = self.scribe.language.say("no level is given")
            return f"<li>{escape(label)} <small>{escape(bare)}</small></li>"
        return f"<li>{escape(label)}<ul>{''.join(self._coding(row, seen) for row in codings)}</ul></li>"

    def _coding(self, row: Coding, seen: set[str]) -> str:
        link = Link("codings", row.id)
        if link not in self.told:
            self.told[link] = self._coding_alone(row)
        below = "".join(self._passage(id, seen) for id in row.evidence)
        return f"<li>{self.told[link]}{f'<ul>{below}</ul>' if below else ''}</li>"

    def _coding_alone(self, row: Coding) -> str:
        language = self.scribe.language
        parts = [language.level(row.place), self.scribe.place(row).text, row.coder]
        about = escape(", ".join(part for part in parts if part))
        if not row.evidence:
            about += f"; {escape(language.say('rests on no passage'))}{self._from(row, '; ')}"
        return f"{self._link('codings', row.id)} {escape(language.level(row.level))} <small>{about}</small>"

    def _passage(self, id: str, seen: set[str]) -> str:
        """A passage in full the first time, by its id after that."""
        row = self.row("evidence", id)
        if row is None or id in seen:
            return f"<li>{self._link('evidence', id)}</li>"
        seen.add(id)
        link = Link("evidence", id)
        if link not in self.told:
            text = self.scribe.text("evidence", row, "summary").text
            test = escape(self.scribe.language.level(row.test))
            about = test + self._from(row, "; " if test else "")
            self.told[link] = (
                f"<li>{self._link('evidence', id)} {escape(text)}{f' <small>({about})</small>' if about else ''}</li>"
            )
        return self.told[link]

    def _from(self, row: Any, joint: str) -> str:
        """The source of a row with the place in it, after a joint; empty without one."""
        if not getattr(row, "source", ""):
            return ""
        locator = getattr(row, "locator", "")
        return f"{joint}{self._link('sources', row.source)}{f', {escape(locator)}' if locator else ''}"

    def _source(self, id: str) -> str:
        link = Link("sources", id)
        if link not in self.told:
            row = self.row("sources", id)
            parts = (
                [self.scribe.text("sources", row, name).text for name in ("author", "title", "role", "date")]
                if row is not None
                else []
            )
            said = escape(". ".join(part for part in parts if part))
            self.told[link] = f"<li>{self._link('sources', id)} {said}</li>"
        return self.told[link]

    def _record(self, table: str, column: str, id: str) -> str:
        link = Link(table, id)
        if link not in self.told:
            row = self.row(table, id)
            language = self.scribe.language
            value = row.value if row is not None and table == "facts" else None
            parts = (
                [
                    self.scribe.text(table, row, column).text,
                    self.scribe.date(getattr(row, "date", None)).text,
                    f"{language.number(value)} {row.measured_in}" if value is not None else "",
                    str(getattr(row, "formula", "")),
                ]
                if row is not None
                else []
            )
            said = escape("; ".join(part for part in parts if part))
            source = self._from(row, "")
            self.told[link] = (
                f"<li>{self._link(table, id)} {said}{f' <small>({source})</small>' if source else ''}</li>"
            )
        return self.told[link]

    def _link(self, table: str, id: str) -> str:
        address = self.address(Link(table, id))
        return f'<a class="k" href="{escape(address)}">{escape(id)}</a>' if address else escape(id)


def _by_case(footprint: Footprint) -> Iterator[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for case, condition in footprint.cells:
        found.setdefault(case, []).append(condition)
    yield from found.items()

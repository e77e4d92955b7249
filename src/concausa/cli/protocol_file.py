"""A robustness protocol that was declared in a file: the analysis, its alternatives, and what is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concausa.cli import protocol_keys as keys
from concausa.cli.protocol_keys import Document
from concausa.core.errors import ConcausaError, DataError
from concausa.core.nearest import nearest

if TYPE_CHECKING:
    from concausa.qca.analysis import Analysis
    from concausa.qca.robustness.varying import Varying

#: Parts of a protocol, in the order in which they run.
PARTS = ("ranges", "tests", "drop", "monte-carlo", "null")
_ANALYSIS = (*keys.CUTOFFS, "solution", "models", "limit", "row-dominance", "contradictions", "why")


@dataclass(frozen=True, slots=True)
class Declared:
    """What a protocol declares.

    Parameters
    ----------
    analysis : Analysis
        The initial one.
    parts : tuple of str
        What is asked, among ``ranges``, ``tests``, ``drop``, ``monte-carlo`` and ``null``.
    tests : tuple of Analysis
    choose : mapping of str to int
        Which model stands for an analysis, counted from 0.
    ranges, drop, null : mapping
        Options of these parts.
    coders : mapping of coder to mapping of column to scores
    varying : tuple of Varying
    draws, seed : int
        Of the Monte Carlo.
    """

    analysis: Analysis
    parts: tuple[str, ...]
    tests: tuple[Analysis, ...] = ()
    choose: Mapping[str, int] = field(default_factory=dict)
    ranges: Mapping[str, Any] = field(default_factory=dict)
    drop: Mapping[str, Any] = field(default_factory=dict)
    null: Mapping[str, Any] = field(default_factory=dict)
    coders: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    varying: tuple[Varying, ...] = ()
    draws: int = 1_000
    seed: int = 1


def read_protocol(path: Path) -> Declared:
    """The protocol in a file, with its data.

    Raises
    ------
    DataError, OptionError, UnknownNameError, ScaleError, ExpressionError
        With file and line.
    """
    from concausa.cli.data_file import read

    document = keys.read_document(path)
    top = document.checked(document.content, keys.FILE)
    for key in ("data", "outcome", "conditions"):
        if key not in top:
            raise DataError(
                f"the protocol does not say {key!r}",
                where=path.name,
                fix="`concausa robustness --example` shows what it says",
            )
    with placed(document, "the data", key="data"):
        frame: Mapping[str, Any] = read(path.parent / top["data"])
    reading = Reading(document, frame)
    first = reading.analysis(top)
    tests = reading.tests(first, top.get("test", []))
    coders = reading.coders(top.get("coder", []))
    drop = document.checked(top.get("drop", {}), keys.DROP, "drop")
    asked = {
        "ranges": "ranges" in top,
        "tests": bool(tests),
        "drop": "drop" in top or bool(coders),
        "monte-carlo": "vary" in top,
        "null": "null" in top,
    }
    if "monte-carlo" in top and "vary" not in top:
        raise DataError(
            "nothing varies in the Monte Carlo",
            where=document.place("monte-carlo"),
            fix='add [[vary]] with parameter = "GNPCAP crossover", low and high',
        )
    drawn = document.checked(top.get("monte-carlo", {}), keys.MONTE_CARLO, "monte-carlo")
    names = [first.label or "IS", *(one.label for one in tests)]
    models = [top.get("model"), *(one.get("model") for one in top.get("test", []))]
    choose = {
        "IS" if place == 0 else name: model - 1
        for place, (name, model) in enumerate(zip(names, models, strict=True))
        if model is not None
    }
    return Declared(
        first,
        tuple([part for part in PARTS if asked[part]]) or ("ranges", "drop"),
        tests,
        choose,
        document.checked(top.get("ranges", {}), keys.RANGES, "ranges"),
        drop,
        document.checked(top.get("null", {}), keys.NULL, "null"),
        coders,
        reading.varying(first, top.get("vary", [])),
        drawn.get("draws", 1_000),
        drawn.get("seed", 1),
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """A protocol and its data while it is read."""

    document: Document
    frame: Mapping[str, Any]

    def analysis(self, top: Mapping[str, Any]) -> Analysis:
        """The initial analysis."""
        from concausa.qca.analysis import analysis

        calibrations = self._calibrations(top.get("calibrations", {}), "calibrations")
        options = {key.replace("-", "_"): top[key] for key in _ANALYSIS if key in top}
        with placed(self.document, "the analysis", key="outcome"):
            return analysis(
                self.frame,
                outcome=top["outcome"],
                conditions=top["conditions"],
                cases=top.get("cases"),
                calibrations=calibrations,
                dont_care=top.get("dont-care", "-"),
                levels=top.get("levels"),
                label=top.get("label", ""),
                **self._theory(top),
                **options,
            )

    def tests(self, first: Analysis, rows: list[Mapping[str, Any]]) -> tuple[Analysis, ...]:
        """The declared alternatives."""
        found = []
        for number, row in enumerate(rows):
            self.document.checked(row, keys.TEST, "test", number)
            label = row.get("label", f"TS{number + 1}")
            changes = {key.replace("-", "_"): row[key] for key in _ANALYSIS if key in row}
            changes |= {key: row[key] for key in ("outcome", "conditions") if key in row}
            if "without" in row:
                changes["without_cases"] = row["without"]
            with placed(self.document, f'test "{label}"', "test", number):
                anchors = {self._anchor(first, name): value for name, value in row.get("anchors", {}).items()}
                columns = {name: self._column(column) for name, column in row.get("columns", {}).items()}
                found.append(
                    first.changed(
                        anchors=anchors,
                        columns=columns,
                        calibrations=self._calibrations(row.get("calibrations", {}), "test.calibrations"),
                        label=label,
                        **self._theory(row),
                        **changes,
                    )
                )
        return tuple(found)

    def coders(self, rows: list[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        """The scores that each coder gives, by column."""
        found: dict[str, dict[str, Any]] = {}
        for number, row in enumerate(rows):
            self.document.checked(row, keys.CODER, "coder", number)
            if "name" not in row or not row.get("columns"):
                raise DataError(
                    "a coder has a name and columns",
                    where=self.document.place("coder", number),
                    fix='write name = "ana" and columns = { EL = "EL_ana" }',
                )
            with placed(self.document, f'coder "{row["name"]}"', "coder", number):
                found[row["name"]] = {name: self._column(one) for name, one in row["columns"].items()}
        return found

    def varying(self, first: Analysis, rows: list[Mapping[str, Any]]) -> tuple[Varying, ...]:
        """What varies in the Monte Carlo."""
        from concausa.qca.robustness.varying import CUTOFFS, Varying

        found = []
        for number, row in enumerate(rows):
            given = self.document.checked(row, keys.VARY, "vary", number)
            for key in ("parameter", "low", "high"):
                if key not in given:
                    raise DataError(
                        f"[[vary]] does not say {key!r}",
                        where=self.document.place("vary", number),
                        fix='write parameter = "GNPCAP crossover", low = 500, high = 600',
                    )
            name = given.pop("parameter")
            with placed(self.document, f'"{name}"', "vary", number):
                column, anchor = (name, "") if name in CUTOFFS else self._anchor(first, name)
                found.append(Varying(of=column, anchor=anchor, **given))
        return tuple(found)

    def _calibrations(self, tables: Mapping[str, Any], home: str) -> dict[str, dict[str, Any]]:
        found = {}
        for name, options in tables.items():
            if not isinstance(options, dict):
                raise DataError(
                    f"the calibration of {name} is a table of its own",
                    where=self.document.place(home, 0, name),
                    fix=f"write [{home}.{name}] and below it anchors = [400, 550, 900]",
                )
            found[name] = self.document.checked(options, keys.CALIBRATION, f"{home}.{name}")
        return found

    def _theory(self, row: Mapping[str, Any]) -> dict[str, Any]:
        from concausa.qca.exclusion import Exclusion, Inclusion

        found: dict[str, Any] = {}
        if "expectations" in row:
            given = row["expectations"]
            found["expectations"] = given if isinstance(given, str) else ", ".join(given)
        for key, noun in (("exclude", Exclusion), ("include", Inclusion)):
            if key in row:
                regions = [row[key]] if isinstance(row[key], str) else row[key]
                found[key] = [noun(*_what(one, key, self.document)) for one in regions]
        return found

    def _anchor(self, first: Analysis, name: str) -> tuple[str, str]:
        """Column and anchor from ``GNPCAP crossover``."""
        from concausa.qca.robustness.anchor_pieces import anchor_names

        known = {" ".join(one): one for one in anchor_names(first)}
        if name in known:
            return known[name]
        near = nearest(name, known)
        raise DataError(
            f'there is no anchor "{name}"',
            where=f"anchors: {', '.join(known) or 'none; no column is calibrated here'}",
            fix=f'did you mean "{near}"?' if near else "name a column and its anchor",
        )

    def _column(self, name: Any) -> Any:
        if isinstance(name, str) and name in self.frame:
            return self.frame[name]
        near = nearest(str(name), list(self.frame))
        raise DataError(
            f'the data have no column "{name}"',
            where=f"columns: {', '.join(self.frame)}",
            fix=f'did you mean "{near}"?' if near else "use one of these",
        )


@contextmanager
def placed(document: Document, what: str, table: str = "", row: int = 0, key: str = "") -> Iterator[None]:
    """Errors inside say in which line of the protocol their cause stands."""
    try:
        yield
    except ConcausaError as error:
        error.where = f"{document.place(table, row, key)} ({what})\n{error.where}".rstrip("\n")
        raise


def _what(one: Any, key: str, document: Document) -> tuple[str, str]:
    if isinstance(one, str):
        return (one, "")
    unknown = [name for name in one if name not in ("what", "why")]
    if unknown or not isinstance(one.get("what"), str) or not isinstance(one.get("why", ""), str):
        raise DataError(
            f"{key} takes what may {'not ' if key == 'exclude' else ''}be assumed, and why",
            where=document.place("", 0, key),
            fix=f'write {key} = [{{ what = "A*~B", why = "no such case can be" }}]',
        )
    return (one["what"], one.get("why", ""))

"""``concausa robustness``: how a solution stands up to other choices, as a protocol declares them."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from concausa.cli import options, terminal
from concausa.cli.progress import progress
from concausa.cli.robustness_parts import run_parts
from concausa.cli.robustness_study import is_study, tell
from concausa.core.errors import OptionError

if TYPE_CHECKING:
    from concausa.cli.protocol_file import Declared
    from concausa.qca.robustness.protocol import Protocol


class Part(StrEnum):
    """A part of the protocol."""

    RANGES = "ranges"
    TESTS = "tests"
    DROP = "drop"
    MONTE_CARLO = "monte-carlo"
    NULL = "null"
    ALL = "all"


class Solution(StrEnum):
    """Whose robustness is asked about."""

    CONSERVATIVE = "conservative"
    PARSIMONIOUS = "parsimonious"
    INTERMEDIATE = "intermediate"


def command(
    file: Annotated[
        Path | None,
        typer.Argument(help="A protocol (.toml), a data file for what needs no declaration, or a study."),
    ] = None,
    example: Annotated[
        bool, typer.Option("--example", help="Print a protocol to begin with, explained.")
    ] = False,
    part: Annotated[
        list[Part] | None, typer.Option(help="Only this part; repeatable. All that is declared if not given.")
    ] = None,
    outcome: Annotated[str | None, typer.Option(help="Of a data file: column of the outcome, or ~Y.")] = None,
    conditions: Annotated[
        str | None, typer.Option(help="Of a data file: columns of the conditions, separated by commas.")
    ] = None,
    cases: Annotated[
        str | None, typer.Option(help="Of a data file: column with the names of the cases.")
    ] = None,
    calibrate: Annotated[
        list[str] | None,
        typer.Option(help="Of a data file: a raw column and its anchors, GNPCAP=400,550,900. Repeatable."),
    ] = None,
    consistency: Annotated[float | None, typer.Option(help="Of a data file: cut-off, .8.")] = None,
    pri: Annotated[float | None, typer.Option(help="Of a data file: cut-off, 0.")] = None,
    frequency: Annotated[int | None, typer.Option(help="Of a data file: cut-off, 1.")] = None,
    solution: Annotated[
        Solution | None, typer.Option(help="Of a data file: conservative if not given. Of a study: in full.")
    ] = None,
    expect: Annotated[
        str | None, typer.Option(help="Of a data file: directional expectations, such as A,~B.")
    ] = None,
    negated: Annotated[
        bool, typer.Option("--negated", help="Of a study: the solution for less than the level.")
    ] = False,
    level: Annotated[
        str | None, typer.Option(help="Of a study: the level of the outcome that counts as in.")
    ] = None,
    hold: Annotated[
        str | None, typer.Option(help="What ranges hold: formula, or core (terms that all models share).")
    ] = None,
    budget: Annotated[
        int | None, typer.Option(help="Rows × cells that are searched for the range of one anchor.")
    ] = None,
    draws: Annotated[int | None, typer.Option(help="Draws of the Monte Carlo and of the null.")] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of both.")] = None,
    workers: Annotated[int, typer.Option(help="Processes on this machine.")] = 1,
    scheduler: Annotated[
        str | None, typer.Option(help="Address of a Dask scheduler, HOST:PORT, that does the work.")
    ] = None,
    log: Annotated[
        Path | None,
        typer.Option(help="Log of every analysis run; beside a protocol as NAME.log if not given."),
    ] = None,
    no_log: Annotated[bool, typer.Option("--no-log", help="Keep no log.")] = False,
    show_log: Annotated[
        Path | None, typer.Option(help="Show a log: what was run, how often each formula came out.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Folder for tables, charts and an R script.")
    ] = None,
    key: options.Key = None,
    unscreened: options.Unscreened = False,
    as_json: options.AsJson = False,
) -> None:
    """How far a solution stands up to other choices (QCA robustness).

    A protocol is declared in a file before its results are seen: the analysis,
    alternatives with reasons, intervals. Ranges of anchors and cut-offs are
    found by exact breakpoints; fit covers all test solutions. Every analysis
    is logged, abandoned ones too. Of a study the readings that its text admits
    are the test set, and what so few cases forbid is refused with its reason.

    \b
    Examples:
      concausa robustness --example > protocol.toml
      concausa robustness protocol.toml -o results
      concausa robustness lipset.csv --outcome SURVIVAL --cases CASEID \\
        --conditions GNPCAP,LITERACY --calibrate GNPCAP=400,550,900 \\
        --calibrate LITERACY=50,75,90 --part ranges
      concausa robustness --show-log protocol.log
      concausa robustness prosoft --solution intermediate

    \b
    JSON: analysis (settings), models, n_models, summary, staying, ranges (hold,
    formula, core, tightest, ranges, fixed), tests, drops, monte_carlo, null
    (None if not asked for), refused, caveats, cite, files, log. --show-log: runs,
    formulas, ended, analyses, abandoned, failed, broken, torn. --example: toml.
    Study: study, outcome, conditions, cases, left_out, solutions, nothing, asked,
    files.
    """
    if example or show_log is not None:
        _aside(example, show_log, as_json=as_json)
        return
    direct = {
        "--outcome": outcome, "--conditions": conditions, "--cases": cases, "--calibrate": calibrate or None,
        "--consistency": consistency, "--pri": pri, "--frequency": frequency, "--solution": solution,
        "--expect": expect,
    }  # fmt: skip
    if file is not None and is_study(file, direct):
        unfit = {name: value for name, value in direct.items() if name != "--solution"} | {
            "--part": part, "--hold": hold, "--budget": budget, "--draws": draws, "--seed": seed, "--log": log,
            "--scheduler": scheduler,
        }  # fmt: skip
        tell(
            str(file), kind=solution.value if solution else None, negated=negated, level=level, unfit=unfit,
            out=out, key=key, unscreened=unscreened, as_json=as_json,
        )  # fmt: skip
        return
    if negated or level is not None:
        raise OptionError(
            "--negated and --level go with a study",
            where=str(file),
            fix="of a data file name the outcome: --outcome '~Y'",
        )
    if file is None:
        raise OptionError(
            "there is no protocol",
            where="FILE",
            fix="`concausa robustness --example` prints one to begin with",
        )
    with progress(f"Reading {file}") as doing:
        declared = _declared(file, direct)
        declared = _narrowed(declared, part or [], {"hold": hold, "budget": budget}, draws, seed)
        place = (
            None if no_log else log or (file.with_suffix(".log") if file.suffix.lower() == ".toml" else None)
        )
        found = run_parts(declared, place, {"workers": workers, "scheduler": scheduler}, doing)
        document = found.data() | {
            "cite": list(found.cite()),
            "files": [],
            "log": str(place) if place else None,
        }
        if out is not None:
            doing("Writing tables and charts")
            document["files"] = _write(found, declared, out, document, file)
    if as_json:
        terminal.write_json(document)
        return
    terminal.write(str(found).rstrip("\n"))
    if out is not None:
        terminal.write(
            f"\n{len(document['files'])} files in {out}: tables, figures, analysis.R, results.json"
        )


def _aside(example: bool, show_log: Path | None, *, as_json: bool) -> None:
    """The example, or a log."""
    if example:
        from concausa.cli.protocol_example import EXAMPLE

        if as_json:
            terminal.write_json({"toml": EXAMPLE})
        else:
            terminal.write(EXAMPLE.rstrip("\n"))
        return
    from concausa.cli.analysis_log import shown

    assert show_log is not None
    log = shown(show_log)
    if as_json:
        terminal.write_json(log.data())
    else:
        terminal.write(str(log).rstrip("\n"))


def _declared(file: Path, direct: dict[str, Any]) -> Declared:
    given = [name for name, value in direct.items() if value is not None]
    if file.suffix.lower() == ".toml":
        if given:
            raise OptionError(
                f"{given[0]} says what the protocol says",
                where=f"{file} and {', '.join(given)}",
                fix="write it into the protocol, so that it is declared",
            )
        from concausa.cli.protocol_file import read_protocol

        return read_protocol(file)
    for name in ("--outcome", "--conditions"):
        if direct[name] is None:
            raise OptionError(
                f"{name} is not given",
                where=str(file),
                fix=f"name columns with {name}, or give a protocol (`concausa robustness --example`)",
            )
    return _of_data(file, direct)


def _of_data(file: Path, direct: dict[str, Any]) -> Declared:
    """The simplest protocol: a data file, and what needs no declaration."""
    from concausa.cli.data_file import names, read
    from concausa.cli.protocol_file import Declared
    from concausa.qca.analysis import analysis

    asked = {
        "consistency": direct["--consistency"],
        "pri": direct["--pri"],
        "frequency": direct["--frequency"],
    }
    kind = direct["--solution"]
    first = analysis(
        read(file),
        outcome=direct["--outcome"],
        conditions=names(direct["--conditions"]),
        cases=direct["--cases"],
        calibrations=dict([_calibration(text) for text in direct["--calibrate"] or ()]),
        solution=kind.value if kind else "conservative",
        expectations=direct["--expect"],
        **{name: value for name, value in asked.items() if value is not None},
    )
    return Declared(first, ("ranges", "drop", "null"))


def _calibration(text: str) -> tuple[str, dict[str, Any]]:
    """``GNPCAP=400,550,900``: three anchors or six; one number is a threshold, two and more are not anchors."""
    name, equals, values = text.rpartition("=")
    try:
        numbers = [float(value) for value in values.split(",")]
    except ValueError:
        numbers = []
    if not (equals and name.strip() and numbers):
        raise OptionError(
            f"{text!r} is no calibration", where="--calibrate", fix="write GNPCAP=400,550,900, or GNPCAP=550"
        )
    if len(numbers) == 1:
        return name.strip(), {"method": "crisp", "thresholds": numbers}
    return name.strip(), {"anchors": numbers}


def _narrowed(
    declared: Declared, parts: list[Part], ranges: dict[str, Any], draws: int | None, seed: int | None
) -> Declared:
    """What is declared, less the parts that are not asked for, with options of the call."""
    from dataclasses import replace

    wanted = [part.value for part in parts if part is not Part.ALL]
    null = dict(declared.null)
    null |= {name: value for name, value in (("draws", draws), ("seed", seed)) if value is not None}
    changed = replace(
        declared,
        ranges={**declared.ranges, **{name: value for name, value in ranges.items() if value is not None}},
        null=null,
        draws=declared.draws if draws is None else draws,
        seed=declared.seed if seed is None else seed,
    )
    if not wanted or len(wanted) < len(parts):
        return changed
    for name, has, key in (
        ("tests", declared.tests, "[[test]]"),
        ("monte-carlo", declared.varying, "[[vary]]"),
    ):
        if name in wanted and not has:
            raise OptionError(
                f"nothing is declared for --part {name}",
                where=f"--part {name}",
                fix=f"declare it in a protocol under {key}: `concausa robustness --example`",
            )
    return replace(changed, parts=tuple(wanted))


def _write(found: Protocol, declared: Declared, out: Path, document: dict[str, Any], file: Path) -> list[str]:
    from concausa.qca.robustness.r_protocol import r_protocol
    from concausa.qca.robustness.ranges_view import changes_table
    from concausa.qca.robustness.strips import strips
    from concausa.report.handout import hand_out

    tables, charts = list(found.tables()), list(found.charts())
    if found.ranges is not None:
        along = strips(found.ranges)
        tables += [changes_table(found.ranges), along.table()]
        charts += [along.chart()] if along.stretches else []
    texts = {
        "analysis.R": r_protocol(declared.analysis, declared.tests, title=file.stem),
        "results.json": json.dumps(document, indent=2, ensure_ascii=False) + "\n",
    }
    if file.suffix.lower() == ".toml":
        texts["protocol.toml"] = file.read_text("utf-8-sig")
    return list(hand_out(out, tables=tables, charts=charts, texts=texts))

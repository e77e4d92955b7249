"""``concausa calibrate``: memberships in a set from a column of raw values."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from concausa.cli import data_options, options, terminal
from concausa.cli.progress import progress
from concausa.core.errors import OptionError, SaveError, UnknownNameError
from concausa.core.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from concausa.sets.calibrated import Calibrated


class Method(StrEnum):
    """How memberships come from raw values."""

    DIRECT = "direct"
    LINEAR = "linear"
    INDIRECT = "indirect"
    CRISP = "crisp"
    MULTI_VALUE = "multi-value"
    TFR = "TFR"
    LEVELS = "levels"


class By(StrEnum):
    """How thresholds are looked for."""

    CLUSTERS = "clusters"
    GAPS = "gaps"
    NATURAL_BREAKS = "natural breaks"


def command(
    data: data_options.Data,
    column: Annotated[str, typer.Option(help="Column with the raw values.")],
    method: Annotated[
        Method, typer.Option(help="How memberships are made.", case_sensitive=False)
    ] = Method.DIRECT,
    anchors: Annotated[
        str, typer.Option(help="Full-out, crossover, full-in, rising or falling; six values for a bell.")
    ] = "",
    percentiles: Annotated[
        str, typer.Option(help="Take the anchors from the data, such as 5,50,95; marked by a caveat.")
    ] = "",
    shape: Annotated[
        str, typer.Option(help='"bell" or "inverted bell" for six anchors; "decreasing" for TFR.')
    ] = "",
    idm: Annotated[
        str, typer.Option(help='Membership at full-in, .95 if not given; "ragin" for log odds of 3 (.9526).')
    ] = "",
    below: Annotated[
        float | None, typer.Option(help="Linear: exponent below the crossover, 1 if not given.")
    ] = None,
    above: Annotated[
        float | None, typer.Option(help="Linear: exponent above the crossover, 1 if not given.")
    ] = None,
    thresholds: Annotated[
        str, typer.Option(help="Crisp: one; multi-value: several; indirect: cuts between groups.")
    ] = "",
    exclusive: Annotated[
        bool, typer.Option("--exclusive", help="A case exactly on a threshold has not passed it.")
    ] = False,
    degrees: Annotated[
        str, typer.Option(help="Indirect: column with the degree of each case, instead of thresholds.")
    ] = "",
    powers: Annotated[
        str, typer.Option(help="Indirect: powers of the curve, such as 1 or 0,1; the best ones if not given.")
    ] = "",
    levels: Annotated[
        str, typer.Option(help="Levels: low=0,medium=.5,high=1; or low,medium,high with --scheme.")
    ] = "",
    scheme: Annotated[
        str, typer.Option(help="Levels: three-value, four-value, five-value, six-value or seven-value.")
    ] = "",
    cases: data_options.Cases = None,
    keep_missing: Annotated[
        bool, typer.Option("--keep-missing", help="Keep cases without a value, without a membership.")
    ] = False,
    why: Annotated[str, typer.Option(help="The reason for the anchors, in your words.")] = "",
    source: Annotated[str, typer.Option(help="Where the reason can be read.")] = "",
    suggest: Annotated[
        int | None,
        typer.Option(help="Calibrate nothing: show where this many thresholds could lie, and the gaps."),
    ] = None,
    by: Annotated[By, typer.Option(help="How --suggest looks for them.")] = By.CLUSTERS,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Write the data with the new column to this CSV file.")
    ] = None,
    named: Annotated[str, typer.Option("--as", help="Name of the new column; COLUMN_set if not given.")] = "",
    chart: Annotated[
        Path | None, typer.Option(help="Draw the calibration into this .svg or .png file.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over files that exist.")] = False,
    as_json: options.AsJson = False,
) -> None:
    """Calibrate a column: raw values become memberships.

    Anchors say which raw value is fully out, on the crossover, and fully in; they are a claim about
    the concept, so give the reason (--why) and where it can be read (--source). Cases on the
    crossover, lopsided sets and anchors borrowed from the data are named below the table.

    \b
    Examples:
      concausa calibrate lipset.csv --column GNPCAP --anchors 400,550,900 \\
        --cases CASEID --why "poor and rich at the time" -o lipset-sets.csv
      concausa calibrate lipset.csv --column GOVSTAB --anchors 15,9.5,5
      concausa calibrate lipset.csv --column GNPCAP --suggest 2

    \b
    JSON: column, name, method, kind, anchors (values, names, shape, why,
    source, percentiles), options, cases (case, raw, membership), caveats, cite,
    files; with --suggest: column, name, by, thresholds, gaps, caveats.
    """
    with progress(f"Reading {data}"):
        from concausa.cli.data_file import read

        table = read(data)
        values = _column(table, column, "--column")
        labels = [str(case) for case in _column(table, cases, "--cases")] if cases else None
        missing: Literal["keep", "refuse"] = "keep" if keep_missing else "refuse"
        if suggest is not None:
            from concausa.sets.threshold_search import suggest_thresholds

            found = suggest_thresholds(values, suggest, by=by.value, missing=missing, name=column)
            _show(found, column, [], as_json=as_json)
            return
        from concausa.sets.calibrate import calibrate

        given: dict[str, Any] = {
            "anchors": _numbers(anchors, "--anchors"),
            "percentiles": _numbers(percentiles, "--percentiles"),
            "shape": shape or None,
            "idm": _idm(idm),
            "below": below,
            "above": above,
            "thresholds": _numbers(thresholds, "--thresholds"),
            "include": False if exclusive else None,
            "degrees": _column(table, degrees, "--degrees") if degrees else None,
            "powers": _numbers(powers, "--powers"),
            "levels": _levels(levels),
            "scheme": scheme or None,
        }
        if method is Method.LEVELS:
            values = [value if value is None else str(value) for value in values]
        made = calibrate(
            values,
            method=method.value,
            cases=labels,
            name=column,
            why=why,
            source=source,
            missing=missing,
            **given,
        )
        files = _write(made, table, named or f"{column}_set", out, chart, replace=replace)
    _show(made, column, files, as_json=as_json)


def _show(found: Any, column: str, files: Sequence[str], *, as_json: bool) -> None:
    from concausa.core.typeset import text

    if as_json:
        written = {"files": list(files)} if hasattr(found, "memberships") else {}
        terminal.write_json({"column": column} | found.data() | written)
        return
    terminal.write(text(found.table(), terminal.width()).rstrip("\n"))
    for file in files:
        terminal.write(f"written to {file}")


def _column(table: Mapping[str, list[Any]], name: str, option: str) -> list[Any]:
    if name in table:
        return table[name]
    near = nearest(name, table)
    hint = f"did you mean {near!r}? " if near else ""
    raise UnknownNameError(
        f"there is no column {name!r}", where=option, fix=f"{hint}the columns are {', '.join(table)}"
    )


def _numbers(text: str, option: str) -> list[float] | None:
    if not text.strip():
        return None
    found = []
    for part in text.split(","):
        try:
            found.append(float(part))
        except ValueError as error:
            raise OptionError(
                f"{part.strip()!r} is no number",
                where=f"{option} {text}",
                fix="write numbers with a decimal point, separated by commas, such as 10,20.5,30",
            ) from error
    return found


def _idm(text: str) -> float | str | None:
    if not text or text == "ragin":
        return text or None
    found = _numbers(text, "--idm") or []
    return found[0] if len(found) == 1 else text


def _levels(text: str) -> dict[str, float] | list[str] | None:
    if not text.strip():
        return None
    parts = [part.strip() for part in text.split(",")]
    if not any("=" in part for part in parts):
        return parts
    found: dict[str, float] = {}
    for part in parts:
        level, sign, value = (piece.strip() for piece in part.rpartition("="))
        if not sign or level in found:
            raise OptionError(
                f"level {level!r} is given twice" if sign else f"{part!r} has no membership",
                where=f"--levels {text}",
                fix="write each level once, such as low=0,medium=.5,high=1",
            )
        (found[level],) = _numbers(value, "--levels") or [float("nan")]
    return found


def _write(
    made: Calibrated,
    table: Mapping[str, list[Any]],
    name: str,
    out: Path | None,
    chart: Path | None,
    *,
    replace: bool,
) -> list[str]:
    """Write what was asked for, after all of it is known to be possible."""
    for path, ends in ((out, (".csv",)), (chart, (".svg", ".png"))):
        if path is None:
            continue
        if path.suffix.lower() not in ends:
            raise OptionError(
                f"{path.name} is no {' or '.join(ends)} file",
                where=str(path),
                fix=f"give it a name that ends in {ends[0]}",
            )
        if path.exists() and not replace:
            raise SaveError(
                "there is such a file already", where=str(path), fix="name another, or use --replace"
            )
    if out is not None and name in table:
        raise OptionError(
            f"the data have a column {name!r} already", where="--as", fix="name the new column with --as"
        )
    written = []
    from concausa.study.atomic import write_bytes

    if out is not None:
        write_bytes(out, _csv(table, name, made.memberships.tolist()))
        written.append(str(out))
    if chart is not None:
        from concausa.draw.picture import png, svg

        picture = made.chart()
        write_bytes(chart, png(picture) if chart.suffix.lower() == ".png" else svg(picture).encode())
        written.append(str(chart))
    return written


def _csv(table: Mapping[str, list[Any]], name: str, memberships: Sequence[float]) -> bytes:
    """The data with the new column last; memberships at full precision, missing ones empty."""
    import csv
    import io

    known = [None if value != value else value for value in memberships]  # nan is not equal to itself
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*table, name])
    writer.writerows(zip(*table.values(), known, strict=True))
    return out.getvalue().encode()

"""``concausa robustness`` for a study: its own readings are the test set."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concausa.cli import terminal
from concausa.cli.progress import progress
from concausa.core.errors import OptionError

if TYPE_CHECKING:
    from concausa.audit.configurations import SolutionKind
    from concausa.audit.robustness import SolutionRobustness, StudyRobustness

#: What a data file or a protocol may be called; everything else is a study, unless its columns are named.
DATA = (".toml", ".csv", ".tsv", ".txt")


def is_study(file: Path, direct: Mapping[str, object]) -> bool:
    """Whether a study is meant: no protocol, no text file, and no column is named."""
    named = direct["--outcome"] is not None or direct["--conditions"] is not None
    return not named and file.suffix.lower() not in DATA


def tell(
    study: str,
    *,
    kind: SolutionKind | None,
    negated: bool,
    level: str | None,
    unfit: Mapping[str, object],
    out: Path | None,
    key: Path | None,
    unscreened: bool,
    as_json: bool,
) -> None:
    """The overview of all solutions, or one of them in full.

    Parameters
    ----------
    unfit : mapping of option to value
        Options that say something about data files or protocols only.

    Raises
    ------
    OptionError
        If one of these is given: the study says it itself.
    """
    for option, value in unfit.items():
        if value not in (None, []):
            raise OptionError(
                f"{option} goes with a data file or a protocol",
                where=f"{option}, {study}",
                fix="a study brings its cases, levels and readings itself; choose with --solution, --negated, --level",
            )
    with progress(f"Reading {study}") as doing:
        from concausa.audit.robustness import study_robustness
        from concausa.study.guard import admit

        ready = admit(study, key=key, unscreened=unscreened)
        doing("Holding every reading against the first")
        found = study_robustness(ready.study)
        asked = (
            found.of(kind or "intermediate", negated=negated, threshold=level)
            if kind or negated or level
            else None
        )
        document = ready.screened(
            {"study": study, **found.data()} | ({} if asked is None else {"asked": asked.data()})
        )
        files = _write(found, asked, out, document) if out is not None else []
    if as_json:
        terminal.write_json(document | {"files": files})
        return
    from concausa.audit.robustness_view import full

    width = terminal.width()
    text = found.memo(width) if asked is None else full(found, asked, width)
    terminal.write(ready.screened(text))
    if out is not None:
        terminal.write(f"\n{len(files)} files in {out}: tables, figures, analysis.R, results.json")


def _write(
    found: StudyRobustness, asked: SolutionRobustness | None, out: Path, document: Mapping[str, Any]
) -> list[str]:
    from concausa.qca.robustness.r_protocol import r_protocol
    from concausa.report.handout import hand_out

    one = asked or found.solutions[0]
    tests = one.tests
    charts = [] if tests is None else [tests.chart("hard"), tests.terms_chart()]
    more = [one.drops.table(), one.ranges.table()]
    more += [] if tests is None else [tests.table(), tests.tests_table(), tests.cases_table("hard")]
    more += [] if one.chance is None else [one.chance.table()]
    texts = {
        "analysis.R": r_protocol(one.recipes[0], one.recipes[1:], title=one.initial.label),
        "results.json": json.dumps(document, indent=2, ensure_ascii=False) + "\n",
    }
    return list(hand_out(out, tables=(*found.tables(), *more), charts=tuple(charts), texts=texts))

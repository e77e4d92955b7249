"""``concausa diff``: which findings differ between two studies, and why."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from concausa.cli import options, terminal
from concausa.cli.progress import Progress, progress

if TYPE_CHECKING:
    from concausa.audit.findings.compare import Comparison, Evaluate
    from concausa.audit.findings.finding import Finding
    from concausa.study.study import Study


def command(
    before: Annotated[
        str, typer.Argument(help="The first study: a folder, an .xlsx workbook, or a bundled study: prosoft.")
    ],
    after: Annotated[str, typer.Argument(help="The second study, to which changes lead.")],
    claim: Annotated[
        list[str] | None, typer.Option("--claim", help="Only the finding of this claim. Repeatable.")
    ] = None,
    key: Annotated[
        list[Path] | None,
        typer.Option(
            "--key",
            help="Key file that opens sealed identities, to keep names out of the answer. Repeatable, where "
            "each study has a key of its own.",
        ),
    ] = None,
    unscreened: options.Unscreened = False,
    as_json: options.AsJson = False,
) -> None:
    """Compare two studies: which findings differ, and why.

    For each finding that changed: what it was and is, the shares of worlds, and the changed rows that
    bring it about: alone, partly or only together. Then claims that only one study makes, open choices
    that differ, and how many changed rows bring about nothing. Rows are matched by their ids. The exit
    status is 0 whether or not anything differs.

    \b
    Examples:
      concausa diff my-study my-study-2
      concausa diff prosoft my-prosoft --claim K-necessary-EL

    \b
    JSON: before, after (the studies), rows (every changed row: table, id,
    kind, columns), findings (claim, text, kind, before, after, alone,
    partly, together, untried), same (a count), choices, caveats,
    without_effect (names of rows).
    """
    with progress(f"Reading {before} and {after}") as doing:
        from concausa.audit.findings.compare import compare
        from concausa.study.pair import admit_pair

        pair = admit_pair(before, after, keys=key or (), unscreened=unscreened)
        told = _told(doing, f"Comparing {before} and {after}")
        found = compare(pair.before, pair.after, claims=claim or None, evaluate=told)
        found = dataclasses.replace(found, caveats=(*found.caveats, *pair.caveats))
    if as_json:
        terminal.write_json(pair.screened({"before": before, "after": after} | document(found)))
    else:
        terminal.write(pair.screened(_text(f"{before} -> {after}", found, pair.before)))


def document(found: Comparison) -> dict[str, Any]:
    """A comparison as plain JSON values, with the names of the rows that bring about nothing."""
    from concausa.audit.findings.comparison_lines import without_effect

    return found.data() | {"without_effect": [row.name for row in without_effect(found)]}


def _told(doing: Progress, what: str) -> Evaluate:
    """Judges claims as a comparison does, and tells how many studies it has judged."""
    from concausa.audit.findings.findings import findings

    number = itertools.count(1)

    def evaluate(study: Study, claims: Sequence[str]) -> Mapping[str, Finding]:
        doing(f"{what}: study {next(number)}")
        return {finding.claim.id: finding for finding in findings(study, claims=claims)}

    return evaluate


def _text(names: str, found: Comparison, before: Study) -> str:
    from concausa.audit.findings.comparison_lines import counted, lines
    from concausa.core.typeset.plain_text import wrap

    width = terminal.width()
    said = counted(found) if found.rows else "no row differs, and so no finding"
    return "\n".join([*wrap(f"{names}: {said}", width), *lines(found, before, width)])

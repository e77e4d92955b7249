"""``concausa rivals``: rival explanations and the theory, case by case, over every admissible reading."""

from __future__ import annotations

from typing import Annotated

import typer

from concausa.cli import options, terminal
from concausa.cli.progress import progress


def command(
    study: options.Study,
    rival: Annotated[
        list[str] | None,
        typer.Option("--rival", help="Only this rival or rule of the theory, told in full. Repeatable."),
    ] = None,
    bound: Annotated[
        int, typer.Option("--bound", help="Most worlds of a rival that are all visited; more are sampled.")
    ] = 50_000,
    sample: Annotated[
        int, typer.Option("--sample", help="Worlds drawn for a rival above the bound.")
    ] = 10_000,
    seed: Annotated[int, typer.Option("--seed", help="Seed of the draws.")] = 1,
    key: options.Key = None,
    unscreened: options.Unscreened = False,
    as_json: options.AsJson = False,
) -> None:
    """Hold rival explanations and the theory's own rules against every case.

    For each rival and rule: what it expects of each case, and whether that fits, fails, does not
    discriminate, or cannot be told; over all admissible readings of the outcome, of the conditions and
    of the record. With --rival also the months behind each expectation, the facts used, the contrasts
    between cases, and the readings on which the verdict turns.

    \b
    Examples:
      concausa rivals prosoft
      concausa rivals prosoft --rival R-alignment
      concausa rivals prosoft --rival R-competition --rival R6 --json

    \b
    JSON: study, cases, observed (levels admitted, by case), rivals (id, label,
    origin, worlds, overall, counts from the least to the greatest over worlds,
    own_reading, cells, contrasts, windows, written_otherwise, conclusion,
    caveats) and caveats; with --rival each has formulas.
    """
    with progress(f"Reading {study}"):
        from concausa.study.guard import admit

        ready = admit(study, key=key, unscreened=unscreened)
    with progress(f"Judging the rivals of {study}"):
        from concausa.audit.rivals.rivals import standings

        found = standings(ready.study, only=rival or None, bound=bound, sample=sample, seed=seed)
    if as_json:
        document = {"study": study} | found.data()
        if rival:
            document["formulas"] = {
                one.account.id: {word: it.data() for word, it in one.overall.formulas.items()}
                for one in found
            }
        terminal.write_json(ready.screened(document))
        return
    from concausa.cli.rivals_matrix import in_full, matrix

    width = terminal.width()
    told = in_full(found, width) if rival else matrix(study, found, width)
    terminal.write(ready.screened("\n".join(told)))

"""``concausa audit``: what each claim is worth over every admissible reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from concausa.cli import options, terminal
from concausa.cli.progress import progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concausa.audit.findings.findings import Findings
    from concausa.audit.findings.grounds import Grounds


def command(
    study: options.Study,
    claim: Annotated[
        list[str] | None, typer.Option("--claim", help="Only this claim, told in full. Repeatable.")
    ] = None,
    bound: Annotated[
        int, typer.Option("--bound", help="Most worlds of a claim that are all visited; more are sampled.")
    ] = 1_000_000,
    sample: Annotated[
        int, typer.Option("--sample", help="Worlds drawn for a claim above the bound.")
    ] = 100_000,
    seed: Annotated[int, typer.Option("--seed", help="Seed of the draws.")] = 1,
    workers: Annotated[int, typer.Option("--workers", help="Processes to spread the work over.")] = 1,
    scheduler: Annotated[
        str, typer.Option("--scheduler", help="Address of a Dask scheduler to spread the work over.")
    ] = "",
    every: Annotated[
        bool,
        typer.Option(
            "--all",
            help="Also each claim's text, and all evidence to look for with the claims that it would decide; "
            "with --claim, all that the finding rests on.",
        ),
    ] = False,
    key: options.Key = None,
    unscreened: options.Unscreened = False,
    as_json: options.AsJson = False,
) -> None:
    """Hold every claim against every admissible reading.

    For each claim: whether it holds in all worlds, in some or in none, or cannot be tested; with --claim
    also the formula that decides it, the choice that matters most, the smallest change that overturns it,
    what single source or passage carries it, what may not be claimed, and what evidence would decide it.
    The answer is the same whatever the number of workers.

    \b
    Examples:
      concausa audit prosoft
      concausa audit prosoft --all
      concausa audit prosoft --claim K-necessary-EL
      concausa audit my-study --scheduler tcp://127.0.0.1:8786

    \b
    JSON: study, worlds, choices (id, kind, label, options), findings (claim,
    finding, counts, formulas, influences, overturning …) and next, what to
    look for; with --claim each finding has drops, one_sided, shared, limits
    and next.
    """
    with progress(f"Reading {study}"):
        from concausa.study.guard import admit

        ready = admit(study, key=key, unscreened=unscreened)
        for id in claim or ():
            ready.study.row("claims", id)
    with progress(f"Auditing {study}"):
        from concausa.audit.findings.findings import findings

        found = findings(
            ready.study,
            claims=claim or None,
            bound=bound,
            sample=sample,
            seed=seed,
            workers=workers,
            scheduler=scheduler or None,
        )
        if claim:
            from concausa.audit.findings.grounds import grounds

            behind = grounds(found)
        else:
            from concausa.audit.findings.next_evidence import next_evidence

            leads = next_evidence(found, bound=bound, sample=sample, seed=seed)
    if as_json:
        more = [one.data() for one in behind] if claim else [{} for _ in found.findings]
        document = _document(study, found, more)
        if not claim:
            document["next"] = [lead.data() for lead in leads]
        terminal.write_json(ready.screened(document))
        return
    width = terminal.width()
    if claim:
        text = _detail(behind, width, every=every)
    else:
        from concausa.cli.audit_overview import overview

        text = "\n".join(overview(study, found, leads, width, every=every))
    terminal.write(ready.screened(text))


def _document(study: str, found: Findings, more: list[dict[str, Any]]) -> dict[str, Any]:
    from concausa.audit.findings.telling import data

    return {
        "study": study,
        "worlds": found.worlds.space.size,
        "choices": [
            {
                "id": choice.id,
                "kind": choice.kind,
                "label": str(choice.label),
                "options": [{"id": option.id, "label": str(option.label)} for option in choice.options],
            }
            for choice in found.worlds.space.choices
        ],
        "findings": [data(one) | extra for one, extra in zip(found.findings, more, strict=True)],
    }


def _detail(behind: Sequence[Grounds], width: int, *, every: bool) -> str:
    from concausa.audit.findings.telling import NO_PROBABILITY, has_statement
    from concausa.audit.findings.telling import lines as sentences
    from concausa.core.typeset.plain_text import wrap

    blocks = []
    for one in behind:
        block = []
        for text in (*sentences(one.finding), "", *one.lines(every=every)):
            indent = "  " if text.startswith("  ") else ""
            first, *rest = wrap(text, width - 2, indent=indent) or [""]
            block += [first, *("  " + line for line in rest)]
        blocks.append("\n".join(block).rstrip("\n"))
    if any(has_statement(one.finding) for one in behind):
        blocks.append("\n".join(wrap(str(NO_PROBABILITY), width)))
    return "\n\n".join(blocks)

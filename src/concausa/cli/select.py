"""``concausa select``: how cases were, or could be, chosen from all units."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from concausa.cli import options, terminal
from concausa.cli.progress import progress

if TYPE_CHECKING:
    from concausa.audit.case_choice import CaseChoice
    from concausa.audit.next_cases import NextCases
    from concausa.core.table import Table
    from concausa.selection.candidates import Candidates
    from concausa.selection.case_types import CaseType
    from concausa.study.guard import Admitted


class By(StrEnum):
    """How far apart two units are."""

    GOWER = "gower"
    EUCLIDEAN = "euclidean"
    MAHALANOBIS = "mahalanobis"
    RANK = "rank"


class Gaps(StrEnum):
    """What is done where a covariate is missing."""

    SHARED = "shared"
    LEAVE_OUT = "leave out"


def command(
    study: Annotated[
        str,
        typer.Argument(
            help="A study folder, an .xlsx workbook, or a bundled study: prosoft; with --covariates a data file."
        ),
    ],
    pair: Annotated[str, typer.Option("--pair", help="Look at this pair in full: NL,PUE.")] = "",
    distance: Annotated[By, typer.Option("--distance", help="By which pairs are listed.")] = By.GOWER,
    exact: Annotated[
        str, typer.Option("--exact", help="Covariates on which pairs must agree, separated by commas.")
    ] = "",
    without: Annotated[
        str, typer.Option("--without", help="Covariates to leave out, separated by commas.")
    ] = "",
    cause: Annotated[
        str, typer.Option("--cause", help="Covariates that case types are asked of as causes.")
    ] = "",
    kind: Annotated[
        str,
        typer.Option(
            "--type",
            help="Rank all units as cases of this type: typical, deviant, extreme, influential, leverage; with a "
            "cause also dfbetas:CAUSE, pathway:CAUSE.",
        ),
    ] = "",
    top: Annotated[int, typer.Option("--top", min=1, help="How many pairs or units are shown.")] = 5,
    closest: Annotated[
        int, typer.Option("--closest", min=1, help="How many of the closest pairs count as close.")
    ] = 10,
    gaps: Annotated[
        Gaps, typer.Option("--gaps", help="Measure a pair on what both have, or leave out units with gaps.")
    ] = Gaps.SHARED,
    seed: Annotated[
        int, typer.Option("--seed", help="Seed of the sets of covariates, where not all are looked at.")
    ] = 1,
    following: Annotated[
        bool,
        typer.Option("--next", help="Also which case to study next, by the claims that it would decide."),
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="Also balance, profile and diverse cases.")] = False,
    covariates: Annotated[
        str, typer.Option("--covariates", help="Columns of a data file to compare by, separated by commas.")
    ] = "",
    units: Annotated[str, typer.Option("--units", help="Column of a data file with the names.")] = "",
    outcome: Annotated[str, typer.Option("--outcome", help="Column of a data file with the outcome.")] = "",
    kinds: Annotated[
        str,
        typer.Option(
            "--kinds", help="Kinds of its columns: size=log,party=category (else numeric or category)."
        ),
    ] = "",
    key: options.Key = None,
    unscreened: options.Unscreened = False,
    as_json: options.AsJson = False,
) -> None:
    """How the cases of a study were, or could be, chosen.

    Ranks all pairs of units by their distance on the covariates that the study
    declares, tells where the studied pairs stand under four distances and over
    sets of covariates, and what kind of case each unit is.

    \b
    Examples:
      concausa select prosoft
      concausa select prosoft --pair NL,PUE --without investment
      concausa select prosoft --distance mahalanobis --exact party --top 10
      concausa select prosoft --type deviant --top 10
      concausa select data.csv --units state --covariates size,party,income \\
        --kinds size=log --pair A,B

    \b
    JSON: study, covariates (id, label, kind, role), pairs (distance, units,
    pairs, barred, caveats), compared (sensitivity, balance, profile, coded),
    types (regression, types, diverse), designs (similar, different), caveats;
    with --next also next (rows, near, unlike, uncoded).
    """
    with progress(f"Reading {study}") as doing:
        from concausa.audit.case_choice import select
        from concausa.cli.data_file import names

        ready = None if covariates else _admitted(study, key, unscreened=unscreened)
        source = ready.study if ready is not None else _candidates(study, covariates, units, outcome, kinds)
        doing("Comparing units")
        found = select(
            source,
            pair=_pair(pair),
            distance=distance.value,
            exact=names(exact) if exact else (),
            without=names(without) if without else (),
            causes=names(cause) if cause else (),
            gaps=gaps.value,
            closest=closest,
            seed=seed,
        )
        after = _next(ready, found) if following else None
    asked = _asked(found, kind)
    if as_json:
        document = {"study": study, **found.data()} | ({} if after is None else {"next": after.data(top)})
        terminal.write_json(document if ready is None else ready.screened(document))
        return
    text = _text(found, after, asked, top, every=every or bool(pair), as_study=ready is not None)
    terminal.write(text if ready is None else ready.screened(text))


def _admitted(study: str, key: Any, *, unscreened: bool) -> Admitted:
    from concausa.core.errors import OptionError
    from concausa.study.guard import admit

    if study.lower().endswith((".csv", ".tsv")):
        raise OptionError(
            "a data file needs the columns to compare by",
            where=study,
            fix="name them: --covariates size,income --units state",
        )
    return admit(study, key=key, unscreened=unscreened)


def _candidates(path: str, covariates: str, units: str, outcome: str, kinds: str) -> Candidates:
    from concausa.cli.data_file import names, read
    from concausa.core.errors import OptionError
    from concausa.selection.candidates import candidates

    told: dict[str, str] = {}
    for part in names(kinds) if kinds else ():
        name, equals, kind = (piece.strip() for piece in part.partition("="))
        if not equals or not kind:
            raise OptionError(f"{part!r} is not COLUMN=KIND", where="--kinds", fix="write --kinds size=log")
        told[name] = kind
    return candidates(
        read(path), covariates=names(covariates), units=units or None, outcome=outcome or None, kinds=told
    )


def _pair(text: str) -> tuple[str, str] | None:
    from concausa.cli.data_file import names
    from concausa.core.errors import OptionError

    if not text:
        return None
    listed = names(text)
    if len(listed) != 2:
        raise OptionError("a pair is two units", where=f"--pair {text}", fix="write --pair NL,PUE")
    return listed[0], listed[1]


def _next(ready: Admitted | None, found: CaseChoice) -> NextCases:
    from concausa.core.errors import OptionError

    if ready is None:
        raise OptionError(
            "a data file has no claims that a next case could decide", where="--next", fix="leave it out"
        )
    from concausa.audit.findings.findings import findings
    from concausa.audit.findings.next_evidence import next_evidence
    from concausa.audit.next_cases import next_cases

    return next_cases(ready.study, found.pairs, next_evidence(findings(ready.study)))


def _asked(found: CaseChoice, kind: str) -> CaseType | None:
    """The case type that is asked for; None where none is."""
    from concausa.core.errors import DataError

    if not kind:
        return None
    if found.types is None:
        raise DataError(
            "; ".join(map(str, found.caveats)), where="--type", fix="declare an outcome, or fewer covariates"
        )
    word, _, of = (piece.strip() for piece in kind.partition(":"))
    return found.types.of(word, of)


def _text(
    found: CaseChoice,
    after: NextCases | None,
    asked: CaseType | None,
    top: int,
    *,
    every: bool,
    as_study: bool,
) -> str:
    from concausa.audit.case_choice_view import next_table, tables, type_table
    from concausa.core.typeset import text
    from concausa.core.typeset.plain_text import wrap
    from concausa.selection.pairs_view import counted

    width = terminal.width()
    listed: list[Table] = (
        [type_table(found.types, asked, top)]
        if asked is not None and found.types is not None
        else tables(found, top=top, every=every)
    )
    if after is not None:
        listed.append(next_table(after, top))
    blocks = [text(table, width).rstrip("\n") for table in listed]
    if asked is None:
        own = found.candidates
        told_of = (
            counted(number, noun)
            for number, noun in (
                (len(own.units), "unit"),
                (len(own.of("match")), "covariate"),
                (len(found.pairs), "pair"),
            )
        )
        kinds = ", ".join(f"{one.name} ({one.kind})" for one in own.of("match", "exact"))
        missing = [caveat for caveat in found.caveats if caveat.kind == "not compared"]
        lead = [
            f"{', '.join(told_of)}.",
            *(f"{one.sensitivity.headline}." for one in found.compared),
            *(f"{caveat}." for caveat in missing),
            f"Compared by {kinds}.",
            *_outcome(found, as_study=as_study),
        ]
        blocks.insert(0, "\n".join(line for told in lead for line in wrap(told, width)))
        rest = [caveat for caveat in found.caveats if caveat not in missing]
        blocks += ["\n".join(wrap(f"Caveat: {caveat}.", width)) for caveat in rest]
    elif as_study:
        blocks += ["\n".join(wrap(told, width)) for told in _outcome(found, as_study=True)]
    return "\n\n".join(blocks)


def _outcome(found: CaseChoice, *, as_study: bool) -> list[str]:
    """Of what outcome case types are told; that of a study's covariates is not what the study explains."""
    if not as_study or found.types is None:
        return []
    name = found.types.regression.outcome
    label = found.candidates.covariate(name).label
    told = f"Case types are asked of {name} ({label}): the covariate with the role outcome, which is not the coded"
    return [f"{told} outcome that the study explains."]

"""``concausa simulate``: a dynamic model of a study, matched to what is coded and asked what if."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from concausa.cli import options, terminal
from concausa.cli.progress import progress

if TYPE_CHECKING:
    from concausa.audit.simulation import Simulation
    from concausa.cli.simulate_answer import Answer


def command(
    study: options.Study,
    what: Annotated[
        str,
        typer.Argument(
            help="honesty, skeleton, reach, persistence, tipping or elsewhere; left out: an overview. ",
            show_default=False,
        ),
    ] = "",
    model: Annotated[str, typer.Option("--model", help="A dynamic model, if the study has several.")] = "",
    do: Annotated[
        list[str] | None,
        typer.Option("--do", help="What if: 'PUE council 2005', 'NL leadership=low from 2010'. Repeatable."),
    ] = None,
    sweep: Annotated[
        Path | None, typer.Option("--sweep", help="A CSV file with the columns id and do: many what-ifs.")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option("--without", help="Switch off a mechanism or flow. Repeatable.")
    ] = None,
    including: Annotated[
        list[str] | None, typer.Option("--including", help="Switch on one that is off. Repeatable.")
    ] = None,
    unit: Annotated[str, typer.Option("--unit", help="Of which unit.")] = "",
    since: Annotated[
        int | None, typer.Option("--from", help="The year from which the lever is held, or of the start.")
    ] = None,
    goal: Annotated[
        str, typer.Option("--goal", help="A pattern; for reach also an expression, such as 'C*B'.")
    ] = "",
    lever: Annotated[
        str,
        typer.Option("--lever", help="What falls, or is raised; unless named, the input coded for terms."),
    ] = "",
    forum: Annotated[
        str | None,
        typer.Option(
            "--forum",
            help="A stock that is also taken away and consolidated; '' for none. [default: the "
            "first that interventions move]",
            show_default=False,
        ),
    ] = None,
    hold: Annotated[
        list[str] | None,
        typer.Option("--hold", help="An input, or a stock to start from, at 0 or 1: L=1. Repeatable."),
    ] = None,
    until: Annotated[
        int | None, typer.Option("--until", help="Look on beyond the data, to this year.")
    ] = None,
    no_gate: Annotated[
        bool, typer.Option("--no-gate", help="Ask for the pattern by the stocks alone.")
    ] = False,
    part: Annotated[
        list[str] | None,
        typer.Option("--part", help="Only this part of the honesty panel, such as learned. Repeatable."),
    ] = None,
    years: Annotated[str, typer.Option("--years", help="Years to show, such as 2005,2010.")] = "",
    draws: Annotated[
        int | None,
        typer.Option(
            "--draws",
            min=1,
            show_default=False,
            help="Draws that are tried. [default: 100000; of skeleton and reach 1000]",
        ),
    ] = None,
    particles: Annotated[
        int | None,
        typer.Option(
            "--particles",
            help="Draws of each of four repetitions of waves. [default: 512]",
            show_default=False,
        ),
    ] = None,
    tolerance: Annotated[
        float | None,
        typer.Option(
            "--tolerance", help="By how much a band may be missed. [default: 0]", show_default=False
        ),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Seed of the draws.")] = 0,
    level_map: Annotated[str, typer.Option("--level-map", help="Level map, if not the study's own.")] = "",
    boundary: Annotated[
        int | None, typer.Option("--boundary", help="Last year of the first period, if not the study's.")
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers", min=1, help="Processes; the result is the same. [default: 1]", show_default=False
        ),
    ] = None,
    scheduler: Annotated[
        str, typer.Option("--scheduler", help="Dask scheduler instead: tcp://HOST:PORT.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Folder for tables, charts and results.json.")
    ] = None,
    key: options.Key = None,
    unscreened: options.Unscreened = False,
    as_json: options.AsJson = False,
) -> None:
    """Simulate a dynamic model of a study, and ask it what if.

    Draws everything unknown from its declared range, keeps the draws whose runs meet every coded
    level and dated event, and asks these. Left alone it tells what was matched, how much of the prior is
    admitted, patterns by year and what was learned. With --do: what would have been, against what was.
    What the assumptions drive, rather than the evidence, is said first.

    \b
    honesty      what was learned, what it rests on, with parts left out (minutes)
    skeleton     which corner states the theory allows before any number
    reach        smallest changes that take --unit to --goal
    persistence  how long stocks last in --unit once the lever falls --from
    tipping      least lever --from a year that takes --unit to --goal
    elsewhere    units that had no part in the matching

    \b
    Examples:
      concausa simulate prosoft
      concausa simulate prosoft --do "PUE council 2005" \\
        --do "PUE leadership=high from 2005"
      concausa simulate prosoft reach --unit PUE --goal synergistic
      concausa simulate prosoft persistence --unit NL --from 2010 --until 2022
      concausa simulate prosoft tipping --unit PUE --from 2005 --goal synergistic
      concausa simulate prosoft --sweep scenarios.csv --without M8 -o results

    \b
    JSON: study, what, model, and as fits: of the overview units, years, off,
    unknowns, bands, items, tolerance, seed, tried, admitted (share, draws,
    effective, waves, r_hat), patterns, stocks, conflict, learned, bearings,
    caveats;
    matched with counterfactual or sweep; honesty; skeleton; reach (each with
    its corner); persistence; tipping; elsewhere; with -o files.
    """
    asked = Asked(
        what.strip(), tuple(do or ()), sweep, unit, since, goal, lever, forum, tuple(hold or ()), until, no_gate,
        tuple(part or ()), years, particles, tolerance, level_map, boundary, workers, scheduler,
    )  # fmt: skip
    asked.refuse_misfits()
    from concausa.cli.simulate_read import holds, scenarios, years_of

    shown, held = years_of(years), holds(hold or ())
    told = scenarios(sweep) if sweep is not None else ""
    with progress(f"Reading {study}") as doing:
        from concausa.study.guard import admit

        ready = admit(study, key=key, unscreened=unscreened)
        from concausa.audit.simulation import DRAWS, simulation
        from concausa.dynamics.waves import PARTICLES

        doing("Matching the model to what is coded")
        found = simulation(
            ready.study,
            model,
            draws=(draws or DRAWS) if asked.matches else 1,
            seed=seed,
            tolerance=tolerance or 0.0,
            without=without or (),
            including=including or (),
            level_map=level_map or None,
            boundary=boundary,
            particles=PARTICLES if particles is None else particles,
            workers=workers or 1,
            scheduler=scheduler or None,
        )
        switched = [word for one in without or () for word in ("--without", one)]
        switched += [word for one in including or () for word in ("--including", one)]
        switched += ["--model", model] if model else []
        answer = _answer(found, asked, study, switched, shown, held, told, draws or 1000, doing)
        document = {"study": study, "what": asked.what, "model": found.model.name} | answer.data
        if out is not None:
            doing("Writing tables and charts")
            document["files"] = _write(answer, ready.screened(document), out)
    if as_json:
        terminal.write_json(ready.screened(document))
        return
    lines = list(answer.lines)
    if asked.what or asked.do or asked.sweep:
        from concausa.cli.simulate_answer import follows

        lines += follows(found, asked.what, study, switched, terminal.width())
    if out is not None:
        lines += ["", f"{len(document['files'])} files in {out}: tables, figures, results.json"]
    terminal.write(ready.screened("\n".join(lines)))


#: What can be asked besides the overview.
WHATS = ("honesty", "skeleton", "reach", "persistence", "tipping", "elsewhere")
#: With which of these, or with the overview (empty), an option goes; the others go with all.
GOES_WITH = {
    "--do": ("", "tipping"),
    "--sweep": ("",),
    "--unit": ("reach", "persistence", "tipping"),
    "--from": ("reach", "persistence", "tipping"),
    "--goal": ("reach", "tipping"),
    "--lever": ("persistence", "tipping"),
    "--forum": ("persistence", "tipping"),
    "--hold": ("skeleton", "reach"),
    "--until": ("persistence",),
    "--no-gate": ("tipping",),
    "--part": ("honesty",),
    "--years": ("", "elsewhere"),
    "--particles": ("", "honesty", "persistence", "tipping", "elsewhere"),
    "--tolerance": ("", "honesty", "persistence", "tipping", "elsewhere"),
    "--workers": ("", "honesty", "persistence", "tipping", "elsewhere"),
    "--scheduler": ("", "honesty", "persistence", "tipping", "elsewhere"),
    "--level-map": ("", "honesty", "reach", "persistence", "tipping", "elsewhere"),
    "--boundary": ("", "honesty", "reach", "persistence", "tipping", "elsewhere"),
}
#: What must be given, and what stands for it.
NEEDS = {
    "reach": {"--unit": "UNIT", "--goal": "PATTERN"},
    "persistence": {"--unit": "UNIT", "--from": "YEAR"},
    "tipping": {"--unit": "UNIT", "--from": "YEAR", "--goal": "PATTERN"},
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, as it was typed."""

    what: str
    do: tuple[str, ...]
    sweep: Path | None
    unit: str
    since: int | None
    goal: str
    lever: str
    forum: str | None
    hold: tuple[str, ...]
    until: int | None
    no_gate: bool
    part: tuple[str, ...]
    years: str
    particles: int | None
    tolerance: float | None
    level_map: str
    boundary: int | None
    workers: int | None
    scheduler: str

    @property
    def matches(self) -> bool:
        """Whether draws must be matched; the skeleton and what rests on it need none."""
        return self.what not in ("skeleton", "reach")

    @property
    def given(self) -> dict[str, str]:
        """Options that were given, each with its value as text."""
        own = {
            "--do": self.do, "--sweep": self.sweep, "--unit": self.unit, "--from": self.since, "--goal": self.goal,
            "--lever": self.lever, "--forum": self.forum, "--hold": self.hold, "--until": self.until,
            "--no-gate": self.no_gate, "--part": self.part, "--years": self.years, "--particles": self.particles,
            "--tolerance": self.tolerance, "--level-map": self.level_map, "--boundary": self.boundary,
            "--workers": self.workers, "--scheduler": self.scheduler,
        }  # fmt: skip
        told = {}
        for name, value in own.items():
            if value not in (None, "", (), False) or (name == "--forum" and value == ""):
                shown = value[0] if isinstance(value, tuple) else value
                told[name] = name if value is True else terminal.typed(name, str(shown))
        return told

    def refuse_misfits(self) -> None:
        """UnknownNameError or OptionError if something is asked that does not go together."""
        from concausa.core.errors import OptionError, UnknownNameError
        from concausa.core.nearest import nearest

        if self.what and self.what not in WHATS:
            near = nearest(self.what, WHATS)
            fix = f"did you mean {near}?" if near else f"one of {', '.join(WHATS)}; or leave it out"
            if " " in self.what:
                fix = f"a change goes behind --do: {terminal.typed('--do', self.what)}"
            raise UnknownNameError(f"nothing to simulate is called {self.what!r}", fix=fix)
        for name, typed in self.given.items():
            fits = GOES_WITH[name]
            if self.what not in fits:
                named = [one or "the overview" for one in fits]
                listed = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"
                raise OptionError(
                    f"{name} goes with {listed}",
                    where=typed,
                    fix=f"leave it out of {self.what or 'the overview'}",
                )
        if self.do and self.sweep:
            raise OptionError(
                "--do and --sweep ask two things",
                where=f"--sweep {self.sweep}",
                fix="write the changes into the file",
            )
        if self.years and self.sweep:
            raise OptionError(
                "a sweep tells of the last year", where=f"--years {self.years}", fix="leave --years out"
            )
        for name in (needed := NEEDS.get(self.what, {})):
            if name not in self.given:
                typed = " ".join(f"{one} {stands}" for one, stands in needed.items())
                raise OptionError(
                    f"{self.what} needs {name}", fix=f"write concausa simulate STUDY {self.what} {typed}"
                )


def _answer(
    found: Simulation,
    asked: Asked,
    name: str,
    switched: list[str],
    years: tuple[int, ...],
    held: dict[str, int],
    scenarios: str,
    draws: int,
    doing: Callable[..., None],
) -> Answer:
    from concausa.cli import simulate_answer, simulate_parts

    width = terminal.width()
    since = asked.since or 0
    doing("Asking the model")
    match asked.what:
        case "honesty":
            return simulate_parts.honesty(found, asked.part, doing, width)
        case "skeleton":
            return simulate_parts.skeleton(found, held, draws, width)
        case "reach":
            return simulate_parts.reach(found, asked.unit, asked.goal, asked.since, held, draws, width)
        case "persistence":
            return simulate_parts.persistence(
                found, asked.unit, since, asked.lever, asked.forum, asked.until, width
            )
        case "tipping":
            return simulate_parts.tipping(
                found, asked.unit, since, asked.goal, asked.lever, asked.forum, asked.do, width,
                gate=not asked.no_gate,
            )  # fmt: skip
        case "elsewhere":
            return simulate_parts.elsewhere(found, years, width)
    if asked.sweep is not None:
        return simulate_answer.sweep(found, str(asked.sweep), scenarios, width)
    if asked.do:
        return simulate_answer.what_if(found, asked.do, years, width)
    return simulate_answer.overview(found, name, switched, years, width)


def _write(answer: Answer, document: object, out: Path) -> list[str]:
    import json

    from concausa.report.handout import hand_out

    results = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    return list(hand_out(out, tables=answer.tables, charts=answer.charts, texts={"results.json": results}))

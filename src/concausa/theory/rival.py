"""A rival explanation and what it predicts for each case."""

from __future__ import annotations

from dataclasses import dataclass

from concausa.core.columns import column
from concausa.core.date import Date


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """Another account of the same outcome."""

    id: str = column("id", "Short name, such as R-alignment.", required=True)
    label: str = column("text", "Name for readers.", required=True)
    argument: str = column("text", "What it says, in the encoder's own words.", required=True)
    needs: str = column("text", "Data that would test it.")
    verdict: str = column("text", "What the study's own text concludes on it.")
    section: str = column("text", "Where the study's own text takes it up.")
    footnotes: tuple[str, ...] = column("words", "Notes that support it.")
    note: str = column("text", "Anything a reader should know.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """What a rival expects in one case."""

    id: str = column("id", "Short name, such as P-alignment-NL-1.", required=True)
    rival: str = column("ref", "The rival.", required=True, to=("rivals",))
    unit: str = column("ref", "Unit of the case.", required=True, to=("units",))
    period: str = column("ref", "Period of the case.", required=True, to=("periods",))
    span: Date | None = column("date", "Part of the period it holds for, when not all of it.")
    expects: str = column(
        "choice",
        "Use of the programme that it expects; no difference: it does not tell the cases apart; silent: "
        "it says nothing here.",
        required=True,
        allowed=("high", "low", "higher", "lower", "no difference", "silent"),
    )
    why: str = column("text", "The facts that lead there.")
    facts: tuple[str, ...] = column("refs", "Figures that it uses.", to=("facts", "elections", "terms"))
    section: str = column("text", "Where the study's own text says so; empty when it is worked out here.")

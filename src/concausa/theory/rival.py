"""A rival explanation and what it predicts for each case."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from concausa.core.columns import column
from concausa.core.date import Date


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """Another account of the same outcome."""

    id: str = column("id", "Short name, such as R-alignment.", required=True)
    label: str = column("text", "Name for readers.", required=True)
    argument: str = column("text", "What it says, in the encoder's own words.", required=True)
    needs: str = column("text", "Data that would test it.")
    variable: str = column(
        "choice",
        "What in the record its predictions follow from: alignment (party of an office and of the national "
        "one, from terms), margin (of the contest behind whoever holds the office, from elections and terms) "
        "or facts (the measures below); empty: predictions are written in the table of predictions only.",
        allowed=("alignment", "margin", "facts"),
    )
    measures: tuple[str, ...] = column(
        "words",
        "Measures of facts, with variable facts; each is a reading of its own. A minus before one says that "
        "less of it is more, as with ranks: -innovation_rank.",
    )
    predicts: tuple[str, ...] = column(
        "words",
        "STATE=WORD: what follows. States: aligned, not aligned; or smaller, greater, alike (than all others at "
        "the time); or cuts such as <10 and >=10. Words: those of predictions.",
    )
    alike: Decimal | None = column("number", "The largest difference that counts as none; 0 when empty.")
    since: Date | None = column("date", "Before this it says nothing, such as the start of the programme.")
    office: str = column("text", "The office meant by alignment and margin; governor when empty.")
    national_office: str = column("text", "The national office meant by alignment; president when empty.")
    outcomes: tuple[str, ...] = column(
        "words",
        "Options of the choice of the outcome's measure of which it speaks, such as label or total; all when "
        "empty.",
    )
    verdict: str = column("text", "What the study's own text concludes on it.")
    concludes: str = column(
        "choice",
        "The same in the words of computed verdicts, as the encoder reads the text; open: left undecided.",
        allowed=("fits", "fails", "does not discriminate", "open", "not taken up"),
    )
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

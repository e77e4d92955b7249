"""How far a hypothesis expects an item of evidence, and which items depend on each other."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from concausa.core.columns import column

HOWS = ("bounds", "joint", "sequence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihood:
    """A judgement on one item under one hypothesis: a word, a range of ratios, or a range of likelihoods."""

    id: str = column("id", "Short name, such as L017.", required=True)
    question: str = column("ref", "The question.", required=True, to=("questions",))
    item: str = column(
        "ref",
        "The passage, the package as a whole, or a trace that nobody has looked for yet.",
        required=True,
        to=("evidence", "packages", "traces"),
    )
    hypothesis: str = column(
        "ref", "The hypothesis that it is judged under.", required=True, to=("hypotheses",)
    )
    word: str = column(
        "text",
        "How much more this hypothesis expects what is recorded than those without a row for the item: a word of "
        "the study's wordings, or of the usual scale.",
    )
    low: Decimal | None = column(
        "number", "Instead of a word: the least likelihood, 0 to 1, or the least ratio."
    )
    high: Decimal | None = column("number", "The greatest one; the least when empty.")
    measure: str = column(
        "choice",
        "What low and high are: the likelihood of what is recorded (usual), or a ratio to the hypotheses "
        "without a row.",
        allowed=("likelihood", "ratio"),
    )
    reach_low: Decimal | None = column(
        "number",
        "Of a search that found nothing: the least chance, 0 to 1, that it would have found what it looked for; "
        "1 when empty.",
    )
    reach_high: Decimal | None = column("number", "The greatest one; the least when empty.")
    suggested: bool | None = column(
        "boolean",
        "Whether this very item put the hypothesis into the researcher's mind; results then show it with and without.",
    )
    reason: str = column("text", "Why it is judged so.", required=True)
    section: str = column("text", "Where the study's own text judges so; empty when the encoder does.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """Passages that are no independent witnesses: of one interview, of one event."""

    id: str = column("id", "Short name, such as PK-founding.", required=True)
    label: str = column("text", "Name for readers.", required=True)
    members: tuple[str, ...] = column("refs", "Its passages.", required=True, to=("evidence",))
    how: str = column(
        "choice",
        "bounds (usual): its strongest passage alone, or all of them, or between; joint: likelihoods are given for "
        "the package; sequence: each passage's were judged given those before it.",
        allowed=HOWS,
    )
    questions: tuple[str, ...] = column(
        "refs",
        "Questions in which it counts; all that weigh it or two of its members when empty.",
        to=("questions",),
    )
    reason: str = column("text", "What ties them together.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Something that a hypothesis leads one to expect and that nobody has looked for yet."""

    id: str = column("id", "Short name, such as T-careers.", required=True)
    label: str = column("text", "What one would look for.", required=True)
    where: str = column("text", "Where one would look.")
    note: str = column("text", "Anything a reader should know.")

"""A question that evidence should decide: rival hypotheses of which exactly one is true."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from concausa.core.columns import column


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is weighed; its hypotheses are rows of their own, the first the one that a verdict is about."""

    id: str = column("id", "Short name, such as M3-NL.", required=True)
    label: str = column(
        "text", "Name for readers; when empty, the mechanism, claim or rival and the unit name it."
    )
    about: tuple[str, ...] = column(
        "refs", "Mechanisms, claims and rivals that it bears on.", to=("mechanisms", "claims", "rivals")
    )
    unit: str = column("ref", "The unit that it is asked of; empty when of all.", to=("units",))
    period: str = column("ref", "The period; empty when of all.", to=("periods",))
    exclusive: bool | None = column(
        "boolean",
        "Whether no two of its hypotheses can be true together; yes when empty. Only such are weighed: "
        "write combinations as hypotheses of their own.",
    )
    residual_low: Decimal | None = column(
        "number", "Least that 'none of these' is worth before the evidence, 0 to 1; empty without it."
    )
    residual_high: Decimal | None = column("number", "Most that it is worth; the least when empty.")
    threshold: Decimal | None = column(
        "number",
        "Odds that the first hypothesis must pass for a verdict, 1 or more; 1 when empty. Odds that pass it and not 3 "
        "are told as more likely than not.",
    )
    note: str = column("text", "Anything a reader should know, such as whose judgements the likelihoods are.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One of the answers to a question."""

    id: str = column("id", "Short name, such as M3-NL.demands; unique in the study.", required=True)
    question: str = column("ref", "The question that it answers.", required=True, to=("questions",))
    label: str = column("text", "What it says, as a sentence.", required=True)
    prior_low: Decimal | None = column(
        "number",
        "Least that it is worth before the evidence, a probability from 0 to 1; all are worth the same when "
        "none has a prior.",
    )
    prior_high: Decimal | None = column("number", "Most that it is worth; the least when empty.")
    section: str = column("text", "Where the study's own text holds it; empty when it is the encoder's.")
    note: str = column("text", "Anything a reader should know.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A word for how much more one hypothesis expects an item than another does."""

    id: str = column("id", "Short name.", required=True)
    word: str = column("text", "The word, as likelihoods use it.", required=True)
    low: Decimal | None = column("number", "The least ratio that it stands for, 1 or more.", required=True)
    high: Decimal | None = column("number", "The greatest ratio.", required=True)

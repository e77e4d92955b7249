"""A deciding formula: in which worlds a claim has a word, as a sum of products of options."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from concausa.audit.worlds.open_choice import OpenChoice
from concausa.core.caveat import Caveat

Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Literal:
    """A choice that falls on one of some options.

    Parameters
    ----------
    place : int
        The choice's place in the space.
    choice : OpenChoice
    options : frozenset of int
        Places of the options, never none and never all.
    """

    place: int
    choice: OpenChoice
    options: frozenset[int]

    @property
    def excludes(self) -> bool:
        """Whether it is shorter to say which options it leaves out."""
        kept = self.choice.together(self.options)
        return len(kept) > 2 and len(self.choice.together(self.others)) < len(kept)

    @property
    def others(self) -> frozenset[int]:
        """Places of the options on which it does not fall."""
        return frozenset(range(len(self.choice.options))) - self.options

    @property
    def named(self) -> tuple[Caveat, ...]:
        """Labels of its options, or of those that it leaves out where it *excludes*."""
        return self.choice.together(self.others if self.excludes else self.options)

    def text(self, say: Say = str) -> str:
        """``choice: option or option``, or ``choice: anything but option``."""
        options = say(" or ").join(label.told(say) for label in self.named)
        template = "{choice}: anything but {options}" if self.excludes else "{choice}: {options}"
        return say(template).format(choice=self.choice.told(say), options=options)

    def short(self) -> str:
        """The same in ids: ``NL-2.EL = low | medium, in``, or ``NL-2.EL != high`` where that is shorter."""
        every = range(len(self.choice.options))
        named = [place for place in every if (place in self.options) != self.excludes]
        options = " | ".join(self.choice.options[place].id for place in named)
        return f"{self.choice.id} {'!=' if self.excludes else '='} {options}"

    def data(self) -> dict[str, object]:
        """``{"choice", "options"}``: ids."""
        return {
            "choice": self.choice.id,
            "options": [self.choice.options[place].id for place in sorted(self.options)],
        }

    def __str__(self) -> str:
        return self.text()


@dataclass(frozen=True, slots=True)
class Term:
    """Literals that hold together; without any, it always holds."""

    literals: tuple[Literal, ...]

    def holds(self, world: Mapping[int, int]) -> bool:
        """Whether a world, a choice's place to its option's place, lies in it."""
        return all(world[literal.place] in literal.options for literal in self.literals)

    def text(self, say: Say = str) -> str:
        """Its literals, joined by *and*."""
        return say(" and ").join(literal.text(say) for literal in self.literals) or say("always")

    def short(self) -> str:
        """The same in ids."""
        return " and ".join(literal.short() for literal in self.literals) or "always"

    def __str__(self) -> str:
        return self.text()


@dataclass(frozen=True, slots=True)
class Formula:
    """When a claim has a word: all equally short sums of terms that say so.

    Parameters
    ----------
    models : tuple of tuple of Term
        Each holds in just the worlds with the word. Those with the fewest literals come first.
    count : int
        How many models have so few terms; where not *counted*, at least so many.
    counted : bool
        Whether all were found and counted.
    fewest : bool
        Whether it is proved that no formula has fewer terms.
    needed : int
        The number of terms of every model; where none is listed, at least so many are needed or were not
        found in fewer.

    No model is listed where it would take more terms than anyone reads (`deciding.MOST_TERMS`).
    """

    models: tuple[tuple[Term, ...], ...]
    count: int
    counted: bool
    fewest: bool
    needed: int

    @property
    def terms(self) -> tuple[Term, ...]:
        """The first model; empty where none is listed."""
        return self.models[0] if self.models else ()

    def holds(self, world: Mapping[int, int], model: int = 0) -> bool:
        """Whether a model is true of a world, given as a choice's place to its option's place."""
        return any(term.holds(world) for term in self.models[model])

    def text(self, say: Say = str, model: int = 0) -> str:
        """A model in words."""
        return say("; or ").join(term.text(say) for term in self.models[model]) if self.models else ""

    def short(self, model: int = 0) -> str:
        """A model in ids: ``NL-2.EL = medium, in and test = crisp; or shadow = with``."""
        return "; or ".join(term.short() for term in self.models[model]) if self.models else ""

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        """What is not as it should be: no formula, one that may not be shortest, or not all."""
        if not self.models:
            return (
                Caveat.of(
                    "formula too long",
                    "a formula would take more than {most} terms; it is not given",
                    most=self.needed - 1,
                ),
            )
        told = []
        if not self.fewest:
            told.append(
                Caveat.of(
                    "formula not shortest",
                    "a formula is exact, but a shorter one may exist: the search was stopped",
                )
            )
        if len(self.models) < self.count or not self.counted:
            template = (
                "{listed} of {count} equally short formulas are listed"
                if self.counted
                else "{listed} equally short formulas are listed; there may be more than {count}"
            )
            told.append(Caveat.of("formulas cut", template, listed=len(self.models), count=self.count))
        return tuple(told)

    def data(self) -> dict[str, object]:
        """Terms as lists of literals, model by model, and how many there are."""
        return {
            "models": [
                [[literal.data() for literal in term.literals] for term in model] for model in self.models
            ],
            "count": self.count,
            "counted": self.counted,
            "fewest": self.fewest,
            "terms": self.needed,
            "caveats": [caveat.data() for caveat in self.caveats],
        }

    def __str__(self) -> str:
        return self.text()

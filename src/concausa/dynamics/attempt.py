"""An attempt: what some actions come to, and where they can end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Verdict = Literal["sure", "possible", "impossible"]


@dataclass(frozen=True, slots=True)
class End:
    """An attractor that can be reached.

    Parameters
    ----------
    states, patterns : tuple of str
        Its corner states and, for each, its pattern in words.
    share : float
        Of the draws in which it can be reached, in (0, 1].
    """

    states: tuple[str, ...]
    patterns: tuple[str, ...]
    share: float

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return {"states": list(self.states), "patterns": list(self.patterns), "share": self.share}


@dataclass(frozen=True, slots=True)
class Attempt:
    """What some actions come to.

    Parameters
    ----------
    actions : tuple of str
        In the order in which they were asked for.
    verdict : str
        ``sure``: nothing outside the goal can last, whatever the rates are and in whatever order stocks
        cross the middle; ``possible``: with some rates and in some order the goal lasts; ``impossible``.
    always, some : float
        Of the draws in which only the goal's states can last, and in which they can, in [0, 1].
    ends : tuple of End
        The attractors that can be reached, in most draws first.
    """

    actions: tuple[str, ...]
    verdict: Verdict
    always: float
    some: float
    ends: tuple[End, ...]

    @property
    def name(self) -> str:
        """The actions in words."""
        return " + ".join(self.actions) or "nothing is done"

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return {
            "actions": list(self.actions),
            "verdict": self.verdict,
            "always": self.always,
            "some": self.some,
            "ends": [end.data() for end in self.ends],
        }

"""A study made ready to be shown: read, withheld where its sources are not open, screened for names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from concausa.core.problem import Problem
from concausa.study.study import Study

Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class Opened:
    """A study as it may be shown."""

    study: Study

    def screened(self, answer: Shown) -> Shown:
        """The answer without any protected name."""
        return answer


def opened(name: str, *, key: Path | None, unscreened: bool) -> Opened:
    """Read a study to show it."""
    return Opened(Study.load(name))


def leaks(name: str, key: Path) -> tuple[Problem, ...]:
    """Passages that hold a protected name."""
    return ()

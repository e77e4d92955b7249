"""The tree of a counterfactual statement: what a node is, or would be if others were set.

``S[EL=1] > S[EL=0]`` compares one outcome under two settings; ``EL==1 & S==1`` says what was seen. A setting
may itself be counterfactual: ``Y[X=1, M=M[X=0]]`` sets M to what it would have been without X.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

#: Signs of comparison; ``=`` is read as ``==``.
COMPARISONS = ("==", "!=", "<=", ">=", "<", ">")

Sign: TypeAlias = Literal["==", "!=", "<=", ">=", "<", ">"]


@dataclass(frozen=True, slots=True)
class Constant:
    """A whole number, as it stands for a level."""

    value: int
    position: int = 0


@dataclass(frozen=True, slots=True)
class Setting:
    """A node that is held at a value: ``EL=1`` between brackets."""

    node: str
    value: Constant | Outcome
    position: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a node is, or what it would be under settings; a bare word may also name a level.

    Parameters
    ----------
    node : str
    settings : tuple of Setting
        Empty for what is the case.
    """

    node: str
    settings: tuple[Setting, ...] = ()
    position: int = 0


@dataclass(frozen=True, slots=True)
class Total:
    """A sum: each part with the factor 1 or -1."""

    parts: tuple[tuple[int, Constant | Outcome], ...]
    position: int = 0


Amount: TypeAlias = Constant | Outcome | Total


@dataclass(frozen=True, slots=True)
class Compared:
    """Two amounts, compared."""

    left: Amount
    sign: Sign
    right: Amount
    position: int = 0


@dataclass(frozen=True, slots=True)
class Not:
    """The denial of a statement."""

    part: Statement
    position: int = 0


@dataclass(frozen=True, slots=True)
class Both:
    """Statements that are all true."""

    parts: tuple[Statement, ...]
    position: int = 0


@dataclass(frozen=True, slots=True)
class Either:
    """Statements of which at least one is true."""

    parts: tuple[Statement, ...]
    position: int = 0


Statement: TypeAlias = Compared | Not | Both | Either

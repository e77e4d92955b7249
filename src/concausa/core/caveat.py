"""A caveat: what a reader of a result must know before trusting it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caveat:
    """One remark that travels with a result; it never stops one.

    Parameters
    ----------
    kind : str
        A short stable word for machines, such as ``tie``.
    template : str
        The sentence with its places, such as ``{case} lies on the crossover``, for catalogues.
    values : tuple of pairs of str
        What fills the places.

    Examples
    --------
    >>> str(Caveat.of("tie", "{case} lies on the crossover of {condition}", case="NL-2", condition="EL"))
    'NL-2 lies on the crossover of EL'
    """

    kind: str
    template: str
    values: tuple[tuple[str, str], ...] = ()

    @staticmethod
    def of(kind: str, template: str, **values: object) -> Caveat:
        """A caveat whose places are filled by *values*, each written as text."""
        return Caveat(kind, template, tuple((name, str(value)) for name, value in values.items()))

    def told(self, say: Callable[[str], str]) -> str:
        """The sentence in the language of a catalogue."""
        return say(self.template).format(**dict(self.values))

    def data(self) -> dict[str, str]:
        """``{"kind", "text"}``."""
        return {"kind": self.kind, "text": str(self)}

    def __str__(self) -> str:
        return self.told(str)

"""A piece of a ledger: one item, or one package, and every way in which it may count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from concausa.core.errors import OptionError
from concausa.core.nearest import nearest
from concausa.tracing.evidence_item import Corner, EvidenceItem, check_names
from concausa.tracing.evidence_package import EvidencePackage
from concausa.tracing.hypotheses import RESIDUAL, Hypotheses
from concausa.tracing.weight import Ratio, Weight, quotient


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands on one line of a ledger.

    Parameters
    ----------
    id : str
        Of the item or of the package.
    factors : tuple of EvidenceItem
        What is multiplied: the item, the items of a package, or a joint package as one item.
    items : tuple of EvidenceItem
        The items behind it.
    package : EvidencePackage or None
    """

    id: str
    factors: tuple[EvidenceItem, ...]
    items: tuple[EvidenceItem, ...]
    package: EvidencePackage | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """Who says so, each once."""
        named = [item.source for item in (*self.items, *self.factors) if item.source]
        return tuple(dict.fromkeys(named))

    @property
    def label(self) -> str:
        """What it is, in words; empty if nobody said."""
        return self.package.label if self.package else self.items[0].label

    @property
    def reason(self) -> str:
        """Why it is expected so."""
        if self.package is None:
            return self.items[0].reason
        whole = self.package.whole.reason if self.package.whole else ""
        return whole or self.package.reason

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        """The words behind its ratios: hypothesis and word."""
        return tuple(pair for item in self.factors for pair in (item.words or {}).items())

    def readings(self, among: Hypotheses, favoured: str, *, low: bool) -> tuple[Corner, ...]:
        """Likelihoods that do least (or most) for one hypothesis, in each way in which it may count."""
        residual = RESIDUAL if among.residual else ""
        each = [item.corners(among.names, favoured, low=low, residual=residual) for item in self.factors]
        found = list(_products(each))
        if self.package is not None and self.package.how == "bounds" and len(self.factors) > 1:
            strongest = max(range(len(each)), key=lambda place: strength(self.factors[place], among))
            found += each[strongest]
        return tuple(_distinct(found))

    def weight(self, among: Hypotheses, of: str, against: str) -> Weight | None:
        """How many times more *of* expects it than *against*; None where both exclude it."""
        ends: list[Ratio] = []
        for low in (True, False):
            ratios = [quotient(made[of], made[against]) for made in self.readings(among, of, low=low)]
            known = [ratio for ratio in ratios if ratio is not None]
            if known:
                ends.append(min(known) if low else max(known))
        return Weight(min(ends), max(ends)) if ends else None

    def without(self, source: str) -> Piece | None:
        """What is left when one source says nothing; None if nothing is.

        A joint package cannot be divided: it falls whole with any of its sources.
        """
        if source not in self.sources:
            return self
        kept = tuple(item for item in self.items if item.source != source)
        if not kept or (self.package and self.package.how == "joint"):
            return None
        return Piece(self.id, kept, kept, self.package)


def strength(item: EvidenceItem, among: Hypotheses) -> tuple[Ratio, Ratio]:
    """How much an item tells apart at least, and at most, between any two hypotheses."""
    least: Ratio = 1
    most: Ratio = 1
    single = Piece(item.id, (item,), (item,))
    for place, first in enumerate(among.names):
        for second in among.names[place + 1 :]:
            found = single.weight(among, first, second)
            if found is None:
                continue
            other = found.inverse
            if found.direction:
                least = max(least, found.low if found.direction > 0 else other.low)
            most = max(most, found.high, other.high)
    return least, most


def pieces(
    items: Sequence[EvidenceItem], packages: Sequence[EvidencePackage], among: Hypotheses
) -> tuple[Piece, ...]:
    """The lines of a ledger, in the order of the items; what was not searched for is none.

    Raises
    ------
    OptionError
        If two items or packages have one name, a package names no item, an item is in two packages, or an
        item does not say what it must of the hypotheses.
    """
    residual = RESIDUAL if among.residual else ""
    known = {item.id: item for item in items}
    for id in [*(item.id for item in items), *(package.id for package in packages)]:
        if [*(item.id for item in items), *(package.id for package in packages)].count(id) > 1:
            raise OptionError(f"the name {id!r} is used twice", fix="give each item and package its own")
    home: dict[str, EvidencePackage] = {}
    for package in packages:
        if package.whole is not None:
            check_names(package.whole, among.names, residual)
        for member in package.members:
            if member not in known:
                near = nearest(member, known)
                raise OptionError(
                    f"the package {package.id!r} names {member!r}, which is no item",
                    fix=f"did you mean {near}?" if near else "add the item, or take it out of the package",
                )
            if member in home:
                raise OptionError(
                    f"the item {member!r} is in two packages, {home[member].id!r} and {package.id!r}",
                    fix="put it in one: an item counts once",
                )
            home[member] = package
    made: dict[str, Piece] = {}
    for item in items:
        own = home.get(item.id)
        if own is None or own.how != "joint":
            check_names(item, among.names, residual)
        if item.found == "not searched":
            continue
        if own is None:
            made[item.id] = Piece(item.id, (item,), (item,))
        elif own.id not in made:
            members = tuple(known[id] for id in own.members if known[id].found != "not searched")
            made[own.id] = Piece(own.id, (own.whole,) if own.whole else members, members, own)
    return tuple(made.values())


def _products(each: Sequence[Sequence[Corner]]) -> Iterator[Corner]:
    if not each:
        return
    first, *rest = each
    if not rest:
        yield from first
        return
    for tail in _products(rest):
        for corner in first:
            yield {name: value * tail[name] for name, value in corner.items()}


def _distinct(corners: Sequence[Corner]) -> list[Corner]:
    found: list[Corner] = []
    for corner in corners:
        if corner not in found:
            found.append(corner)
    return found


def ones(among: Hypotheses) -> Corner:
    """Likelihoods of nothing at all."""
    return dict.fromkeys(among.names, Fraction(1))


def times(first: Corner, second: Corner) -> Corner:
    """Both together, as far as they are independent."""
    return {name: value * second[name] for name, value in first.items()}

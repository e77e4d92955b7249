"""A package: items that are not independent, and how far they count together.

Two accounts from one interview, or two traces of one event, do not say twice as much as one. How they
count is declared, in one of three ways:

``sequence``
    each item's likelihoods were judged *given those before it*; then they multiply.
``joint``
    likelihoods or ratios are given for the package as a whole; those of its members do not count.
``bounds``
    nothing more is known: it counts as its strongest item alone, or as the full product, or anything
    between. The first is what the rest adds if it only repeats it, the second if the items are independent.

References
----------
.. [1] Befani (2020), Diagnostic evaluation and Bayesian Updating: Practical solutions to common problems,
   *Evaluation* 26(4), 499-515. https://doi.org/10.1177/1356389020958213
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from concausa.core.errors import OptionError
from concausa.core.nearest import nearest
from concausa.tracing.evidence_item import EvidenceItem

How: TypeAlias = Literal["sequence", "joint", "bounds"]


@dataclass(frozen=True, slots=True)
class EvidencePackage:
    """Items that count together; made by :meth:`of`.

    Parameters
    ----------
    id : str
    members : tuple of str
        Names of its items.
    how : str
        ``sequence``, ``joint`` or ``bounds``.
    whole : EvidenceItem or None
        For ``joint``: likelihoods or ratios of all members together.
    label, reason : str
        What holds them together.
    """

    id: str
    members: tuple[str, ...]
    how: How = "bounds"
    whole: EvidenceItem | None = None
    label: str = ""
    reason: str = ""

    @staticmethod
    def of(
        id: str,
        members: Sequence[str],
        *,
        how: How = "bounds",
        whole: EvidenceItem | None = None,
        label: str = "",
        reason: str = "",
    ) -> EvidencePackage:
        """A package, checked.

        Raises
        ------
        OptionError
            If it has fewer than two members (one, if joint), or *whole* is given without ``joint`` or the
            reverse.

        Examples
        --------
        >>> EvidencePackage.of("interview 1", ["E1", "E2"]).how
        'bounds'
        """
        if how not in get_args(How):
            near = nearest(str(how), get_args(How))
            raise OptionError(
                f"the package {id!r} counts as {how!r}, which is not one of {', '.join(get_args(How))}",
                fix=f"did you mean {near}?" if near else "",
            )
        least = 1 if how == "joint" else 2
        if isinstance(members, str) or len(set(members)) < least or len(set(members)) != len(members):
            raise OptionError(
                f"the package {id!r} needs at least {'one item' if least == 1 else 'two items'}, each named once",
                fix="name the items that depend on each other, or drop the package",
            )
        if (how == "joint") != (whole is not None):
            what = "has no likelihoods as a whole" if how == "joint" else "has likelihoods as a whole"
            raise OptionError(
                f"the package {id!r} counts as {how!r} and {what}",
                fix="give whole=EvidenceItem.of(…) with how='joint', and only then",
            )
        return EvidencePackage(id, tuple(members), how, whole, label, reason)

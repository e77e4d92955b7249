"""The choice of cases of a study: its pairs among all pairs, the kinds of its cases, and what else could be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Never

from concausa.audit.candidates import candidates_of, rival_causes
from concausa.audit.coded_divergence import CodedDivergence, coded_divergence
from concausa.core.caveat import Caveat
from concausa.core.errors import DataError, OptionError
from concausa.core.misspelt import refuse_misspelt
from concausa.selection.balance import Balance, balance
from concausa.selection.candidates import Candidates
from concausa.selection.case_types import CaseTypes, case_types
from concausa.selection.pair_types import PairTypes, pair_types
from concausa.selection.pairs import Pairs, narrowed, pairs, unlike
from concausa.selection.profile import Profile, profile
from concausa.selection.sensitivity import Sensitivity, sensitivity
from concausa.study.study import Study


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """One pair that a study compares.

    Parameters
    ----------
    sensitivity : Sensitivity
    balance : Balance
    profile : Profile
    coded : tuple of CodedDivergence
        Empty for candidates that are no study's.
    """

    sensitivity: Sensitivity
    balance: Balance
    profile: Profile
    coded: tuple[CodedDivergence, ...]

    @property
    def units(self) -> tuple[str, str]:
        """The two units."""
        return self.sensitivity.first, self.sensitivity.second

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return {
            "first": self.units[0],
            "second": self.units[1],
            "sensitivity": self.sensitivity.data(),
            "balance": self.balance.data(),
            "profile": self.profile.data(),
            "coded": [row.data() for row in self.coded],
        }


@dataclass(frozen=True, slots=True, eq=False)
class CaseChoice:
    """Everything that is told about a choice of cases.

    Parameters
    ----------
    candidates : Candidates
    pairs : Pairs
        All pairs under the distance asked for.
    compared : tuple of Compared
        The pairs that are studied, or asked about.
    types : CaseTypes or None
        None where no outcome is declared, or no regression can be made.
    designs : PairTypes or None
        None where neither outcome nor cause is declared.
    caveats : tuple of Caveat
        Why something is missing.
    """

    candidates: Candidates
    pairs: Pairs
    compared: tuple[Compared, ...]
    types: CaseTypes | None
    designs: PairTypes | None
    caveats: tuple[Caveat, ...]

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return {
            "covariates": [
                {"id": one.name, "label": one.label, "kind": one.kind, "role": one.role}
                for one in self.candidates.covariates
            ],
            "pairs": self.pairs.data(),
            "compared": [one.data() for one in self.compared],
            "types": None if self.types is None else self.types.data(),
            "designs": None if self.designs is None else self.designs.data(),
            "caveats": [caveat.data() for caveat in self.caveats],
        }

    def __repr__(self) -> str:
        counted = (
            f"{len(self.candidates.units)} units, {len(self.pairs)} pairs, {len(self.compared)} compared"
        )
        return f"<CaseChoice: {counted}>"

    def __str__(self) -> str:
        blocks = [
            *(str(one.sensitivity) for one in self.compared),
            str(self.pairs.table(5, [one.units for one in self.compared])),
        ]
        if self.types is not None:
            blocks.append(str(self.types.table([unit for one in self.compared for unit in one.units])))
        return "\n".join(blocks)


def select(
    study: Study | Candidates,
    *,
    pair: tuple[str, str] | None = None,
    distance: str = "gower",
    exact: Sequence[str] = (),
    without: Sequence[str] = (),
    causes: Sequence[str] = (),
    gaps: str = "shared",
    singular: str = "generalised",
    closest: int = 10,
    draws: int = 1000,
    seed: int = 1,
    **unknown: Never,
) -> CaseChoice:
    """How the cases of a study were, or could be, chosen from all of its units.

    Parameters
    ----------
    study : Study or Candidates
        A study that declares covariates, or candidates from a frame.
    pair : tuple of two str, optional
        The pair to look at; every pair of core units of a study unless given.
    distance : str
        ``gower``, ``euclidean``, ``mahalanobis`` or ``rank``: by which pairs are listed. The rank of the pairs
        studied is told under each of them.
    exact, without : sequence of str
        Covariates on which pairs must agree; covariates to leave out.
    causes : sequence of str
        Covariates that case types are asked of as causes, besides causes of rival explanations.
    gaps, singular
        As for ``pairs``.
    closest, draws, seed
        As for ``sensitivity``.

    Returns
    -------
    CaseChoice

    Examples
    --------
    >>> found = select(Study.load("prosoft"))
    >>> found.compared[0].units, len(found.pairs)
    (('NL', 'PUE'), 496)
    """
    refuse_misspelt(unknown, select)
    own = study if isinstance(study, Candidates) else candidates_of(study)
    asked = (*(() if isinstance(study, Candidates) else rival_causes(study)), *causes)
    chosen = narrowed(own, exact=exact, without=without)
    found = pairs(chosen, distance=distance, gaps=gaps, singular=singular)
    wanted = _wanted(study, found, pair)
    compared = tuple(
        Compared(
            sensitivity(
                chosen,
                first,
                second,
                closest=closest,
                draws=draws,
                seed=seed,
                gaps=gaps,
                singular=singular,
            ),
            balance(chosen, treated=[first], matched=[second]),
            profile(chosen, first, second),
            () if isinstance(study, Candidates) else coded_divergence(study, first, second),
        )
        for first, second in wanted
    )
    types, designs = None, None
    caveats = [] if pair is not None else _left_out(study, found)
    if chosen.of("outcome"):
        kept = [name for name in dict.fromkeys(asked) if chosen.covariate(name).role in ("match", "exact")]
        try:
            types = case_types(chosen, causes=kept)
        except DataError as error:
            caveats.append(Caveat.of("no types", "case types cannot be told: {why}", why=error.what))
    else:
        caveats.append(Caveat.of("no outcome", "without an outcome no case types are told"))
    if chosen.of("outcome", "cause"):
        designs = pair_types(found)
    return CaseChoice(chosen, found, compared, types, designs, tuple(caveats))


def _wanted(study: Study | Candidates, found: Pairs, pair: tuple[str, str] | None) -> list[tuple[str, str]]:
    if pair is not None:
        if len(pair) != 2:
            raise OptionError("a pair is two units", where=f"pair={pair!r}", fix='write pair=("NL", "PUE")')
        return [(pair[0], pair[1])]
    if isinstance(study, Candidates):
        return []
    return [two for two, ranked in _studied(study, found) if ranked]


def _studied(study: Study, found: Pairs) -> list[tuple[tuple[str, str], bool]]:
    """Every pair of core units, and whether it is among the pairs that are ranked."""
    units = found.candidates.units
    cores = [unit.id for unit in study.units if unit.role == "core" and unit.id in units]
    ranked = {frozenset((one.first, one.second)) for one in found.rows}
    return [(two, frozenset(two) in ranked) for two in combinations(cores, 2)]


def _left_out(study: Study | Candidates, found: Pairs) -> list[Caveat]:
    """Why pairs that are studied are not told of."""
    if isinstance(study, Candidates) or not found.candidates.of("exact"):
        return []
    return [
        Caveat.of(
            "not compared", "{first} and {second} are not compared: they differ on {covariates}, or lack it",
            first=first, second=second, covariates=", ".join(unlike(found.candidates, first, second)),
        )
        for (first, second), ranked in _studied(study, found) if not ranked
    ]  # fmt: skip

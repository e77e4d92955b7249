"""The next case: what rows of the property space would decide claims, and which units could be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from concausa.audit.findings.lead import Lead
from concausa.core.caveat import Caveat
from concausa.selection.pairs import Pair, Pairs
from concausa.study.study import Study


@dataclass(frozen=True, slots=True)
class NextCases:
    """What is known, and what is not, of which case to study next.

    Parameters
    ----------
    leads : tuple of Lead
        Rows of the property space in which one more case would decide claims or test them, the best first.
    near : tuple of (str, tuple of Pair)
        For each unit studied, its pairs with units that nobody coded, the closest first: controls for it.
    unlike : tuple of (str, float)
        Uncoded units with the distance to the nearest unit studied, the farthest first: they widen the scope.
    uncoded : tuple of str
        Units without any coding. In which row they lie nobody knows.
    caveats : tuple of Caveat
    """

    leads: tuple[Lead, ...]
    near: tuple[tuple[str, tuple[Pair, ...]], ...]
    unlike: tuple[tuple[str, float], ...]
    uncoded: tuple[str, ...]
    caveats: tuple[Caveat, ...]

    def data(self, top: int = 5) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "rows": [lead.data() for lead in self.leads],
            "near": {unit: [pair.data() for pair in pairs[:top]] for unit, pairs in self.near},
            "unlike": [{"unit": unit, "distance": far} for unit, far in self.unlike[:top]],
            "uncoded": list(self.uncoded),
            "caveats": [caveat.data() for caveat in self.caveats],
        }


def next_cases(study: Study, found: Pairs, leads: Sequence[Lead]) -> NextCases:
    """Which case to study next, as far as covariates and open rows tell.

    Parameters
    ----------
    found : Pairs
        Of the study's candidates.
    leads : sequence of Lead
        What ``next_evidence`` gives; only those on new cases count.
    """
    coded = {coding.unit for coding in study.codings}
    uncoded = tuple(unit for unit in found.candidates.units if unit not in coded)
    cores = [unit.id for unit in study.units if unit.role == "core" and unit.id in found.candidates.units]
    near = tuple(
        (unit, tuple(pair for pair in found.nearest(unit) if _other(pair, unit) in uncoded)) for unit in cores
    )
    least: dict[str, float] = {}
    for unit, own in near:
        for pair in own:
            other = _other(pair, unit)
            least[other] = min(least.get(other, pair.distance), pair.distance)
    caveats = []
    if uncoded:
        caveats.append(
            Caveat.of(
                "uncoded",
                "nobody has coded the conditions of {n} units: in which row one of them would lie is not known before "
                "it is studied, and likeness in covariates does not tell",
                n=len(uncoded),
            )
        )
    rows = tuple(lead for lead in leads if lead.kind == "case")
    unlike = tuple(sorted(least.items(), key=lambda item: -item[1]))
    return NextCases(rows, near, unlike, uncoded, tuple(caveats))


def _other(pair: Pair, unit: str) -> str:
    return pair.second if pair.first == unit else pair.first

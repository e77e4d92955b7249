"""Coincidence analysis of a study's cases: what is a cause of what, under every reading of levels and outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from concausa.audit.configurations import Analysis, Configurations, Setting, configurations
from concausa.core.errors import DataError
from concausa.core.table import Cell, Heading, Table
from concausa.study.study import Study

if TYPE_CHECKING:
    from concausa.qca.coincidence.coincidence import Coincidence


@dataclass(frozen=True, eq=False)
class ReadingModels:
    """The models of one distinct set of scores and one outcome set.

    Parameters
    ----------
    analysis : Analysis
    found : Coincidence, optional
        None where the cases do not differ.
    """

    analysis: Analysis
    found: Coincidence | None

    @property
    def n_models(self) -> int:
        """How many models fit equally well."""
        return 0 if self.found is None else self.found.n_models

    @cached_property
    def arrows(self) -> tuple[frozenset[tuple[str, str]], ...]:
        """For each listed model its direct causes and effects by name."""
        if self.found is None:
            return ()
        names = [factor.name for factor in self.found.table.factors]
        return tuple(
            [frozenset((names[a], names[b]) for a, b in model.arrows) for model in self.found.models]
        )


@dataclass(frozen=True, slots=True)
class Path:
    """A way from cause to effect, and how much speaks for it.

    Parameters
    ----------
    steps : tuple of str
        Two factors, or three for a chain.
    declared : tuple of str
        Mechanisms of the study that say so of its first step.
    models : int
        Models that have it, over all readings.
    settings : int
        Settings (choices of reading, levels, kind of sets and outcome) of which some model has it.
    always : int
        Settings of which every model has it.
    """

    steps: tuple[str, ...]
    declared: tuple[str, ...]
    models: int
    settings: int
    always: int

    @property
    def text(self) -> str:
        """``EL -> BC -> Y``."""
        return " -> ".join(self.steps)


@dataclass(frozen=True, eq=False)
class Coincidences:
    """Coincidence analyses of every distinct reading of a study.

    Parameters
    ----------
    configurations : Configurations
    readings : tuple of ReadingModels
    declared : tuple of (str, str, str)
        Id, cause and effect of each mechanism among the factors.
    """

    configurations: Configurations
    readings: tuple[ReadingModels, ...]
    declared: tuple[tuple[str, str, str], ...]

    @property
    def outcome(self) -> str:
        """The study's outcome."""
        return self.configurations.frame.outcome

    @property
    def factors(self) -> tuple[str, ...]:
        """The conditions and, last, the outcome."""
        return (*self.configurations.frame.conditions, self.outcome)

    @property
    def n_settings(self) -> int:
        """How many settings were analysed."""
        return sum(len(one.analysis.settings) for one in self.readings)

    @property
    def n_models(self) -> int:
        """How many models there are over all distinct readings."""
        return sum(one.n_models for one in self.readings)

    @cached_property
    def paths(self) -> tuple[Path, ...]:
        """Every direct cause and effect, then every chain that ends in the outcome."""
        pairs = [(a, b) for b in self.factors for a in self.factors if a != b and a != self.outcome]
        chains = [(a, b, self.outcome) for a, b in pairs if b != self.outcome]
        return tuple([self._path(steps) for steps in (*pairs, *chains)])

    def _path(self, steps: tuple[str, ...]) -> Path:
        needed = frozenset(pairwise(steps))
        models = settings = always = 0
        for one in self.readings:
            having = sum(needed <= arrows for arrows in one.arrows)
            models += having
            settings += len(one.analysis.settings) if having else 0
            always += len(one.analysis.settings) if having and having == len(one.arrows) else 0
        said = tuple(dict.fromkeys(id for id, a, b in self.declared if (a, b) == steps[:2]))
        return Path(steps, said, models, settings, always)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What so few cases can say, and what not."""
        n, empty = len(self.configurations.frame.cases), sum(not one.n_models for one in self.readings)
        always = [path.text for path in self.paths if path.always == self.n_settings]
        never = [path.text for path in self.paths if not path.models]
        lines = [f"{n} cases: a model that fits them tells what is compatible with them, and no more."]
        lines.append(f"In every model under every setting: {', '.join(always) or 'none'}.")
        if never:
            lines.append(f"In no model: {', '.join(never)}.")
        if empty:
            lines.append(f"{empty} of {len(self.readings)} distinct readings give no model at all.")
        return tuple(lines)

    def table(self) -> Table:
        """The paths: in how many models and settings each is."""
        rows = [
            [
                Cell(path.text, list(path.steps)),
                Cell(", ".join(path.declared), list(path.declared)),
                Cell(f"{path.models}/{self.n_models}", [path.models, self.n_models]),
                Cell(f"{path.settings}/{self.n_settings}", [path.settings, self.n_settings]),
                Cell(f"{path.always}/{self.n_settings}", [path.always, self.n_settings]),
            ]
            for path in self.paths
        ]
        headings = [
            Heading("path", "path"),
            Heading("declared", "mechanism"),
            Heading("models", "models", "right"),
            Heading("settings", "in some model", "right"),
            Heading("always", "in every model", "right"),
        ]
        cases = len(self.configurations.frame.cases)
        title = f"{cases} cases: what could lead to what, over {self.n_settings} settings"
        note = (
            f"Models: of the {self.n_models} that all distinct readings have together. In some model, in every model: "
            f"of the {self.n_settings} settings, which are readings of the levels, level maps, crisp or fuzzy, and "
            "readings of the outcome."
        )
        return Table.of("coincidence-paths", title, headings, rows, notes=[note])

    def readings_table(self) -> Table:
        """A line a distinct reading: its settings, and the models."""
        rows = []
        for number, one in enumerate(self.readings, start=1):
            texts = [] if one.found is None else [str(model) for model in one.found.models]
            rows.append(
                [
                    Cell(f"{number}", number),
                    Cell(told(one.analysis.settings)),
                    Cell(", ".join(one.analysis.members)),
                    Cell(f"{one.n_models}", one.n_models),
                    Cell("; ".join(texts[:2]) + (" …" if len(texts) > 2 else ""), texts),
                ]
            )
        headings = [
            Heading("place", "#", "right"),
            Heading("settings", "settings"),
            Heading("members", f"in {self.outcome}"),
            Heading("n_models", "models", "right"),
            Heading("models", "the first of them"),
        ]
        return Table.of("coincidence-readings", f"{len(self.readings)} distinct readings", headings, rows)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return {
            "factors": list(self.factors),
            "cases": [case.id for case in self.configurations.frame.cases],
            "settings": self.n_settings,
            "n_models": self.n_models,
            "paths": [
                {
                    "path": list(path.steps),
                    "mechanisms": list(path.declared),
                    "models": path.models,
                    "settings": path.settings,
                    "always": path.always,
                }
                for path in self.paths
            ],
            "readings": [
                {
                    "members": list(one.analysis.members),
                    "settings": [
                        {"reading": s.reading + 1, "level_map": s.level_map, "scale": s.scale}
                        for s in one.analysis.settings
                    ],
                    "n_models": one.n_models,
                    "models": [] if one.found is None else [str(model) for model in one.found.models],
                }
                for one in self.readings
            ],
        }


def coincidences(study: Study, *, found: Configurations | None = None, **options: Any) -> Coincidences | None:
    """Coincidence analyses of a study's cases, in which no condition is an effect of the outcome.

    Parameters
    ----------
    study : Study
    found : Configurations, optional
        The study's configurations, where they are known already.
    **options
        Thresholds and bounds of :func:`~concausa.qca.coincidence.coincidence.coincidence`.

    Returns
    -------
    Coincidences or None
        None where the study has no analyses of configurations at all.
    """
    found = configurations(study) if found is None else found
    if found is None or not found.analyses:
        return None
    readings = tuple([ReadingModels(one, _analysed(one, found, options)) for one in found.analyses])
    names = (*found.frame.conditions, found.frame.outcome)
    declared = tuple(
        [
            (row.id, cause, effect)
            for row in study.mechanisms
            for cause in row.cause
            for effect in row.effect
            if cause in names and effect in names and cause != effect
        ]
    )
    return Coincidences(found, readings, declared)


def told(settings: Sequence[Setting]) -> str:
    """Settings in few words: level map, kind of sets, readings.

    Examples
    --------
    >>> told([Setting(0, "linear", "fuzzy", 0), Setting(2, "linear", "fuzzy", 1)])
    'linear (fuzzy) 1, 3'
    """
    grouped: dict[tuple[str, str], dict[int, None]] = {}
    for setting in settings:
        grouped.setdefault((setting.level_map, setting.scale), {})[setting.reading + 1] = None
    return "; ".join(
        f"{level_map} ({scale}) {', '.join(map(str, sorted(readings)))}"
        for (level_map, scale), readings in grouped.items()
    )


def _analysed(analysis: Analysis, found: Configurations, options: dict[str, Any]) -> Coincidence | None:
    from concausa.qca.coincidence.coincidence import coincidence

    outcome = found.frame.outcome
    columns: dict[str, Any] = {
        name: [row[place] for row in analysis.scores] for place, name in enumerate(analysis.conditions)
    }
    columns[outcome] = [float(case in analysis.members) for case in analysis.cases]
    order = f"{', '.join(map(_quoted, analysis.conditions))} < {_quoted(outcome)}"
    try:
        return coincidence(columns, factors=list(columns), cases=analysis.cases, ordering=order, **options)
    except DataError:
        return None


def _quoted(name: str) -> str:
    return f'"{name}"' if any(sign in name for sign in ',<"') else name

"""What the exhibits on configurations share: the analyses of a study, and the words for their settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from concausa.audit.alike import Alike, alike, span
from concausa.audit.configurations import Configurations, Row, Setting, configurations
from concausa.core.table import Cell, Link
from concausa.measurement.coding import Coding
from concausa.report.exhibits.scribe import MISSING, Scribe
from concausa.report.held import Held
from concausa.report.language import Language
from concausa.study.study import Study

#: Most expressions that one cell shows.
FEW = 16


@dataclass(frozen=True, eq=False)
class Configured:
    """The analyses of a study, ready to be told in one language."""

    scribe: Scribe
    found: Configurations
    groups: tuple[Alike, ...]
    codings: Mapping[tuple[str, str], tuple[Coding, ...]]

    @property
    def language(self) -> Language:
        """The reader's language."""
        return self.scribe.language

    @property
    def thresholds(self) -> tuple[str, ...]:
        """The levels of the outcome that are asked for, and have truth tables of their own."""
        return tuple(dict.fromkeys(group.threshold for group in self.groups))

    def at(self, threshold: str) -> tuple[Alike, ...]:
        """The truth tables of one threshold."""
        return tuple(group for group in self.groups if group.threshold == threshold)

    def outcome(self, threshold: str, *, negated: bool = False) -> str:
        """``Y at maximum``, ``Y at least moderate``, ``Y below maximum``."""
        language, frame = self.language, self.found.frame
        scale = self.scribe.study.row("conditions", frame.outcome).levels
        values = {"outcome": frame.outcome, "level": language.level(threshold)}
        if negated:
            return language.say("{outcome} below {level}", **values)
        if threshold == scale[-1]:
            return language.say("{outcome} at {level}", **values)
        return language.say("{outcome} at least {level}", **values)

    def outcome_cell(self, threshold: str, members: Sequence[str], *, negated: bool = False) -> Cell:
        """The outcome with the cases that have it, linked to what they rest on."""
        names = [case.id for case in self.found.frame.cases]
        having = [name for name in names if (name in members) != negated]
        text = self.outcome(threshold, negated=negated)
        if having and len(self.members_of(threshold)) > 1:
            text += f": {', '.join(having)}"
        value = {"outcome": self.found.frame.outcome, "threshold": threshold, "negated": negated}
        return Cell(text, value | {"cases": having}, self.outcome_links(having))

    def members_of(self, threshold: str) -> tuple[tuple[str, ...], ...]:
        """The different sets of cases that have the outcome, over the readings of the outcome."""
        return tuple(dict.fromkeys(group.members for group in self.at(threshold)))

    def under(self, settings: Iterable[Setting]) -> Cell:
        """The choices behind some analyses: level maps, kind of sets and, unless it is every one, readings."""
        language = self.language
        by_choice: dict[tuple[str, str], set[int]] = {}
        for setting in settings:
            by_choice.setdefault((setting.level_map, setting.scale), set()).add(setting.reading)
        every = len(self.found.frame.readings)
        by_map: dict[tuple[str, tuple[int, ...]], list[str]] = {}
        for (level_map, scale), readings in by_choice.items():
            by_map.setdefault((level_map, tuple(sorted(readings))), []).append(scale)
        texts = []
        for (level_map, places), scales in by_map.items():
            text = f"{level_map} ({', '.join(language.level(scale) for scale in scales)})"
            if len(places) < every:
                numbers = ", ".join(language.number(place + 1) for place in places)
                text = language.plural(
                    "{map}, reading {numbers}",
                    "{map}, readings {numbers}",
                    len(places),
                    map=text,
                    numbers=numbers,
                )
            texts.append(text)
        value = [
            {"level_map": level_map, "scale": scale, "readings": [place + 1 for place in sorted(readings)]}
            for (level_map, scale), readings in by_choice.items()
        ]
        maps = dict.fromkeys(part for level_map, _ in by_choice for part in level_map.split("+"))
        return Cell("; ".join(texts), value, tuple(Link("level_maps", id) for id in maps))

    def tables(self, groups: Iterable[Alike]) -> Cell:
        """The numbers of some truth tables."""
        numbers = [group.number for group in groups]
        return Cell(", ".join(self.language.number(number) for number in numbers), numbers)

    def cases(self, cases: Sequence[str], settings: Iterable[Setting] = ()) -> Cell:
        """Cases, linked to the codings of their conditions: all, or those of the readings in *settings*."""
        if not cases:
            return Cell(self.language.say("none"), [], tone="quiet")
        return Cell(", ".join(cases), list(cases), self.condition_links(cases, settings))

    def condition_links(self, cases: Sequence[str], settings: Iterable[Setting] = ()) -> tuple[Link, ...]:
        """The codings of the analysed conditions in some cases."""
        frame = self.found.frame
        places = {setting.reading for setting in settings} or set(range(len(frame.readings)))
        readings = [frame.readings[place] for place in sorted(places)]
        return tuple(
            Link("codings", coding.id)
            for case in cases
            for name in frame.conditions
            for coding in self.codings[case, name]
            if any(reading.levels.get((case, name), coding.level) == coding.level for reading in readings)
        )

    def outcome_links(self, cases: Sequence[str]) -> tuple[Link, ...]:
        """The codings of the outcome in some cases."""
        outcome = self.found.frame.outcome
        return tuple(Link("codings", row.id) for case in cases for row in self.codings[case, outcome])

    def measures(self, values: Sequence[float]) -> Cell:
        """A measure, or its least and greatest value over several analyses; missing if undefined in all."""
        ends = span(values)
        if ends is None:
            return MISSING
        low, high = (self.language.number(round(end, 2), 2) for end in ends)
        return Cell(low if low == high else f"{low}–{high}", [round(end, 9) for end in ends])

    def listed(self, expressions: Sequence[str], joint: str = "; ") -> str:
        """Expressions in one cell; of many, the first, and how many more there are."""
        text = joint.join(expressions[:FEW])
        if len(expressions) <= FEW:
            return text
        more = self.language.say("and {n} more", n=self.language.number(len(expressions) - FEW))
        return f"{text}; {more}"

    def row(self, row: Row) -> str:
        """A row as a conjunction, ``EL*~BQ*BC``."""
        from concausa.qca.factor import Factor, term_text

        return term_text([Factor(name, "crisp") for name in self.found.frame.conditions], row)


def configured(study: Study, language: Language) -> Configured | None:
    """The analyses of a study, perhaps none; None if nothing asks for any. Worked out once for all languages."""
    made = _configured(Held(study))
    return None if made is None else Configured(Scribe(study, language), *made)


@lru_cache(maxsize=1)
def _configured(
    held: Held,
) -> tuple[Configurations, tuple[Alike, ...], Mapping[tuple[str, str], tuple[Coding, ...]]] | None:
    found = configurations(held.study)
    if found is None:
        return None
    names = (*found.frame.conditions, found.frame.outcome)
    codings = {
        (case.id, name): held.study.cell(case, name).codings for case in found.frame.cases for name in names
    }
    return found, alike(found), codings

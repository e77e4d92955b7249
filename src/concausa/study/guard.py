"""The guard: no protected name leaves a study, whatever is shown, written or complained about."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from concausa.core.errors import ConcausaError, IdentityError, StudyError
from concausa.core.problem import Problem
from concausa.evidence.screen import Screen
from concausa.study.folder import load
from concausa.study.schema import SETTINGS, TABLES, TableSpec
from concausa.study.seal import identities, sealed_file
from concausa.study.study import Study

Shown = TypeVar("Shown")

_MOST = 80


@dataclass(frozen=True, slots=True)
class Guard:
    """Looks for the protected names of one study. It can be shown: it shows none of them."""

    names: Screen

    @staticmethod
    def of(study: str | Path, key: str | Path) -> Guard:
        """The guard of a study with sealed identities; IdentityError when the key does not open them."""
        return Guard(Screen.of(identities(study, key)))

    def screen(self, text: str) -> str:
        """The text with every protected name replaced by ``[name withheld]``."""
        return self.names.screen(text)

    def screened(self, answer: Shown) -> Shown:
        """The same for every text in an answer of texts, lists, mappings and problems."""
        result: Any = self._screened(answer)
        return result  # type: ignore[no-any-return]

    def _screened(self, answer: Any) -> Any:
        if isinstance(answer, str):
            return self.screen(answer)
        if isinstance(answer, dict):
            return {self._screened(key): self._screened(value) for key, value in answer.items()}
        if isinstance(answer, list | tuple | set | frozenset):
            return type(answer)(self._screened(item) for item in answer)
        if isinstance(answer, Problem):
            return self._problem(answer)
        return answer

    def _problem(self, problem: Problem) -> Problem:
        """A problem that quotes a name may quote a single word of it too; then every such word goes."""
        fields = {field.name: getattr(problem, field.name) for field in dataclasses.fields(problem)}
        if not any(self.names.spans(text) for value in fields.values() for text in _texts(value)):
            return problem
        return Problem(**{name: self._without_words(value) for name, value in fields.items()})

    def _without_words(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self.names.screen_words(text) for text in value)
        return self.names.screen_words(value) if isinstance(value, str) else value

    def error(self, error: ConcausaError) -> ConcausaError:
        """The same error without any protected name in it, and without words of one that it quotes."""
        parts = (error.what, error.where, error.fix)
        held = any(self.names.spans(part) for part in parts)
        what, where, fix = (self.names.screen_words(part) for part in parts) if held else parts
        if isinstance(error, StudyError):
            return StudyError(
                what, where=where, fix=fix, problems=self.screened(error.problems), misuse=error.misuse
            )
        return type(error)(what, where=where, fix=fix)

    def find(self, study: Study) -> tuple[Problem, ...]:
        """Every value of a study that holds a protected name; the name itself is never repeated."""
        problems = list(self._found(SETTINGS, (study.settings,), study))
        for name, spec in TABLES.items():
            problems += self._found(spec, study.rows(name), study)
        return tuple(sorted(problems))

    def _found(self, spec: TableSpec, nouns: tuple[Any, ...], study: Study) -> list[Problem]:
        path = study.origin.path
        file = (
            spec.file if path is None or path.suffix.lower() != ".xlsx" else f"{path.name}, sheet {spec.name}"
        )
        problems = []
        for noun in nouns:
            for column in spec.columns:
                value = getattr(noun, column)
                texts = value if isinstance(value, tuple) else (value,)
                if any(isinstance(text, str) and self.names.spans(text) for text in texts):
                    shown = self.screen("; ".join(texts))[:_MOST]
                    line = study.origin.lines.get((spec.name, noun.id), 0)
                    what = "a protected name stands here"
                    fix = "write the interview's code instead"
                    problems.append(
                        Problem(file, line, column, "error", "protected-name", what, shown, (), fix)
                    )
        return problems

    def masked(self, study: Study) -> Study:
        """The study with every protected name masked, ids and references to them alike."""
        ids: dict[str, str] = {}
        tables = {
            name: tuple([self._noun(spec, noun, ids) for noun in study.rows(name)])
            for name, spec in TABLES.items()
        }
        lines = {(table, ids.get(id, id)): line for (table, id), line in study.origin.lines.items()}
        return study.replace(
            settings=self._noun(SETTINGS, study.settings, ids),
            doubts=self.screened(study.doubts),
            origin=dataclasses.replace(study.origin, lines=lines),
            **tables,
        )

    def _noun(self, spec: TableSpec, noun: Any, ids: dict[str, str]) -> Any:
        changes = {}
        for name, column in spec.columns.items():
            value = getattr(noun, name)
            if isinstance(value, str) and value:
                new: Any = self._id(value, ids) if column.kind in ("id", "ref") else self.screen(value)
            elif isinstance(value, tuple):
                new = tuple(
                    self._id(text, ids) if column.kind == "refs" else self.screen(text) for text in value
                )
            else:
                continue
            if new != value:
                changes[name] = new
        return dataclasses.replace(noun, **changes) if changes else noun

    def _id(self, id: str, ids: dict[str, str]) -> str:
        """A masked id is the same wherever it is referred to, and is still an id."""
        if self.names.spans(id):
            return ids.setdefault(id, f"withheld{len(ids) + 1}")
        return id


def _texts(value: Any) -> tuple[str, ...]:
    """The texts in a field of a problem."""
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) else ()


@dataclass(frozen=True, slots=True)
class Admitted:
    """A study let in to be shown, and its guard if it has protected identities and a key."""

    study: Study
    guard: Guard | None = None

    def screened(self, answer: Shown) -> Shown:
        """An answer without any protected name."""
        return answer if self.guard is None else self.guard.screened(answer)


def admit(study: str | Path, *, key: str | Path | None = None, unscreened: bool = False) -> Admitted:
    """Read a study to show it: passages withheld by access, protected names masked.

    Parameters
    ----------
    key : str or Path, optional
        Key file of the sealed identities.
    unscreened : bool
        Go on without the key, at one's own risk.

    Raises
    ------
    IdentityError
        If the study has sealed identities and neither a key nor *unscreened* is given; if the key
        does not open them.
    StudyError
        As from ``Study.load``; it repeats no protected name.
    """
    if key is None:
        if sealed_file(study) is not None and not unscreened:
            raise IdentityError(
                "this study has sealed identities; without their key no output can be screened for names",
                where=str(sealed_file(study)),
                fix="give the key with --key FILE, or go on without screening with --unscreened",
            )
        return Admitted(load(study).public())
    guard = Guard.of(study, key)
    try:
        read = load(study)
    except ConcausaError as error:
        raise guard.error(error) from None
    leaks = tuple(dataclasses.replace(problem, severity="doubt") for problem in guard.find(read))
    masked = guard.masked(read)
    return Admitted(masked.replace(doubts=(*guard.screened(leaks), *masked.doubts)).public(), guard)


def leaks(study: str | Path, key: str | Path) -> tuple[Problem, ...]:
    """Every place of a study that holds a protected name, as errors."""
    guard = Guard.of(study, key)
    try:
        return guard.find(load(study))
    except ConcausaError as error:
        raise guard.error(error) from None

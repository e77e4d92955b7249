"""The guard: no protected name leaves a study, whatever is shown, written or complained about."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from concausa.core.errors import ConcausaError, IdentityError, StudyError
from concausa.core.problem import Problem, Severity
from concausa.evidence.screen import Screen, words_in
from concausa.study.folder import load
from concausa.study.mask import Mask
from concausa.study.schema import SETTINGS, TABLES
from concausa.study.seal import identities, sealed_file
from concausa.study.study import Study

Shown = TypeVar("Shown")

_MOST = 80

#: Columns that name people and places openly: a word of theirs says nothing of a protected name.
_OPEN = {
    "units": ("name",),
    "terms": ("holder",),
    "elections": ("winner", "runner_up"),
    "sources": ("author", "publisher"),
    "organisations": ("name",),
    "study": ("authors",),
}


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
        """Every value of a study that holds a protected name, as errors; the name is never repeated."""
        return tuple(
            sorted(
                place.problem("error", "protected-name", what, self.screen(text)[:_MOST], fix)
                for what, fix in [("a protected name stands here", "write the interview's code instead")]
                for place, text in _values(study)
                if self.names.spans(text)
            )
        )

    def suspect(self, study: Study) -> tuple[Problem, ...]:
        """Every value in which one word of a protected name stands alone, as doubts; it is not repeated.

        A word that the study uses openly, in the name of a unit, office holder, candidate, author or
        body, is let be.
        """
        known = words_in("\n".join(text for place, text in _values(study) if place.is_open))
        what, fix = "a word of a protected name stands alone here", "see whether it means that person"
        return tuple(
            sorted(
                place.problem("doubt", "protected-word", what, self.names.screen_words(text)[:_MOST], fix)
                for place, text in _values(study)
                if self.names.holds_lone_word(text, known)
            )
        )

    def masked(self, study: Study) -> Study:
        """The study with every protected name masked, ids and references to them alike."""
        doubts = self.screened(study.doubts)
        return Mask.of(self.names, study).put_on(study).replace(doubts=doubts)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value of a study stands."""

    file: str
    line: int
    table: str
    column: str

    @property
    def is_open(self) -> bool:
        return self.column in _OPEN.get(self.table, ())

    def problem(self, severity: Severity, kind: str, what: str, value: str, fix: str) -> Problem:
        return Problem(self.file, self.line, self.column, severity, kind, what, value, fix=fix)


def _values(study: Study) -> Iterator[tuple[_Place, str]]:
    """Every text of a study with its place; several in one cell are one text."""
    book = study.origin.path if study.origin.path and study.origin.path.suffix.lower() == ".xlsx" else None
    for spec in (SETTINGS, *TABLES.values()):
        file = f"{book.name}, sheet {spec.name}" if book else spec.file
        for noun in (study.settings,) if spec is SETTINGS else study.rows(spec.name):
            line = study.origin.lines.get((spec.name, noun.id), 0)
            for column in spec.columns:
                value = getattr(noun, column)
                text = "; ".join(value) if isinstance(value, tuple) else value
                if isinstance(text, str) and text:
                    yield _Place(file, line, spec.name, column), text


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
            raise without_key(study)
        return Admitted(load(study).public())
    guard = Guard.of(study, key)
    try:
        read = load(study)
    except ConcausaError as error:
        raise guard.error(error) from None
    leaks = tuple(dataclasses.replace(problem, severity="doubt") for problem in guard.find(read))
    masked = guard.masked(read)
    return Admitted(masked.replace(doubts=(*guard.screened(leaks), *masked.doubts)).public(), guard)


def without_key(study: str | Path) -> IdentityError:
    """The refusal to show a study with sealed identities that nobody has opened."""
    return IdentityError(
        "this study has sealed identities; without their key no output can be screened for names",
        where=str(sealed_file(study)),
        fix="give the key with --key FILE, or go on without screening with --unscreened",
    )


def leaks(study: str | Path, key: str | Path) -> tuple[Problem, ...]:
    """Every place of a study that holds a protected name, as errors, or one word of one, as doubts."""
    guard = Guard.of(study, key)
    try:
        read = load(study)
        return (*guard.find(read), *guard.suspect(read))
    except ConcausaError as error:
        raise guard.error(error) from None

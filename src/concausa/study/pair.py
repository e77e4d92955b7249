"""A pair: two studies that may be shown side by side, behind one guard and one mask."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from concausa.core.caveat import Caveat
from concausa.core.errors import ConcausaError, IdentityError
from concausa.evidence.identities import Identity
from concausa.evidence.screen import Screen
from concausa.evidence.source import ACCESS
from concausa.study.folder import load
from concausa.study.guard import Guard, without_key
from concausa.study.mask import Mask
from concausa.study.seal import identities, sealed_file
from concausa.study.study import Study

Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two studies as they may be shown, and the guard of both if names are protected."""

    before: Study
    after: Study
    guard: Guard | None = None

    @staticmethod
    def of(before: Study, after: Study, guard: Guard | None = None) -> Pair:
        """The pair of two studies as they were read: passages withheld by access, names masked.

        One mask is put on both, so that a row whose id holds a name is the same row in both. What either
        study withholds of a source is withheld in both.
        """
        if guard is not None:
            mask = Mask.of(guard.names, before, after)
            before, after = (
                mask.put_on(study).replace(doubts=guard.screened(study.doubts)) for study in (before, after)
            )
        strictest = _strictest(before, after)
        return Pair(_withheld(before, strictest), _withheld(after, strictest), guard)

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        """What a comparison of the two cannot see."""
        if self.guard is None:
            return ()
        return (
            Caveat.of(
                "masked",
                "protected names are masked before studies are compared: a change of names is not seen",
            ),
        )

    def screened(self, answer: Shown) -> Shown:
        """An answer without any protected name of either study."""
        return answer if self.guard is None else self.guard.screened(answer)


def admit_pair(
    before: str | Path, after: str | Path, *, keys: Sequence[str | Path] = (), unscreened: bool = False
) -> Pair:
    """Read two studies to show them side by side; names of either are masked in both.

    Parameters
    ----------
    keys : sequence of str or Path
        As in :func:`guard_of`.
    unscreened : bool
        Go on without a key that is missing, at one's own risk.

    Raises
    ------
    IdentityError
        As in :func:`guard_of`.
    StudyError
        As from ``Study.load``; it repeats no name that a key protects.
    """
    guard = guard_of((before, after), keys, unscreened=unscreened)
    try:
        return Pair.of(load(before), load(after), guard)
    except ConcausaError as error:
        raise (error if guard is None else guard.error(error)) from None


def _strictest(*studies: Study) -> dict[str, str]:
    """The access of every source: where the studies differ, the one that shows least."""
    found: dict[str, str] = {}
    for source in (source for study in studies for source in study.sources):
        found[source.id] = max(found.get(source.id, source.access), source.access, key=ACCESS.index)
    return found


def _withheld(study: Study, access: Mapping[str, str]) -> Study:
    """The public face of a study under these accesses; each source still says its own."""
    strict = (dataclasses.replace(source, access=access[source.id]) for source in study.sources)
    public = study.replace(sources=tuple(strict)).public()
    shown = zip(public.sources, study.sources, strict=True)
    return public.replace(
        sources=tuple(dataclasses.replace(source, access=own.access) for source, own in shown)
    )


def guard_of(
    studies: Sequence[str | Path], keys: Sequence[str | Path], *, unscreened: bool = False
) -> Guard | None:
    """One guard for the protected names of all these studies; None where there is no key.

    Parameters
    ----------
    keys : sequence of str or Path
        Key files, each of which opens the sealed identities of one study or of several.
    unscreened : bool
        Let a study with sealed identities pass that no key opens.

    Raises
    ------
    IdentityError
        If a study has sealed identities that no key opens, unless *unscreened*; if a key opens none.
    """
    sealed = [study for study in studies if sealed_file(study) is not None]
    names: list[Identity] = []
    opened: set[str | Path] = set()
    for key in keys:
        refused: list[IdentityError] = []
        for study in sealed or studies[:1]:
            try:
                names += identities(study, key)
                opened.add(study)
            except IdentityError as error:
                refused.append(error)
        if len(refused) == len(sealed or studies[:1]):
            raise refused[0]
    for study in sealed:
        if study not in opened and not unscreened:
            raise without_key(study)
    return Guard(Screen.of(names)) if names else None

"""A study as a key of a cache."""

from __future__ import annotations

from concausa.study.study import Study


class Held:
    """A study compared by identity: another one, even an equal one, is read anew."""

    __slots__ = ("study",)

    def __init__(self, study: Study) -> None:
        self.study = study

    def __hash__(self) -> int:
        return id(self.study)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Held) and other.study is self.study

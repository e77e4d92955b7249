"""The public face of a study: the same study without what its sources do not allow to be shown."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from concausa.core.problem import Problem, places
from concausa.evidence.access import PASSAGE_TEXTS, SPEAKER_TEXTS, WITHHELD, shown, shown_source
from concausa.evidence.source import Source
from concausa.study.schema import TABLES
from concausa.study.study import Study
from concausa.study.translation import Translation

#: Doubts that tell the date of a source, or that it lies before another.
_DATED = ("uncertain-date", "evidence-after-source")

#: Doubts that repeat a piece of a text, whosesoever it is.
_QUOTING = ("garbled-letters", "protected-name", "protected-word")


def public(study: Study) -> Study:
    """Withhold passages of sources that are not open, and who the speaker of a confidential one is.

    Translations of withheld texts go too, and doubts say nothing of them. Everything shown or
    written, except the study itself, starts from here. A study whose sources are all open is
    returned as it is.
    """
    if all(source.access == "open" for source in study.sources):
        return study
    sources = {source.id: source for source in study.sources}
    closed = _closed(study, sources)
    shown_study = study.replace(
        evidence=tuple(shown(passage, sources.get(passage.source)) for passage in study.evidence),
        sources=tuple(shown_source(source) for source in study.sources),
        doubts=tuple(_doubt(doubt, sources) for doubt in study.doubts),
    )
    gone = set(closed.values()) - _texts(shown_study)
    kept = [
        translation
        for translation in study.translations
        if translation.id not in closed and translation.id.removeprefix("word.") not in gone
    ]
    kept += [_withheld(id, language) for id in sorted(closed) for language in WITHHELD if _spoken(id)]
    return shown_study.replace(translations=tuple(kept))


def _closed(study: Study, sources: Mapping[str, Source]) -> dict[str, str]:
    """What is withheld, by TABLE.ROW.COLUMN."""
    passages = (
        (f"evidence.{passage.id}.{column}", getattr(passage, column))
        for passage in study.evidence
        if passage.source in sources and sources[passage.source].access != "open"
        for column in PASSAGE_TEXTS
    )
    speakers = (
        (f"sources.{source.id}.{column}", getattr(source, column))
        for source in study.sources
        if source.access == "confidential"
        for column in SPEAKER_TEXTS
    )
    return dict([*passages, *speakers])


def _texts(study: Study) -> set[str]:
    """Every text in the rows of a study, translations aside."""
    values: list[Any] = [
        getattr(row, column)
        for name, spec in TABLES.items()
        if name != "translations"
        for row in study.rows(name)
        for column in spec.columns
    ]
    return {value for value in values if isinstance(value, str)}


def _doubt(doubt: Problem, sources: Mapping[str, Source]) -> Problem:
    """A doubt as it may be shown; one that is about no source we know is withheld as well."""
    if doubt.kind in _QUOTING:
        return dataclasses.replace(doubt, value="")
    if doubt.kind not in _DATED:
        return doubt
    told = dict(zip(places(doubt.template), doubt.values, strict=True))
    source = sources.get(told.get("source", ""))
    if source is not None and source.access != "confidential":
        return doubt
    what = "a date of a confidential source is in doubt"
    return dataclasses.replace(doubt, line=0, what=what, value="", fix="", template=what, values=())


def _spoken(id: str) -> bool:
    """Whether a phrase stands in place of that text; the other texts are simply empty."""
    return id.endswith((".summary", ".role"))


def _withheld(id: str, language: str) -> Translation:
    return Translation(id=id, language=language, text=WITHHELD[language])

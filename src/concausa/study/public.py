"""The public face of a study: the same study without what its sources do not allow to be shown."""

from __future__ import annotations

import dataclasses

from concausa.evidence.access import PASSAGE_TEXTS, SPEAKER_TEXTS, WITHHELD, shown, shown_source
from concausa.study.study import Study
from concausa.study.translation import Translation


def public(study: Study) -> Study:
    """Withhold passages of sources that are not open, and who the speaker of a confidential one is.

    Translations of withheld texts go too. Everything shown or written, except the study itself,
    starts from here. A study whose sources are all open is returned as it is.
    """
    sources = {source.id: source for source in study.sources}
    if all(source.access == "open" for source in study.sources):
        return study
    evidence = tuple(shown(passage, sources.get(passage.source)) for passage in study.evidence)
    public_sources = tuple(shown_source(source) for source in study.sources)
    closed = {
        f"evidence.{passage.id}.{column}"
        for passage in study.evidence
        if passage.source in sources and sources[passage.source].access != "open"
        for column in PASSAGE_TEXTS
    } | {
        f"sources.{source.id}.{column}"
        for source in study.sources
        if source.access == "confidential"
        for column in SPEAKER_TEXTS
    }
    kept = [translation for translation in study.translations if translation.id not in closed]
    kept += [_withheld(id, language) for id in sorted(closed) for language in WITHHELD if _spoken(id)]
    doubts = tuple(
        dataclasses.replace(doubt, value="") if doubt.kind == "garbled-letters" else doubt
        for doubt in study.doubts
    )
    return study.replace(evidence=evidence, sources=public_sources, translations=tuple(kept), doubts=doubts)


def _spoken(id: str) -> bool:
    """Whether a phrase stands in place of that text; the other texts are simply empty."""
    return id.endswith((".summary", ".role"))


def _withheld(id: str, language: str) -> Translation:
    return Translation(id=id, language=language, text=WITHHELD[language])

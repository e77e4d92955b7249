"""Access: what may be shown of a source and of its passages."""

from __future__ import annotations

import dataclasses

from concausa.evidence.passage import Passage
from concausa.evidence.source import Source

#: What stands in place of a withheld text, by language.
WITHHELD = {"en": "(withheld: the source is not open)", "es": "(reservado: la fuente no es abierta)"}

#: Texts of a passage that repeat what its source says.
PASSAGE_TEXTS = ("summary", "locator", "note")

#: Texts of a confidential source by which its speaker could be known.
SPEAKER_TEXTS = ("title", "author", "publisher", "place", "role", "link", "note")


def shown(passage: Passage, source: Source | None) -> Passage:
    """The passage as it may be shown: its texts are withheld unless its source is open.

    What it bears on, and in which direction, stays: that is the study's own coding.
    """
    if source is None or source.access == "open":
        return passage
    return dataclasses.replace(passage, summary=WITHHELD["en"], locator="", note="")


def shown_source(source: Source) -> Source:
    """The source as it may be shown: of a confidential one neither role, place nor date."""
    if source.access != "confidential":
        return source
    return dataclasses.replace(
        source, title="", author="", publisher="", date=None, place="", role=WITHHELD["en"], link="", note=""
    )

"""Everything that a report shows, as one JSON document."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from concausa.core.date import Date
from concausa.core.visible import ACTING
from concausa.report.exhibit import Exhibit
from concausa.study.settings import Settings
from concausa.study.study import Study

#: Raised when a key is renamed or taken away; new keys do not raise it.
FORMAT = 1


def results(study: Study, exhibits: Mapping[str, Sequence[Exhibit]]) -> str:
    """The document: the study's head, its doubts, and the exhibits by language.

    Keys: ``format``, ``made_by``, ``study``, ``counts``, ``doubts``, ``exhibits`` (by code of
    language, each with ``id``, ``section``, ``title``, ``intro``, ``tables``, ``charts``). Texts are
    exactly those of the study; characters that could act on a screen are written as ``\\uXXXX``.
    Outlines of maps are left out: the geometry is a file of the study.
    """
    from concausa import __version__
    from concausa.study.schema import TABLES

    head = {
        "format": FORMAT,
        "made_by": f"Concausa {__version__}",
        "study": _settings(study.settings),
        "counts": {name: len(study.rows(name)) for name in TABLES},
        "doubts": [problem.data() for problem in study.doubts],
    }
    parts = [f"{dumps(key)}: {dumps(value)}" for key, value in head.items()]
    shown = ",\n".join(
        f"{dumps(code)}: [\n" + ",\n".join(dumps(_light(exhibit.data())) for exhibit in own) + "\n]"
        for code, own in exhibits.items()
    )
    return "{\n" + ",\n".join(parts) + f',\n"exhibits": {{\n{shown}\n}}\n}}\n'


def dumps(value: Any) -> str:
    """JSON on one line, in UTF-8 and in a stable order, safe to print and to embed."""
    text = json.dumps(value, ensure_ascii=False, default=_plain, allow_nan=False)
    return ACTING.sub(lambda match: json.dumps(match[0])[1:-1], text)


def _light(value: Any) -> Any:
    """The value without the outlines of maps, whose files stand in the study."""
    if isinstance(value, dict):
        return {key: _light(item) for key, item in value.items() if key != "coordinates"}
    if isinstance(value, list | tuple):
        return [_light(item) for item in value]
    return value


def _settings(settings: Settings) -> dict[str, Any]:
    return {field.name: getattr(settings, field.name) for field in dataclasses.fields(settings)}


def _plain(value: Any) -> Any:
    """What JSON has no word for: exact numbers and dates as they are written."""
    if isinstance(value, Decimal | Date):
        return str(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no place in results.json")

"""Where the page of each claim stands, as seen from the report."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote

from concausa.core.table import Link
from concausa.report.delivery import stems
from concausa.report.held import Held
from concausa.report.language import Language
from concausa.study.study import Study


def claim_files(study: Study, code: str) -> Mapping[str, str]:
    """The path of each claim's page in a language, by the claim's id."""
    return {id: f"claims/{code}/{stem}.html" for id, stem in _stems(Held(study)).items()}


def claim_page(study: Study, language: Language, id: str) -> Link:
    """A link from the report to the page of a claim."""
    return Link("page", f"claims/{language.code}/{quote(_stems(Held(study))[id])}.html")


@lru_cache(maxsize=2)
def _stems(held: Held) -> Mapping[str, str]:
    ids = [claim.id for claim in held.study.claims]
    return dict(zip(ids, stems(ids), strict=True))

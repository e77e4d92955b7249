"""Concausa: a workbench for comparative case research.

>>> import concausa as cc
>>> study = cc.Study.load("prosoft")
>>> [case.id for case in study.cases]
['NL-1', 'NL-2', 'PUE-1', 'PUE-2']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concausa.audit.chain import chain
    from concausa.audit.numbers import audit_numbers
    from concausa.audit.order import order
    from concausa.audit.placement import placements
    from concausa.audit.rules import judged
    from concausa.core.chart import Chart
    from concausa.core.date import Date
    from concausa.core.errors import ConcausaError
    from concausa.core.table import Table
    from concausa.report.build import build
    from concausa.report.catalogue import exhibits
    from concausa.report.language import Language
    from concausa.study.checker import check
    from concausa.study.scaffold import new
    from concausa.study.study import Study
    from concausa.study.view import view

__all__ = [
    "Chart",
    "ConcausaError",
    "Date",
    "Language",
    "Study",
    "Table",
    "__version__",
    "audit_numbers",
    "build",
    "chain",
    "check",
    "exhibits",
    "judged",
    "new",
    "order",
    "placements",
    "view",
]
__version__ = "0.1.0"

_HOMES = {
    "Chart": "core.chart",
    "ConcausaError": "core.errors",
    "Date": "core.date",
    "Language": "report.language",
    "Study": "study.study",
    "Table": "core.table",
    "audit_numbers": "audit.numbers",
    "build": "report.build",
    "chain": "audit.chain",
    "check": "study.checker",
    "exhibits": "report.catalogue",
    "judged": "audit.rules",
    "new": "study.scaffold",
    "order": "audit.order",
    "placements": "audit.placement",
    "view": "study.view",
}


def __getattr__(name: str) -> Any:
    """Public names are found when first used, so that importing the package costs nothing."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"concausa.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'concausa' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return __all__

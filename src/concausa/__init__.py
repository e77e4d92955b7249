"""Concausa: a workbench for comparative case research."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concausa.study.study import Study

__all__ = ["Study", "__version__"]
__version__ = "0.1.0"

_HOMES = {"Study": "concausa.study.study"}


def __getattr__(name: str) -> Any:
    """Public names are found when first used, so that importing the package costs nothing."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'concausa' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return __all__

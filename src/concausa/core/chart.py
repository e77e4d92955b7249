"""A chart as a value: a Vega-Lite specification with its data inside, and words for who cannot see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: The specification language; charts are drawn by the Vega-Lite of this major version.
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"


@dataclass(frozen=True, slots=True)
class Chart:
    """Marks and data; ``draw`` makes the picture.

    Parameters
    ----------
    name : str
        File name without ending, such as ``figure-1``.
    title : str
        What it shows, as printed above it.
    spec : mapping
        A Vega-Lite specification; its data are values inside, nothing is fetched.
    alt : str
        What one would tell somebody who cannot see it.
    notes : tuple of str
        Printed below: sources, limits, what was left out.
    """

    name: str
    title: str
    spec: Mapping[str, Any]
    alt: str
    notes: tuple[str, ...] = ()

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return {
            "name": self.name,
            "title": self.title,
            "alt": self.alt,
            "spec": dict(self.spec),
            "notes": list(self.notes),
        }

    def __repr__(self) -> str:
        return f"<Chart {self.name}: {self.title}>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {
            "application/vnd.vegalite.v5+json": {"$schema": SCHEMA, **self.spec},
            "text/plain": f"{self.title}\n{self.alt}",
        }

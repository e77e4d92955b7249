"""Strategies: studies that differ from the example in what a person might write."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from concausa.core.date import Date
from concausa.study.study import Study

#: Any text but what no file of text may hold; line breaks are \\n once read.
TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cs",), exclude_characters="\x00\r\ufffe\uffff"),
        st.sampled_from(list(";,\"'=+-@\t\n #[]{}\\|%&<>é中😀\x1b\u202e")),
    ),
    max_size=30,
)
REQUIRED = TEXTS.filter(lambda text: bool(text.strip()))
WORDS = st.lists(
    REQUIRED.map(lambda text: text.replace(";", ",").strip()).filter(bool), max_size=3, unique=True
).map(tuple)
NUMBERS = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=3).map(
    lambda number: Decimal(format(number, "f"))
)
DATES = st.sampled_from(
    [None, *map(Date.parse, ("2004", "2004-05", "2004-05-19", "2006~", "2005/2013", "../2015"))]
)


@st.composite
def changed(draw: st.DrawFn, study: Study) -> Study:
    """The study with some texts, lists, numbers and dates changed, rows taken out and put elsewhere."""
    tables: dict[str, Any] = {}
    for name in draw(st.sets(st.sampled_from(["events", "facts", "units", "claims", "nodes"]), max_size=4)):
        rows = list(getattr(study, name))
        at = draw(st.integers(0, len(rows) - 1))
        row = rows[at]
        if name == "events":
            row = dataclasses.replace(
                row, title=draw(REQUIRED), actors=draw(WORDS), note=draw(TEXTS), date=draw(DATES)
            )
        elif name == "facts":
            row = dataclasses.replace(row, value=draw(NUMBERS), subject=draw(REQUIRED))
        elif name == "claims":
            row = dataclasses.replace(row, text=draw(REQUIRED), scope=draw(TEXTS), note=draw(TEXTS))
        else:
            field = "label" if name == "nodes" else "name"
            row = dataclasses.replace(row, **{field: draw(REQUIRED)})
        rows[at] = row
        if draw(st.booleans()):
            rows = draw(st.permutations(rows))
        if name == "nodes" and draw(st.booleans()):
            rows.append(dataclasses.replace(row, id="NEW", label=draw(REQUIRED)))
        tables[name] = tuple(rows)
    settings = dataclasses.replace(
        study.settings, title=draw(REQUIRED), authors=draw(WORDS), note=draw(TEXTS)
    )
    return study.replace(settings=settings, **tables)

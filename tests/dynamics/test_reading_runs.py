"""What runs say of a stock is what they hold, and nobody can change it there."""

from __future__ import annotations

import numpy as np
import pytest

from concausa.dynamics.model import Model
from concausa.dynamics.quantity import Flow, Parameter, Range, Stock
from concausa.dynamics.runs import simulate
from concausa.dynamics.setting import Setting


def test_a_stock_is_read_as_any_other_formula_and_cannot_be_written() -> None:
    model = Model(
        "fades", (Stock("C"),), (), (Parameter("d", Range.of(0, 1)),), (), (Flow("f", "C", False, "d"),)
    )
    runs = simulate(model, Setting(("NL", "PUE"), 2000, 2004), draws=7)
    for options in ({}, {"unit": "PUE"}, {"years": (2001, 2003)}, {"unit": "NL", "years": (2004,)}):
        found = runs.of("C", **options)
        assert np.array_equal(found, runs.of("C + 0", **options))
        with pytest.raises(ValueError, match="read-only"):
            found[0] = 1

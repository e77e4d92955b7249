"""Waves towards bands that no draw can meet."""

from __future__ import annotations

from concausa.dynamics.band import Band
from concausa.dynamics.matching import match
from concausa.dynamics.model import Model
from concausa.dynamics.quantity import Flow, Stock
from concausa.dynamics.setting import Setting
from concausa.dynamics.waves import MOST_WAVES


def test_they_end_early_and_give_nothing():
    still = Model("still", (Stock("C"),), flows=(Flow("none", "C", True, "0"),))
    bands = [Band("low", "NL", "C", 2000, 2000, 0.0, 0.3), Band("high", "NL", "C", 2000, 2000, 0.6, 1.0)]
    admitted = match(still, Setting(("NL",), 2000, 2001), bands, draws=1000, particles=64).admitted()
    assert admitted.draws == 0
    assert admitted.share.value == 0
    assert len(admitted.waves) < MOST_WAVES

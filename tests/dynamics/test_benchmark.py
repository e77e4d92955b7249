"""The loop that the benchmark writes by hand comes to the same stocks, and no mechanism of its model is needed."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from concausa.dynamics.runs import simulate

PAGE = Path(__file__).resolve().parents[2] / "benchmarks" / "dynamics.py"


@pytest.fixture(scope="module")
def page():
    spec = importlib.util.spec_from_file_location("benchmark_of_dynamics", PAGE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_loop_by_hand_comes_to_the_same_stocks(page):
    where = page.setting(("NL", "PUE", "JAL"), 2016)
    runs = simulate(page.forum(), where, draws=300)
    stocks = page.by_hand(runs.points, where)
    for name, whole in runs.stocks.items():
        assert np.abs(whole - stocks[name]).max() < 1e-12


def test_each_mechanism_can_be_off(page):
    where = page.setting(("NL", "PUE"), 2016)
    model = page.forum()
    whole = simulate(model, where, draws=50)
    for switch in model.switches:
        runs = simulate(model.without(switch), where, draws=50)
        same = all((runs.stocks[name] == whole.stocks[name]).all() for name in runs.stocks)
        assert same == (switch == "M7")  # the gate moves no stock

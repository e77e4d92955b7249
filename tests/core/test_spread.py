"""Spreading: one after the other, over processes and over a real Dask cluster, to the byte the same."""

from __future__ import annotations

import asyncio
import json
import pickle
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import distributed
import numpy as np
import pytest
from tests.audit.findings.tables import SumTest, TableTest
from tests.audit.findings.test_findings import found

from concausa.audit.findings import findings as whole
from concausa.audit.findings.findings import Findings
from concausa.core import spread as module
from concausa.core.errors import OptionError
from concausa.core.spread import spread


def square(number: int) -> int:
    return number * number


def fail(number: int) -> int:
    raise OptionError(f"job {number} cannot be done", fix="leave it")


def several(**options: Any) -> Findings:
    """A claim in one job, one in two jobs, and one that is sampled."""
    rng = np.random.default_rng(7)
    tests = {
        "small": TableTest((0, 2), rng.integers(0, 4, (2, 2))),
        "large": SumTest(tuple(range(17)), 9),
        "drawn": SumTest(tuple(range(24)), 12),
    }
    with patch.object(whole, "CHUNK", 1 << 16):
        return found(tests, (2,) * 24, sample=40_000, **options)


def as_bytes(told: Findings) -> bytes:
    return json.dumps([one.data() for one in told]).encode()


@pytest.fixture(scope="module")
def alone() -> bytes:
    return as_bytes(several())


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", memory_limit=0
    ) as made:
        yield made


def test_jobs_come_back_in_order() -> None:
    assert spread(square, range(50), workers=1) == [n * n for n in range(50)]
    assert spread(square, range(50), workers=2) == [n * n for n in range(50)]


def test_two_processes_give_the_same_bytes_as_one(alone: bytes) -> None:
    assert as_bytes(several(workers=2)) == alone


def test_a_dask_cluster_gives_the_same_bytes_as_one_process(alone: bytes, cluster: Any) -> None:
    assert as_bytes(several(scheduler=cluster.scheduler_address)) == alone


def test_a_client_that_is_at_hand_is_used_and_left_open(cluster: Any) -> None:
    with cluster.get_client() as client:
        assert spread(square, range(5), scheduler=client) == [0, 1, 4, 9, 16]
        assert client.status == "running"


def test_an_error_in_a_job_is_the_error_of_the_whole(cluster: Any) -> None:
    for options in ({"workers": 1}, {"workers": 2}, {"scheduler": cluster.scheduler_address}):
        with pytest.raises(OptionError, match="job 0 cannot be done") as caught:
            spread(fail, range(3), **options)
        assert caught.value.fix == "leave it"


def test_a_worker_with_another_version_is_refused(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "version", lambda: "0.0.other")
    with pytest.raises(OptionError, match=r"this is 0\.0\.other"):
        spread(square, range(3), scheduler=cluster.scheduler_address)


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", "1s")
    with pytest.raises(OptionError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        spread(square, range(3), scheduler="tcp://127.0.0.1:9")


def test_in_a_notebook_where_a_loop_runs_already_it_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", "1s")

    async def cell() -> None:
        spread(square, range(3), scheduler="tcp://127.0.0.1:9")

    with pytest.raises(OptionError, match="no Dask scheduler answers"):
        asyncio.run(cell())


@pytest.mark.parametrize("address", ["", "nonsense", "tcp://127.0.0.1", "tcp://a b:1", "127.0.0.1:0", 7])
def test_what_is_no_address_is_refused_before_anybody_is_asked(address: Any) -> None:
    with pytest.raises(OptionError, match="is no address of a Dask scheduler"):
        spread(square, range(3), scheduler=address)


def test_a_scheduler_in_this_process_and_one_without_its_certificate(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "PATIENCE", "5s")
    with distributed.LocalCluster(n_workers=1, processes=False, dashboard_address=":0") as made:
        assert made.scheduler_address.startswith("inproc://")
        assert spread(square, range(3), scheduler=made.scheduler_address) == [0, 1, 4]
    with pytest.raises(OptionError, match="no Dask scheduler answers") as caught:
        spread(square, range(3), scheduler="tls://127.0.0.1:9")
    assert "TLS" in caught.value.where


def test_without_dask_the_refusal_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(OptionError, match="Dask is not installed") as caught:
        spread(square, range(3), scheduler="tcp://127.0.0.1:9")
    assert caught.value.fix == "pip install 'concausa[cluster]'"


def test_errors_keep_their_parts_when_they_travel() -> None:
    error = OptionError("what", where="where", fix="fix")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)

"""Spreading: the same jobs one after the other, over processes, or over a Dask cluster; the same results."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, TypeVar

from concausa.core.errors import OptionError

#: How long a scheduler may take to answer.
PATIENCE = "20s"

_ADDRESS = re.compile(r"(?:\w+://)?(?P<host>\[[\da-fA-F:.]+(?:%\w+)?\]|[\w.-]+):(?P<port>\d{1,5})(?:/\S*)?")

Job = TypeVar("Job")
Result = TypeVar("Result")


def spread(
    function: Callable[[Job], Result], jobs: Sequence[Job], *, workers: int = 1, scheduler: Any = None
) -> list[Result]:
    """``[function(job) for job in jobs]``, in this order, wherever each is worked out.

    Parameters
    ----------
    function : callable
        Of a module, so that other processes find it; what it gives may rest on the job alone.
    jobs : sequence
        Values that can be pickled.
    workers : int
        Processes on this machine; 1 starts none.
    scheduler : str or distributed.Client, optional
        The address of a Dask scheduler, with its port, such as ``tcp://10.0.0.1:8786``, or a client of one; its
        workers need the same version of this package.

    Raises
    ------
    OptionError
        If *workers* is no positive number, Dask is not installed, the address is none, its scheduler cannot be
        reached, or its workers have another version.
    Exception
        The first, in the order of the jobs, that a job raises.

    Notes
    -----
    With more than one worker, a script must start its own work under ``if __name__ == "__main__":``,
    because new processes read it again.
    """
    if not isinstance(workers, int) or workers < 1:
        raise OptionError(f"workers is {workers!r}", fix="a whole number from 1 on")
    if scheduler is not None:
        return _over_dask(function, jobs, scheduler)
    if workers == 1 or len(jobs) < 2:
        return [function(job) for job in jobs]
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    processes = min(workers, len(jobs))
    try:
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
            return list(pool.map(function, jobs, chunksize=max(1, len(jobs) // (processes * 8))))
    except BrokenProcessPool as error:
        raise OptionError(
            "the worker processes ended before their work",
            fix='start the work under `if __name__ == "__main__":`, or use workers=1',
        ) from error


def _over_dask(function: Callable[[Job], Result], jobs: Sequence[Job], scheduler: Any) -> list[Result]:
    try:
        from distributed import Client
    except ImportError as error:
        raise OptionError("Dask is not installed", fix="pip install 'concausa[cluster]'") from error
    if isinstance(scheduler, Client):
        return _through(scheduler, function, jobs)
    _refuse_no_address(scheduler)
    connect: Any = Client
    try:
        _knock(scheduler)
        client = connect(scheduler, timeout=PATIENCE, set_as_default=False)
    except MemoryError:
        raise OptionError(
            f"what answers at {scheduler} is no Dask scheduler", fix="check its address and its port"
        ) from None
    except (OSError, ValueError, TypeError, TimeoutError) as error:
        raise OptionError(
            f"no Dask scheduler answers at {scheduler}",
            where=str(error) or f"nothing came within {PATIENCE}",
            fix="check its address, and that the scheduler runs",
        ) from error
    with client:
        return _through(client, function, jobs)


def _refuse_no_address(scheduler: Any) -> None:
    if isinstance(scheduler, str) and scheduler.startswith("inproc://"):
        return
    match = _ADDRESS.fullmatch(scheduler) if isinstance(scheduler, str) else None
    if match is None or not 0 < int(match["port"]) < 1 << 16:
        raise OptionError(
            f"{scheduler!r} is no address of a Dask scheduler", fix="write it as tcp://HOST:PORT or HOST:PORT"
        )


def _knock(scheduler: str) -> None:
    """Connect and leave; the error if nobody answers.

    A client that cannot connect goes on trying behind the scenes, and complains when the process ends. So a
    plain connection is tried before one is made. Of a server of another kind, whose greeting is taken for the
    length of a message, it may want more memory than there is.
    """
    import asyncio
    from concurrent.futures import ThreadPoolExecutor

    from dask.utils import parse_timedelta
    from distributed.comm import core
    from distributed.security import Security

    connect: Any = core.connect
    secure: Any = Security

    async def knock() -> None:
        comm = await connect(scheduler, timeout=PATIENCE, **secure().get_connection_args("client"))
        await comm.close()

    async def in_time() -> None:
        # connect() waits without end for the greeting of a server that says nothing.
        await asyncio.wait_for(knock(), parse_timedelta(PATIENCE))

    # In a thread of its own, since a notebook has a loop that runs already.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(in_time())).result()


def _through(client: Any, function: Callable[[Job], Result], jobs: Sequence[Job]) -> list[Result]:
    calls = [(version(), function, job) for job in jobs]
    futures = client.map(_call, calls, pure=False, key="concausa")
    found: list[Result] = client.gather(futures, errors="skip")
    for future in futures:
        if future.status != "finished":
            future.result()
    return found


def _call(call: tuple[str, Callable[[Any], Any], Any]) -> Any:
    wanted, function, job = call
    if wanted != version():
        raise OptionError(
            f"a worker has concausa {version()}; this is {wanted}", fix="install the same version there"
        )
    return function(job)


def version() -> str:
    """The version of the package, which as a whole lies above this layer."""
    return str(import_module("concausa").__version__)

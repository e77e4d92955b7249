"""Power cuts: whatever step a save is cut off at, the study is the old one or the new one, never a mixture."""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from concausa.core.errors import SaveError
from concausa.study.atomic import sweep, write_bytes
from concausa.study.journal import JOURNAL, fingerprint, pending, write_files
from concausa.study.lock import LOCK_FILE, locked
from concausa.study.scaffold import new
from concausa.study.schema import TABLES
from concausa.study.settings import Settings
from concausa.study.study import Study

#: Every way in which the writer touches the disk.
STEPS = ("open", "write", "fsync", "replace", "unlink", "close", "chmod", "mkdir")


class PowerCut(BaseException):
    """The machine is off: nothing catches this, and nothing after it happens."""


class Disk:
    """Counts the steps of a save and fails at one of them, before or in the middle of it."""

    def __init__(self, patch: pytest.MonkeyPatch, fail_at: int, failure: Callable[[], BaseException]) -> None:
        self.steps = 0
        self.dead = False
        for name in STEPS:
            patch.setattr(os, name, self._counted(name, getattr(os, name), fail_at, failure))

    def _counted(self, name: str, real: Any, fail_at: int, failure: Callable[[], BaseException]) -> Any:
        def step(*arguments: Any, **options: Any) -> Any:
            if self.dead and name != "close":
                raise failure()
            self.steps += 1
            if self.steps == fail_at:
                if name == "close":
                    real(*arguments)  # the system closes what a dead process held
                if name == "write":
                    handle, data = arguments
                    real(handle, bytes(data)[: len(data) // 2])
                self.dead = failure is PowerCut
                raise failure()
            return real(*arguments, **options)

        return step


def edited(study: Study) -> Study:
    """A change that touches three files, all of which must change together to stay valid."""
    units = (study.units[0], dataclasses.replace(study.units[1], name="Changed"))
    facts = tuple(dataclasses.replace(fact, subject="Changed") for fact in study.facts)
    return study.replace(
        units=units, facts=facts, settings=dataclasses.replace(study.settings, title="Changed")
    )


def state(folder: Path) -> str:
    """Whether a study is the old or the new one; loading it proves that nothing is torn."""
    study = Study.load(folder)
    seen = {
        study.units[1].name == "Changed",
        study.facts[0].subject == "Changed",
        study.settings.title == "Changed",
    }
    assert len(seen) == 1, "half of the change"
    return "new" if seen == {True} else "old"


def keep_few(folder: Path) -> None:
    """Leave the tables that the change touches, and what they refer to: the others are read, never written."""
    study = Study.load(folder)
    kept = ("units", "periods", "conditions", "facts", "sources")
    tables = {
        field.name: ()
        for field in dataclasses.fields(study)
        if field.name in TABLES and field.name not in kept
    }
    study.replace(settings=Settings(id="few", title="Few"), **tables).save()


def cut(folder: Path, step: int, failure: Callable[[], BaseException]) -> tuple[str, bool]:
    """Save with a failure at one step: the state afterwards, and whether the save had so many steps."""
    mine = edited(Study.load(folder))
    failed = False
    with pytest.MonkeyPatch.context() as patch:
        disk = Disk(patch, step, failure)
        try:
            mine.save()
        except (SaveError, PowerCut, OSError):
            failed = True
    found = state(folder)
    # A failure that the writer can live with, such as making a folder that exists, stops nothing.
    assert failed or found == "new"
    return found, disk.steps >= step


@pytest.mark.parametrize("failure", [PowerCut, lambda: OSError(28, "No space left on device")])
def test_a_save_cut_off_at_any_step_leaves_the_old_or_the_new_study(
    tmp_path: Path, failure: Callable[[], BaseException]
) -> None:
    states = []
    new(tmp_path / "fresh")
    keep_few(tmp_path / "fresh")
    for step in range(1, 500):
        folder = tmp_path / f"study{step}"
        shutil.copytree(tmp_path / "fresh", folder)
        found, reached = cut(folder, step, failure)
        if not reached:
            assert found == "new"
            break
        states.append(found)
        # The next save finishes or forgets the first, and sweeps up after it.
        again = Study.load(folder)
        again.replace(settings=dataclasses.replace(again.settings, note="next")).save()
        assert Study.load(folder).settings.note == "next"
        assert state(folder) == found
        left = [path.name for path in folder.iterdir() if path.name.startswith(".")]
        if failure is not PowerCut:
            assert left == []
    else:
        pytest.fail("the save never came to an end")
    assert len(states) > 20
    # Old up to the journal, new from there on: never back again.
    assert failure is not PowerCut or states == sorted(states, reverse=True)
    assert {"old", "new"} == set(states)


KILLED = """
import dataclasses, sys
from concausa.study.study import Study
study = Study.load(sys.argv[1])
units = (study.units[0], dataclasses.replace(study.units[1], name="Changed"))
facts = tuple(dataclasses.replace(fact, subject="Changed") for fact in study.facts)
mine = study.replace(units=units, facts=facts, settings=dataclasses.replace(study.settings, title="Changed"))
print("go", flush=True)
mine.save()
print("done", flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a signal of POSIX")
def test_a_process_killed_while_saving_leaves_the_old_or_the_new_study(tmp_path: Path) -> None:
    chance = random.Random(7)
    for attempt in range(12):
        folder = tmp_path / f"study{attempt}"
        new(folder)
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(folder)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "go\n"
        time.sleep(chance.uniform(0, 0.12))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        found = state(folder)
        again = Study.load(folder)
        again.replace(settings=dataclasses.replace(again.settings, note="next")).save()
        assert state(folder) == found
        assert not [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_a_file_that_was_changed_after_a_cut_save_is_not_written_over(folder: Path) -> None:
    mine = edited(Study.load(folder))
    with pytest.MonkeyPatch.context() as patch:
        real = os.replace

        def stop(source: Any, target: Any) -> None:
            if Path(target).name == "units.csv":
                raise PowerCut
            real(source, target)

        patch.setattr(os, "replace", stop)
        with pytest.raises(PowerCut):
            mine.save()
    assert pending(folder)
    by_hand = (folder / "units.csv").read_text("utf-8").replace("Surmar", "By hand")
    (folder / "units.csv").write_text(by_hand, "utf-8")
    study = Study.load(folder)
    assert study.units[1].name == "By hand"
    study.replace(settings=dataclasses.replace(study.settings, note="next")).save()
    assert Study.load(folder).units[1].name == "By hand"
    assert "Changed" in (folder / "units.csv.unsaved").read_text("utf-8")
    assert "unsaved-file" in [doubt.kind for doubt in Study.load(folder).doubts]


def test_a_single_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    write_bytes(target, b"old")
    for step in range(1, 50):
        with pytest.MonkeyPatch.context() as patch:
            disk = Disk(patch, step, PowerCut)
            with contextlib.suppress(PowerCut):
                write_bytes(target, b"new" * 100)
        assert target.read_bytes() in (b"old", b"new" * 100)
        if disk.steps < step:
            break
        target.write_bytes(b"old")
    assert target.read_bytes() == b"new" * 100


def test_leftovers_of_dead_processes_are_swept_and_those_of_living_ones_stay(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    dead = tmp_path / f".page.html.{child.pid}-0123456789ab.concausa-tmp"
    living = tmp_path / f".page.html.{os.getppid()}-0123456789ab.concausa-tmp"
    for path in (dead, living):
        path.write_bytes(b"half")
    write_bytes(tmp_path / "page.html", b"whole")
    assert not dead.exists()
    assert living.exists()


def test_permissions_and_links_are_kept(tmp_path: Path) -> None:
    real = tmp_path / "real.csv"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link = tmp_path / "link.csv"
    link.symlink_to(real)
    write_bytes(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o640


def test_several_files_take_their_place_together(tmp_path: Path) -> None:
    write_files(tmp_path, {"a": b"1", "deep/b": b"2"})
    assert ((tmp_path / "a").read_bytes(), (tmp_path / "deep/b").read_bytes()) == (b"1", b"2")
    assert not (tmp_path / JOURNAL).exists()
    assert fingerprint(None) == ""


def test_a_lock_file_left_by_a_dead_process_locks_nobody_out(folder: Path) -> None:
    (folder / LOCK_FILE).write_bytes(b"")
    edited(Study.load(folder)).save()
    assert state(folder) == "new"
    assert not (folder / LOCK_FILE).exists()


HOLDER = """
import sys
from pathlib import Path
from concausa.study.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_a_lock_held_by_a_living_process_is_waited_for_and_told(folder: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(SaveError, match="another process is saving this study"), locked(folder, wait=0.1):
        pytest.fail("two hold one lock")
    holder.kill()
    holder.communicate()
    with locked(folder, wait=5):
        pass


def test_a_full_disk_is_told_as_such(folder: Path) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    mine = edited(Study.load(folder))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(SaveError) as refused:
            mine.save()
    assert refused.value.what == "the study could not be written: No space left on device"
    assert refused.value.fix.endswith("the old files stand")
    assert state(folder) == "old"


def test_a_disk_that_knows_no_locks_is_told_at_once(folder: Path) -> None:
    def no_locks(_: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    start = time.monotonic()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("concausa.study.lock._lock", no_locks)
        with pytest.raises(SaveError) as refused, locked(folder, wait=5):
            pytest.fail("held without a lock")
    assert time.monotonic() - start < 2
    assert refused.value.what == "the study's folder cannot be locked: No locks available"
    assert refused.value.where == str(folder / LOCK_FILE)


@pytest.mark.parametrize("code", [errno.EACCES, errno.EAGAIN])
def test_a_lock_that_another_process_holds_is_waited_for(folder: Path, code: int) -> None:
    tries = []

    def held(_: int) -> None:
        tries.append(code)
        raise OSError(code, "held")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("concausa.study.lock._lock", held)
        with pytest.raises(SaveError, match="another process"), locked(folder, wait=0.1):
            pytest.fail("held without a lock")
    assert len(tries) > 1


def test_where_processes_cannot_be_asked_only_leftovers_of_yesterday_are_swept(tmp_path: Path) -> None:
    young = tmp_path / ".page.html.1-0123456789ab.concausa-tmp"
    old = tmp_path / ".page.html.2-0123456789ab.concausa-tmp"
    for path in (young, old):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 90_000,) * 2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("concausa.study.atomic.os.name", "nt")
        sweep(tmp_path)
    assert (young.exists(), old.exists()) == (True, False)

"""A real browser for tests: headless Chromium, told never to reach a network."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from concausa.study.study import Study

NAMES = ("chromium", "chromium-browser", "google-chrome")


def _chromium() -> str:
    path = os.environ.get("CHROMIUM") or next(
        (found for name in NAMES if (found := shutil.which(name))), None
    )
    if path:
        return path
    told = "no Chromium found; install the package chromium, or set CHROMIUM to its path"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(told)
    pytest.skip(told)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = _chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


class Watch:
    """Everything that a page should never do, noted while it is open."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def over(self, page: Page) -> None:
        def note(kind: str) -> Any:
            return lambda event: self.faults.append(f"{kind}: {getattr(event, 'text', event)}")

        def dialog(event: Any) -> None:
            self.faults.append(f"dialog: {event.message}")
            event.dismiss()

        page.on(
            "console", lambda event: note(event.type)(event) if event.type in ("error", "warning") else None
        )
        page.on("pageerror", note("error"))
        page.on("dialog", dialog)
        page.on(
            "request", lambda event: None if event.url.startswith("file:") else note("request")(event.url)
        )
        page.on("popup", note("popup"))
        page.on("download", note("download"))


@pytest.fixture
def watch() -> Iterator[Watch]:
    watch = Watch()
    yield watch
    assert watch.faults == []


#: How long one worker waits for a report that another one builds.
PATIENCE = 900.0


def _once(factory: pytest.TempPathFactory, name: str, make: Callable[[], Study]) -> Path:
    """The report of a study, built by the worker that asks first; the others wait for it."""
    from concausa.report.build import build

    place = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = place.parent
    ready, given_up = place / f"{name}.ready", place / f"{name}.given-up"
    try:
        (place / name).mkdir()
    except FileExistsError:
        end = time.monotonic() + PATIENCE
        while not ready.exists():
            assert not given_up.exists(), f"another worker could not build {name}"
            assert time.monotonic() < end, f"another worker is not done with {name}"
            time.sleep(0.2)
    else:
        try:
            build(make(), place / name / "report")
        except BaseException:
            given_up.touch()
            raise
        ready.touch()
    return place / name / "report" / "report.html"


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the bundled study."""
    from concausa.study.study import Study

    return _once(tmp_path_factory, "prosoft", lambda: Study.load("prosoft"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a study whose every field is an attack."""
    from tests.report.hostile import hostile_study

    return _once(tmp_path_factory, "hostile", hostile_study)

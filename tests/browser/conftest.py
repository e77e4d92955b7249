"""A real browser for tests: headless Chromium, told never to reach a network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

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


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the bundled study."""
    from concausa.report.build import build
    from concausa.study.study import Study

    return build(Study.load("prosoft"), tmp_path_factory.mktemp("prosoft")).report


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a study whose every field is an attack."""
    from tests.report.hostile import hostile_study

    from concausa.report.build import build

    return build(hostile_study(), tmp_path_factory.mktemp("hostile")).report

"""The pages of claims in a real browser: from the report and back, on a phone, in the dark, for every eye."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from .conftest import Watch
from .test_report import CONTRAST

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

Open = Callable[..., "Page"]

#: A page has no editions: every element is looked at.
ALL = CONTRAST.replace(".edition:not([hidden]) *", "body *")


@pytest.fixture
def visit(browser: Browser, watch: Watch) -> Iterator[Open]:
    contexts: list[Any] = []

    def visit(path: Path, *, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        watch.over(page)
        page.goto(path.as_uri())
        return page

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def pages(report: Path) -> Path:
    return report.parent / "claims"


def test_a_reader_goes_from_the_finding_to_its_page_and_back_to_a_passage(visit: Open, report: Path) -> None:
    page = visit(report)
    link = page.locator("[id='en-table.findings']").locator("xpath=ancestor::table").locator("a.page").first
    name = link.inner_text()
    link.click()
    page.wait_for_url("**/claims/en/*.html")
    assert page.locator(".over").inner_text().startswith(name)
    home = page.locator(".foot a[href*='report.html']")
    home.click()
    page.wait_for_url("**/report.html#en-claims.*")
    assert page.locator("tr:target").is_visible()


def test_a_page_unfolds_a_case_down_to_the_passage_without_a_script(visit: Open, pages: Path) -> None:
    page = visit(pages / "en" / "K-necessary-EL.html", java_script_enabled=False)
    case = page.locator(".chain details").first
    passage = case.locator("a[href*='-evidence.']").first
    assert not passage.is_visible()
    case.locator("summary").click()
    assert passage.is_visible()


def test_a_page_in_one_language_leads_to_the_other(visit: Open, pages: Path) -> None:
    page = visit(pages / "en" / "K-necessary-EL.html")
    page.get_by_role("link", name="Español").click()
    page.wait_for_url("**/claims/es/K-necessary-EL.html")
    assert page.locator("html").get_attribute("lang") == "es"


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_is_wider_than_its_window(visit: Open, pages: Path, width: int) -> None:
    for name in ("K-necessary-EL", "K-jointly-sufficient"):
        page = visit(pages / "es" / f"{name}.html", width=width)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_of_a_page_stands_out_from_its_ground(visit: Open, pages: Path, scheme: str) -> None:
    page = visit(pages / "en" / "K-jointly-sufficient.html", color_scheme=scheme)
    for fold in page.locator("details").all():
        fold.evaluate("element => { element.open = true; }")
    assert page.evaluate(ALL) == []


def test_the_parts_of_a_bar_differ_in_shape_not_in_colour_alone(visit: Open, pages: Path) -> None:
    page = visit(pages / "en" / "K-jointly-sufficient.html")
    shapes = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('.verdict .share rect')]
          .map((one) => [one.getAttribute('class'), [getComputedStyle(one).fill === 'none', one.getBBox().height]]))"""
    )
    assert len({tuple(shape) for shape in shapes.values()}) == len(shapes) > 1

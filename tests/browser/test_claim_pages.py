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
        context.set_default_timeout(120_000)  # a slow machine is no failure
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


DARK = "rgb(20, 22, 26)"
GROUND = "getComputedStyle(document.body).backgroundColor"


def test_colours_chosen_in_the_report_hold_on_the_pages(visit: Open, report: Path, pages: Path) -> None:
    page = visit(report, color_scheme="light")
    tint = page.locator(".edition:not([hidden]) .tint")
    while page.locator("html").get_attribute("data-theme") != "dark":
        tint.click()
    page.goto((pages / "en" / "K-necessary-EL.html").as_uri())
    assert page.evaluate(GROUND) == DARK
    page.evaluate("localStorage.setItem('concausa.theme', 'light')")
    page.emulate_media(color_scheme="dark")
    page.reload()
    assert page.evaluate(GROUND) == "rgb(255, 255, 255)"


@pytest.mark.parametrize("script", [True, False])
def test_a_page_that_is_opened_alone_has_the_colours_of_the_system(
    visit: Open, pages: Path, script: bool
) -> None:
    page = visit(pages / "en" / "K-necessary-EL.html", color_scheme="dark", java_script_enabled=script)
    assert page.evaluate(GROUND) == DARK


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["K-necessary-BQ", "K-forums-anchor"])
def test_the_way_back_ends_at_the_row_below_the_head_of_its_table(
    visit: Open, pages: Path, name: str, width: int
) -> None:
    page = visit(pages / "en" / f"{name}.html", width=width)
    page.locator(".foot a[href*='report.html']").click()
    page.wait_for_url(f"**/report.html#en-claims.{name}")
    page.wait_for_load_state("load")
    page.wait_for_timeout(300)
    head, row, bar = page.evaluate(
        """() => { const row = document.querySelector('tr:target');
          const box = (one) => one.getBoundingClientRect();
          return [box(row.closest('table').tHead.rows[0].cells[1]).bottom, box(row).top,
                  box(document.querySelector('.edition:not([hidden]) .bar')).bottom]; }"""
    )
    assert row >= head and row >= bar
    assert row < 700


def test_a_link_to_a_claim_shows_what_it_says_and_is_worth_before_all_else(visit: Open, report: Path) -> None:
    page = visit(report)
    table = page.locator("[id='en-table.findings-summary']").locator("xpath=ancestor::table")
    link = table.locator("a.ref", has_text="K-necessary-EL").first
    link.focus()
    page.keyboard.press("Enter")
    peek = page.locator(".peek")
    assert peek.locator("header span").inner_text() == "What is claimed, and what it is worth"
    first, second = peek.locator("article > *").all()[1:3]
    claim = page.locator("[id='en-claims.K-necessary-EL']")
    assert first.inner_text() == claim.locator("td").first.inner_text()
    assert second.inner_text() == "depends on the reading Open its page →"
    assert second.locator("svg.share rect").count() == claim.locator("svg.share rect").count() > 1
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims/en/K-necessary-EL.html")


def test_a_link_to_a_passage_says_what_it_rests_on_as_before(visit: Open, report: Path) -> None:
    page = visit(report)
    claim = page.locator("[id='en-claims.K-necessary-EL']")
    claim.locator("a.ref[href*='-evidence.']").first.click()
    assert page.locator(".peek header span").inner_text() == "What this rests on"
    assert page.locator(".peek a.page").count() == 0


def test_a_table_that_goes_on_to_the_right_of_a_phone_fades_there(visit: Open, pages: Path) -> None:
    page = visit(pages / "en" / "K-jointly-sufficient.html", width=390)
    page.locator(".box.more").first.wait_for()
    box = page.locator(".box.more").first.element_handle()
    assert box is not None and "gradient" in box.evaluate("one => getComputedStyle(one).maskImage")
    box.evaluate("one => one.scrollTo({left: one.scrollWidth})")
    page.wait_for_timeout(300)
    assert "more" not in str(box.get_attribute("class")).split()


def test_the_frame_of_a_part_is_round_its_heading_alone(visit: Open, report: Path) -> None:
    page = visit(report)
    link = page.locator(".toc a[href='#en-part-claims']")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#en-part-claims")
    part = page.locator("[id='en-part-claims']")
    style = "one => getComputedStyle(one).outlineStyle"
    assert part.evaluate("one => one === document.activeElement")
    assert part.evaluate(style) == "none"
    assert part.locator("h2").evaluate(style) == "solid"
    assert part.locator("h2").bounding_box()["height"] < 100  # type: ignore[index]

"""The report in a real browser, as a reader would use it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from .conftest import Watch

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

Open = Callable[..., "Page"]

CONTRAST = """() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgb = (colour) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255]; };
  const lum = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = (element) => { for (let e = element; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c[3] > .99) return c; }
    return rgb(getComputedStyle(document.body).backgroundColor); };
  const poor = new Map();
  for (const element of document.querySelectorAll('.edition:not([hidden]) *')) {
    if (element.closest('svg') || !element.getClientRects().length) continue;
    if (![...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
    const a = lum(rgb(getComputedStyle(element).color)), b = lum(ground(element));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) poor.set(element.tagName + '.' + element.className, ratio.toFixed(2));
  }
  return [...poor];
}"""


@pytest.fixture
def visit(browser: Browser, watch: Watch, report: Path) -> Iterator[Open]:
    contexts: list[Any] = []

    def visit(path: Path = report, hash: str = "", *, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, offline=True, **options)
        contexts.append(context)
        context.set_default_timeout(120_000)  # a slow machine is no failure
        page = context.new_page()
        watch.over(page)
        page.goto(path.as_uri() + hash)
        return page

    yield visit
    for context in contexts:
        context.close()


def _seen(page: Page, selector: str) -> Locator:
    return page.locator(f".edition:not([hidden]) {selector}")


def test_a_reader_goes_from_a_cell_to_its_passage_to_its_source_and_back(visit: Open) -> None:
    page = visit()
    cell = _seen(page, "[id$='exhibit.overview'] td a.ref").first
    cell.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    cell.click()
    peek = page.get_by_role("dialog")
    assert peek.is_visible()
    passage = peek.locator("ul a.ref[href*='-evidence.']").first
    name = passage.inner_text()
    passage.click()
    assert peek.locator("h4").first.inner_text().startswith(name)
    peek.locator("article > a.ref, dd a.ref[href*='-sources.'], p a.ref[href*='-sources.']").first.click()
    peek.locator("a.jump").first.click()
    page.wait_for_url(re.compile(r"#en-sources\."))
    assert not peek.is_visible()
    assert page.locator("tr:target").is_visible()
    page.get_by_role("button", name="Back").click()
    assert abs(page.evaluate("scrollY") - before) < 200
    assert page.evaluate("e => e === document.activeElement", cell.element_handle())


def test_escape_closes_what_stands_behind_a_link_and_gives_the_focus_back(visit: Open) -> None:
    page = visit()
    cell = _seen(page, "td a.ref").first
    cell.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("dialog").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()
    assert page.evaluate("e => e === document.activeElement", cell.element_handle())


def test_every_link_inside_the_page_has_its_target(visit: Open) -> None:
    page = visit()
    missing = page.evaluate(
        """() => [...document.querySelectorAll('a[href^="#"]')]
          .flatMap((a) => [decodeURIComponent(a.getAttribute('href').slice(1)), ...(a.dataset.refs || '').split(' ')])
          .filter((name) => name && !document.getElementById(name))"""
    )
    assert missing == []
    repeated = page.evaluate(
        """() => { const seen = new Set(); return [...document.querySelectorAll('[id]')].map((e) => e.id)
          .filter((id) => seen.size === seen.add(id).size); }"""
    )
    assert repeated == []


def test_the_language_switch_keeps_the_place_and_is_remembered(visit: Open) -> None:
    page = visit()
    page.evaluate("document.getElementById('en-exhibit.codings').scrollIntoView()")
    _seen(page, "a[data-language]").evaluate("link => link.click()")
    assert page.evaluate("document.documentElement.lang") == "es"
    assert page.locator("#en").is_hidden()
    page.wait_for_timeout(300)
    top = page.evaluate("document.getElementById('es-exhibit.codings').getBoundingClientRect().top")
    assert abs(top) < 250
    assert page.url.endswith("#es-exhibit.codings")
    page.goto(page.url.split("#")[0] + "?again")
    assert page.evaluate("document.documentElement.lang") == "es"


def test_the_language_switch_at_a_row_leads_to_the_same_row(visit: Open, report: Path) -> None:
    page = visit(report, "#es-evidence.E068")
    page.locator("#es-evidence\\.E068").wait_for(state="visible")
    _seen(page, "a[data-language=en]").evaluate("link => link.click()")
    row = page.locator("#en-evidence\\.E068")
    row.wait_for(state="visible")
    page.wait_for_timeout(300)
    box = row.bounding_box()
    assert box
    assert 0 < box["y"] < 900
    assert page.evaluate("document.querySelector('tr:target').id") == "en-evidence.E068"
    assert page.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize(
    ("locale", "hash", "shown"),
    [
        ("es-MX", "", "es"),
        ("es", "#en", "en"),
        ("en-GB", "", "en"),
        ("fr-FR", "", "en"),
        ("en-US", "#es", "es"),
    ],
)
def test_the_report_opens_in_the_language_of_the_browser_unless_told_otherwise(
    visit: Open, hostile: Path, locale: str, hash: str, shown: str
) -> None:
    # Every report has the same script; this one is opened sooner.
    assert visit(hostile, hash, locale=locale).evaluate("document.documentElement.lang") == shown


BOXES = """([first, step]) => {
  const links = [...document.querySelectorAll(".edition:not([hidden]) [id$='exhibit.overview'] td a.ref")];
  const dialogs = [...document.querySelectorAll('[role=dialog]')];
  return links.filter((link, place) => place % step === first).map((link) => {
    link.scrollIntoView({ block: ['start', 'center', 'end'][link.textContent.length % 3] });
    link.click();
    const shown = dialogs.filter((one) => one.getClientRects().length).map((one) => one.getBoundingClientRect());
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    return shown.map((box) => [box.x, box.y, box.right, box.bottom]);
  });
}"""


def test_what_stands_behind_a_link_opens_inside_the_window(visit: Open) -> None:
    page = visit()
    # Every second link is opened, each in one of the three windows.
    for height, first in ((320, 0), (420, 2), (560, 4)):
        page.set_viewport_size({"width": 1000, "height": height})
        opened = page.evaluate(BOXES, [first, 6])
        assert len(opened) > 5
        for shown in opened:
            ((left, top, right, bottom),) = shown
            assert 0 <= left < right <= 1000
            assert 0 <= top < bottom <= height


def test_a_link_into_the_other_language_opens_it(visit: Open, report: Path) -> None:
    page = visit(report, "#es-exhibit.evidence")
    assert page.locator("#es").is_visible()
    assert (
        page.evaluate("Math.abs(document.getElementById('es-exhibit.evidence').getBoundingClientRect().top)")
        < 200
    )


def test_spanish_pages_say_nothing_of_the_frame_in_english(visit: Open, report: Path) -> None:
    page = visit(report, "#es")
    text = (
        _seen(page, ".bar").inner_text()
        + _seen(page, ".toc").inner_text()
        + _seen(page, ".tiles").inner_text()
    )
    for word in ("Search", "Contents", "sources", "Evidence", "Overview", "passages", "doubts"):
        assert word not in text
    heads = " | ".join(_seen(page, "thead th").all_inner_texts())
    for word in ("What it says", "Speaks for", "Verdict", "Level", "Notes"):
        assert word not in heads


def test_search_ignores_accents_finds_all_words_and_jumps(visit: Open) -> None:
    page = visit()
    page.keyboard.press("/")
    box = page.get_by_role("searchbox", name="Search the report")
    assert box.evaluate("e => e === document.activeElement")
    page.keyboard.type("NUEVO LEON consejo council")
    page.locator(".hits:not([hidden]) p").wait_for()
    box.fill("nuevo leon")
    page.wait_for_function("() => /: [1-9][0-9]+$/.test(document.querySelector('.hits p').textContent)")
    assert "León" in _seen(page, ".hits mark").all_inner_texts()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert not _seen(page, ".hits").is_visible()
    assert page.evaluate("document.activeElement !== document.body")
    assert page.evaluate("CSS.highlights.get('found').size") > 0


def test_search_says_when_nothing_was_found(visit: Open) -> None:
    page = visit()
    page.get_by_role("searchbox", name="Search the report").fill("xylophone zebra")
    page.locator(".hits:not([hidden])").wait_for()
    assert _seen(page, ".hits").inner_text() == "Nothing found"


def test_a_long_table_can_be_filtered_and_sorted(visit: Open) -> None:
    page = visit()
    sheet = _seen(page, "[id$='exhibit.evidence'] .sheet").first
    rows = sheet.locator("tbody tr:not(.also)")
    total = rows.count()
    sheet.get_by_role("searchbox").fill("puebla")
    shown = rows.locator("visible=true").count()
    assert 0 < shown < total
    assert sheet.locator(".tools span").inner_text() == f"{shown} of {total} rows"
    sheet.get_by_role("searchbox").fill("")
    head = sheet.get_by_role("columnheader").first
    head.get_by_role("button").click()
    first = rows.first.locator("th").inner_text()
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert rows.first.locator("th").inner_text() != first
    assert rows.last.locator("th").inner_text() == first
    assert rows.count() == total
    below = sheet.locator("tbody tr:not(.also) + tr.also dd").first
    assert below.count() == 1


def test_a_second_line_stays_with_its_row_when_rows_are_sorted_and_filtered(visit: Open) -> None:
    page = visit()
    pairs = """sheet => [...sheet.querySelectorAll('tbody tr.also')].map((row) =>
        [row.previousElementSibling.cells[0].textContent, row.textContent, row.hidden === row.previousElementSibling.hidden])"""
    sheet = _seen(page, "[id$='exhibit.evidence'] .sheet").first
    before = sorted(sheet.evaluate(pairs))
    head = sheet.get_by_role("columnheader").nth(1).get_by_role("button")
    head.click()
    head.click()
    sheet.get_by_role("searchbox").fill("puebla")
    after = sorted(sheet.evaluate(pairs))
    assert after == before
    assert all(together for _, _, together in after)


def test_what_waits_in_a_second_line_is_found_filtered_and_told(visit: Open) -> None:
    page = visit()
    row = _seen(page, "[id$='exhibit.numbers'] tr[id*='-checks.']:has(+ tr.also)").first
    formula = row.evaluate("row => row.nextElementSibling.querySelector('dd').textContent")
    sheet = row.locator("xpath=ancestor::*[contains(@class,'sheet')]")
    assert not row.evaluate("row => row.textContent").count(formula)
    page.evaluate(
        "id => { const a = document.createElement('a'); a.className = 'ref'; a.href = '#' + id; a.textContent = 'x'; "
        "document.querySelector('.edition:not([hidden]) .lede').append(a); }",
        row.get_attribute("id"),
    )
    _seen(page, ".lede a.ref").click()
    assert formula in page.get_by_role("dialog").inner_text()
    page.keyboard.press("Escape")
    if sheet.get_by_role("searchbox").count():
        sheet.get_by_role("searchbox").fill(formula)
        assert row.is_visible()


def test_the_columns_one_reads_first_are_on_a_small_screen(visit: Open) -> None:
    page = visit()
    for exhibit in ("overview", "numbers", "evidence", "codings", "claims", "sources"):
        wide = page.evaluate(
            """name => Math.max(...[...document.querySelectorAll(`#en-exhibit\\.${name} .box`)]
              .map((box) => box.scrollWidth - box.clientWidth))""",
            exhibit,
        )
        assert wide <= 40, exhibit


def test_a_link_to_a_row_that_is_filtered_away_shows_it(visit: Open) -> None:
    page = visit()
    _seen(page, "[id$='exhibit.evidence'] .sheet").first.get_by_role("searchbox").fill("no such words")
    row = _seen(page, "tr[id*='-evidence.']").first
    assert row.is_hidden()
    page.evaluate("id => { location.hash = id; }", row.get_attribute("id"))
    row.wait_for(state="visible")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_the_contrast_of_wcag_aa(visit: Open, scheme: str) -> None:
    page = visit(color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.evaluate(CONTRAST) == []


def test_the_theme_can_be_chosen_and_is_remembered(visit: Open) -> None:
    page = visit(color_scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    button = page.get_by_role("button", name="Colours: as the system")
    button.click()
    page.get_by_role("button", name="Colours: light").click()
    assert page.evaluate(ground) != light
    page.reload()
    assert page.evaluate(ground) != light
    assert page.get_by_role("button", name="Colours: dark").is_visible()


def test_a_phone_scrolls_tables_and_not_the_page(visit: Open) -> None:
    page = visit(width=380)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    toc = _seen(page, ".toc details")
    assert toc.get_attribute("open") is None
    _seen(page, ".toc summary").click()
    _seen(page, ".toc a").last.click()
    assert toc.get_attribute("open") is None


def test_print_shows_folded_tables_and_every_row(visit: Open) -> None:
    page = visit()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.evaluate(
        "[...document.querySelectorAll('.edition:not([hidden]) details')].every((one) => one.open)"
    )
    assert _seen(page, ".bar").is_hidden() and _seen(page, ".toc").is_hidden()
    assert page.evaluate(
        """() => [...document.querySelectorAll('.edition:not([hidden]) .box')]
          .every((box) => getComputedStyle(box).overflow === 'visible' && box.scrollHeight <= box.clientHeight + 2)"""
    )


def test_print_leaves_registers_out_and_says_so_unless_everything_is_asked_for(visit: Open) -> None:
    page = visit()
    page.emulate_media(media="print")
    register = _seen(page, "[id$='exhibit.evidence']")
    note = _seen(page, ".left-out")
    assert register.is_hidden()
    assert "Register of passages" in note.inner_text()
    page.emulate_media(media="screen")
    assert note.is_hidden()
    page.get_by_label("Print everything").check()
    page.emulate_media(media="print")
    assert register.is_visible()
    assert note.is_hidden()


def test_a_phone_says_that_a_wide_figure_goes_on(visit: Open) -> None:
    page = visit(width=390)
    art = _seen(page, "figure .art.more").first
    art.wait_for(state="attached")
    caption = art.locator("xpath=following-sibling::figcaption")
    assert "Scroll sideways" in caption.evaluate("caption => getComputedStyle(caption, '::before').content")
    narrow = _seen(page, "figure .art.w20")
    for one in narrow.all():
        assert one.evaluate("art => art.scrollWidth <= art.clientWidth + 1")


def test_no_word_of_a_tile_is_broken(visit: Open) -> None:
    for width in (390, 1280):
        page = visit(width=width)
        assert page.evaluate(
            """() => [...document.querySelectorAll('.edition:not([hidden]) .tiles span')].every((span) => {
              const range = document.createRange();
              const text = span.firstChild;
              return [...text.data.matchAll(/\\S+/g)].every((word) => {
                range.setStart(text, word.index); range.setEnd(text, word.index + word[0].length);
                return range.getClientRects().length === 1;
              });
            })"""
        )


def test_without_scripts_both_languages_and_all_tables_can_be_read(visit: Open) -> None:
    page = visit(java_script_enabled=False)
    assert page.locator("#en h1").is_visible() and page.locator("#es h1").is_visible()
    assert page.locator("#en .toc a").first.is_visible()
    assert page.locator("#en .seek").is_hidden()


def test_the_page_has_landmarks_a_skip_link_and_one_first_heading(visit: Open) -> None:
    page = visit()
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("navigation").count() == 2
    assert page.get_by_role("search").count() == 1
    assert page.get_by_role("heading", level=1).count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "en-main"


def test_everything_one_can_click_has_a_name(visit: Open) -> None:
    page = visit()
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('.edition:not([hidden]) :is(a, button, input)')]
          .filter((e) => !(e.textContent.trim() || e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') || e.labels?.length))
          .map((e) => e.outerHTML.slice(0, 120))"""
    )
    assert nameless == []


def test_figures_follow_the_colours_of_the_page(visit: Open) -> None:
    page = visit(color_scheme="dark")
    figures = _seen(page, "figure svg")
    if figures.count() == 0:
        pytest.fail("the bundled study has no figure on its page")
    ink = page.evaluate("getComputedStyle(document.body).color")
    assert {figure.evaluate("e => getComputedStyle(e).color") for figure in figures.all()} == {ink}


def test_attacks_in_every_field_run_nothing_and_ask_for_nothing(visit: Open, hostile: Path) -> None:
    page = visit(hostile)
    for code in ("en", "es"):
        page.goto(hostile.as_uri() + f"#{code}")
        title = page.title()
        for link in _seen(page, "td a.ref").all()[:40]:
            link.dispatch_event("click")
        page.keyboard.press("Escape")
        box = _seen(page, ".seek input")
        for words in ("script", "onerror", "javascript", "{{7*7}}", "<img"):
            box.fill(words)
            page.wait_for_timeout(200)
        box.fill("")
        assert page.title() == title and "owned" not in title.split("'")[0]
        assert page.locator("img, iframe, object, embed").count() == 0
        assert page.locator("script").count() == 1
        assert page.evaluate(
            "[...document.querySelectorAll('main *')].every((e) => !e.getAttributeNames().some((n) => n.startsWith('on')))"
        )
        assert _seen(page, "main").is_visible()

"""The page: one HTML file that holds a whole report, in every language, and asks nothing of a network."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from concausa.core.address import address
from concausa.core.chart import Chart
from concausa.core.table import Link, Table
from concausa.core.typeset import html_table
from concausa.core.visible import visible
from concausa.report.exhibit import Exhibit
from concausa.report.folding import folded
from concausa.report.language import Language
from concausa.report.places import Places
from concausa.report.shapes import Shapes
from concausa.study.study import Study

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

#: Rows above which a table gets a box of its own height.
LONG = 25
#: Rows above which the table behind a chart is folded away.
FOLDED = 12

#: Tables that list every row of a kind, looked into rather than read; a print leaves them out.
REGISTERS = re.compile(
    r"evidence|sources|facts|series|claims|predictions|terms|organisations|memberships|elections|numbers-\d+"
)

#: Pictures by language and name of the chart: SVG text.
Pictures = Mapping[tuple[str, str], str]

_NOSCRIPT = ".edition[hidden]{display:block!important}.seek,.tint{display:none}"
#: A style attribute of a tag: the page's policy forbids them.
_STYLED = re.compile(r"""(?<=["\w])\sstyle="[^"]*"(?=[^<>]*>)""")
#: How wide a picture is drawn.
_WIDTH = re.compile(r'<svg\b[^>]*?\swidth="([\d.]+)"')
#: A link of a picture to a row.
_ANCHOR = re.compile(r'(<a [^>]*?)href="#([^"]*)"')


@dataclass(frozen=True, slots=True)
class Tile:
    """A count at the head of the page, and where what was counted stands."""

    number: str
    label: str
    target: str | None
    ask: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it stands on the page."""

    title: str
    caption_id: str
    html: Markup
    notes: Markup
    long: bool
    folded: bool
    register: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as it stands on the page."""

    title: str
    target: str
    picture: Markup
    notes: str
    room: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An exhibit as it stands on the page."""

    target: str
    title: str
    intro: str
    charts: tuple[Drawn, ...]
    tables: tuple[Sheet, ...]

    @property
    def register(self) -> bool:
        """Whether it holds nothing but registers."""
        return not self.charts and all(sheet.register for sheet in self.tables) and bool(self.tables)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report with its exhibits."""

    id: str
    title: str
    exhibits: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """The report in one language."""

    language: Language
    title: str
    question: str
    authors: str
    citation: str
    doi: str | None
    doi_text: str
    licence: str
    scope: str
    note: str
    foreign: bool
    tiles: tuple[Tile, ...]
    parts: tuple[Part, ...]

    @property
    def left_out(self) -> tuple[str, ...]:
        """Titles of what a print leaves out, wholly or in part, unless everything is asked for."""
        return tuple(
            shown.title if shown.register else self.language.say("{title} (in part)", title=shown.title)
            for part in self.parts
            for shown in part.exhibits
            if any(sheet.register for sheet in shown.tables)
        )


def page(study: Study, exhibits: Mapping[str, Sequence[Exhibit]], pictures: Pictures) -> str:
    """The report as one HTML document.

    Parameters
    ----------
    study : Study
        As it may be shown: pass ``study.public()`` so that withheld passages stay withheld.
    exhibits : mapping of str to sequence of Exhibit
        What to show, by code of language; the study's own language is shown first.
    pictures : mapping of (str, str) to str
        The SVG of every chart, by language and name of the chart.

    Returns
    -------
    str
        The document. It loads nothing: its policy forbids every request, its one script and its
        style are inside and named by their hash. The same arguments give the same text.
    """
    from markupsafe import Markup

    from concausa import __version__

    own = study.settings.language or "en"
    codes = sorted(exhibits, key=lambda code: code != own)
    editions = [_edition(study, Language(code), exhibits[code], pictures) for code in codes]
    style, script = resource("tokens.css") + resource("page.css"), resource("page.js")
    shapes = Shapes([shown.picture for edition in editions for part in edition.parts for one in part.exhibits
                     for shown in one.charts])  # fmt: skip
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            study=study,
            editions=editions,
            shapes=shapes,
            first=codes[0],
            version=__version__,
            style=Markup(style),
            noscript_style=Markup(_NOSCRIPT),
            script=Markup(script),
            style_hashes=Markup(f"{hashed(style)} {hashed(_NOSCRIPT)}"),
            script_hash=Markup(hashed(script)),
        )
    )


def _edition(study: Study, language: Language, exhibits: Sequence[Exhibit], pictures: Pictures) -> Edition:
    from concausa.report.catalogue import sections

    places = Places(exhibits, f"{language.code}-")
    parts = tuple(
        Part(
            section.id,
            section.title,
            tuple(_shown(one, language, places, pictures) for one in exhibits if one.section == section.id),
        )
        for section in sections(language)
        if any(one.section == section.id for one in exhibits)
    )
    settings = study.settings

    def own(column: str) -> str:
        return visible(language.of(study, "study", settings, column))

    return Edition(
        language=language,
        title=own("title"),
        question=own("question"),
        authors=own("authors"),
        citation=own("citation"),
        doi=address(settings.doi),
        doi_text=visible(settings.doi),
        licence=own("licence"),
        scope=own("scope"),
        note=own("note"),
        foreign=language.code != (settings.language or "en"),
        tiles=_tiles(study, language, places),
        parts=parts,
    )


def _tiles(study: Study, language: Language, places: Places) -> tuple[Tile, ...]:
    plural = language.plural
    counts = (
        ("units", len(study.cases), plural("case compared", "cases compared", len(study.cases))),
        ("sources", len(study.sources), plural("source", "sources", len(study.sources))),
        ("evidence", len(study.evidence), plural("passage", "passages", len(study.evidence))),
        ("codings", len(study.codings), plural("coded level", "coded levels", len(study.codings))),
        ("facts", len(study.facts), plural("printed number", "printed numbers", len(study.facts))),
        ("checks", len(study.checks), plural("recomputation", "recomputations", len(study.checks))),
        ("events", len(study.events), plural("dated event", "dated events", len(study.events))),
        ("claims", len(study.claims), plural("claim", "claims", len(study.claims))),
        ("rivals", len(study.rivals), plural("rival account", "rival accounts", len(study.rivals))),
    )
    tiles = [Tile(language.number(n), label, places.kind(table)) for table, n, label in counts if n]
    doubts = len(study.doubts)
    label = plural("doubt to look at", "doubts to look at", doubts)
    return (
        *tiles,
        Tile(language.number(doubts), label, places.resolve(Link("exhibit", "doubts")), ask=doubts > 0),
    )


def _shown(exhibit: Exhibit, language: Language, places: Places, pictures: Pictures) -> Shown:
    return Shown(
        target=places.exhibit(exhibit.id),
        title=visible(exhibit.title),
        intro=visible(exhibit.intro),
        charts=tuple(_drawn(chart, language, places, pictures) for chart in exhibit.charts),
        tables=tuple(_sheet(table, exhibit, language, places) for table in exhibit.tables),
    )


def _drawn(chart: Chart, language: Language, places: Places, pictures: Pictures) -> Drawn:
    from markupsafe import Markup, escape

    svg = pictures.get((language.code, chart.name))
    picture = Markup(_linked(_STYLED.sub("", svg), places)) if svg else escape(visible(chart.alt))
    return Drawn(
        title=visible(chart.title),
        target=f"{places.prefix}{html_table.target_name(Link('chart', chart.name))}",
        picture=picture,
        notes=visible(" ".join(chart.notes)),
        room=_room(svg or ""),
    )


def _room(svg: str) -> str:
    """The class of a picture by the least width, in rem, at which its words are still read.

    A screen that is narrower scrolls it. Words are 12 units high, so at three quarters they are 9.
    """
    found = _WIDTH.match(svg)
    least = 0.75 * float(found[1]) / 16 if found else 0
    return next((f"w{step}" for step in (20, 26, 32, 38) if least <= step), "w44")


def _linked(svg: str, places: Places) -> str:
    """The picture without links to rows that the page does not show."""

    def kept(match: re.Match[str]) -> str:
        return match[0] if places.has(unescape(match[2])) else match[1]

    return _ANCHOR.sub(kept, svg)


def _sheet(table: Table, exhibit: Exhibit, language: Language, places: Places) -> Sheet:
    from markupsafe import Markup

    folds = bool(exhibit.charts) and len(table.rows) > FOLDED
    caption = f"{places.prefix}{html_table.target_name(Link('table', table.name))}"
    return Sheet(
        title=visible(table.title),
        caption_id=caption,
        html=Markup(
            html_table.grid(
                table,
                resolve=places.resolve,
                row_targets=places.rows(exhibit, table),
                missing=language.say("not in the text"),
                caption_id=caption,
                caption_class="echo" if table.title == exhibit.title else "",
                later=folded(table),
            )
        ),
        notes=Markup(html_table.notes(table)),
        long=len(table.rows) > LONG,
        folded=folds,
        register=folds or REGISTERS.fullmatch(table.name) is not None,
    )


@cache
def environment() -> Environment:
    """The templates; they escape whatever they are given."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("concausa.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def resource(name: str) -> str:
    """A style or script of the package, as a page has it inside."""
    return (files("concausa.report") / "templates" / name).read_text("utf-8").replace("\r\n", "\n")


def hashed(text: str) -> str:
    """The text's name in a Content-Security-Policy."""
    digest: Any = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"

"""One page a claim: its verdict, what decides it, and the chain down to the sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from concausa.audit.findings.finding import Finding
from concausa.core.table import Link, Table
from concausa.core.typeset import html_table
from concausa.core.typeset.share_bar import share_bar
from concausa.core.visible import visible
from concausa.report.claim_chain import ClaimChain
from concausa.report.claim_file import claim_files
from concausa.report.claim_view import (
    ChangeView,
    FormulaView,
    VerdictView,
    change_views,
    drops_table,
    formula_views,
    in_words,
    leads_table,
    said,
    tables,
    verdict_view,
)
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.carried import sentences
from concausa.report.exhibits.finding_words import FindingWords
from concausa.report.exhibits.judged import Judged, judged
from concausa.report.exhibits.scribe import Scribe
from concausa.report.language import Language
from concausa.report.page import environment, hashed, resource
from concausa.report.places import Places
from concausa.study.study import Study

if TYPE_CHECKING:
    from markupsafe import Markup

#: The report, as seen from a page.
REPORT = "../../report.html#"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it stands on the page."""

    title: str
    html: Markup
    notes: Markup


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: sentences, tables, a list."""

    title: str
    texts: tuple[str, ...] = ()
    tables: tuple[Sheet, ...] = ()
    steps: Markup | str = ""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another page: the same claim in another language, or the claim before or after."""

    id: str
    href: str
    code: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """All that the template shows."""

    id: str
    text: str
    kind: str
    place: str
    home: str
    verdict: VerdictView
    bar: Markup
    said: Sequence[tuple[str, str, bool]]
    in_words: Sequence[str]
    formulas: Sequence[FormulaView]
    changes: Sequence[ChangeView]
    tables: Sequence[Sheet]
    parts: Sequence[Part]
    others: Sequence[Neighbour] = field(default=())
    before: Neighbour | None = None
    after: Neighbour | None = None


def claim_pages(study: Study, shown: Mapping[str, Sequence[Exhibit]]) -> Iterator[tuple[str, bytes]]:
    """The page of every claim in every language, by its path; none where no claim has a formal statement.

    Each page is whole: it loads nothing and leads back to the rows of the report. Its one script, named by its
    hash, takes over the colours that were chosen in the report; the page is whole without it.

    Parameters
    ----------
    study : Study
        As it may be shown: pass ``study.public()`` so that withheld passages stay withheld.
    shown : mapping of str to sequence of Exhibit
        What the report shows, by code of language: where the links lead.
    """
    made = judged(study)
    if made is None:
        return
    for code, exhibits in shown.items():
        yield from _pages(study, made, Language(code), Places(exhibits, f"{code}-"), tuple(shown))


def _pages(
    study: Study, made: Judged, language: Language, places: Places, languages: Sequence[str]
) -> Iterator[tuple[str, bytes]]:
    from markupsafe import Markup

    from concausa import __version__

    style, script = resource("tokens.css") + resource("claim.css"), resource("claim.js")
    shared = {
        "version": __version__,
        "code": language.code,
        "say": language.say,
        "title": visible(language.of(study, "study", study.settings, "title")),
        "style": Markup(style),
        "style_hash": Markup(hashed(style)),
        "script": Markup(script),
        "script_hash": Markup(hashed(script)),
    }
    template = environment().get_template("claim.html.j2")
    words = FindingWords(Scribe(study, language))
    chain = ClaimChain(words.scribe, lambda link: _address(places, link))
    paths = {code: claim_files(study, code) for code in languages}
    listed = made.found.findings
    for place, finding in enumerate(listed):
        own = paths[language.code][finding.claim.id]
        view = _view(
            words,
            chain,
            made,
            finding,
            others=tuple(
                Neighbour(
                    finding.claim.id,
                    _beside(paths[code][finding.claim.id], up="../"),
                    code,
                    Language(code).name,
                )
                for code in languages
                if code != language.code
            ),
            before=_neighbour(listed[place - 1], paths[language.code]) if place else None,
            after=_neighbour(listed[place + 1], paths[language.code]) if place + 1 < len(listed) else None,
        )
        yield own, template.render(view=view, **shared).encode()


def _neighbour(finding: Finding, paths: Mapping[str, str]) -> Neighbour:
    return Neighbour(visible(finding.claim.id), _beside(paths[finding.claim.id]))


def _beside(path: str, *, up: str = "") -> str:
    """The address of a page as seen from another one: of the same language, or with *up* of another."""
    _, code, name = path.split("/")
    return f"{up}{code}/{quote(name)}" if up else quote(name)


def _view(
    words: FindingWords,
    chain: ClaimChain,
    made: Judged,
    finding: Finding,
    *,
    others: Sequence[Neighbour],
    before: Neighbour | None,
    after: Neighbour | None,
) -> View:
    from markupsafe import Markup

    scribe, claim = words.scribe, finding.claim
    verdict = verdict_view(words, finding)
    footprint = made.footprints[claim.id]
    return View(
        id=visible(claim.id),
        text=visible(scribe.text("claims", claim, "text").text),
        kind=words.language.level(claim.kind),
        place=visible(scribe.place(claim).text),
        home=chain.address(Link("claims", claim.id)) or REPORT,
        verdict=verdict,
        bar=Markup(share_bar(verdict.bar)),
        said=tuple((label, visible(value), formal) for label, value, formal in said(words, claim, footprint)),
        in_words=tuple(map(visible, in_words(words, claim))),
        formulas=tuple(formula_views(words, finding)),
        changes=change_views(words, finding),
        tables=tuple(_sheet(table, chain) for table in tables(words, finding)),
        parts=tuple(_parts(words, chain, made, finding)),
        others=others,
        before=before,
        after=after,
    )


def _parts(words: FindingWords, chain: ClaimChain, made: Judged, finding: Finding) -> Iterator[Part]:
    from markupsafe import Markup

    say, study, claim = words.language.say, words.scribe.study, finding.claim
    texts, resting = tuple(sentences(words, made, claim.id)), drops_table(words, made, claim.id)
    if texts or resting:
        sheets = (_sheet(resting, chain),) if resting else ()
        yield Part(say("What it rests on"), tuple(map(visible, texts)), sheets)
    if limits := made.limits.get(claim.id):
        yield Part(
            say("What may not be claimed"),
            steps=Markup(
                "".join(f"<li>{html_table.escape(words.sentence(one.said))}</li>" for one in limits)
            ),
        )
    if sought := leads_table(words, made, claim.id):
        yield Part(say("What would decide it, or put it to the test"), (), (_sheet(sought, chain),))
    if below := chain.html(made.footprints[claim.id]):
        yield Part(say("The chain: cases, cells, codings, passages, sources"), steps=Markup(below))
    for title, ids in (
        (say("Passages that make the claim"), claim.passages),
        (
            say("Other passages for it") if claim.passages else say("Passages for it"),
            [row.id for row in study.evidence if claim.id in row.supports and row.id not in claim.passages],
        ),
        (say("Passages against it"), [row.id for row in study.evidence if claim.id in row.opposes]),
    ):
        if ids:
            yield Part(title, steps=Markup(chain.passages(ids)))
    if claim.note:
        yield Part(say("Note"), (visible(words.scribe.text("claims", claim, "note").text),))


def _sheet(table: Table, chain: ClaimChain) -> Sheet:
    from markupsafe import Markup

    def resolve(link: Link) -> str | None:
        address = chain.address(link)
        return address.removeprefix(REPORT) if address else None

    html = html_table.grid(table, resolve=resolve)
    return Sheet(
        visible(table.title),
        Markup(html.replace('href="#', f'href="{REPORT}')),
        Markup(html_table.notes(table)),
    )


def _address(places: Places, link: Link) -> str | None:
    """Where the report shows a row, as seen from a page; None if it does not."""
    target = places.resolve(link)
    return f"{REPORT}{target}" if target else None

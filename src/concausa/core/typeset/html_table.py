"""A table as HTML: escaped, with caption and column scopes, its links resolved by whoever shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from html import escape as escape_html

from concausa.core.address import address
from concausa.core.table import Cell, Link, Table
from concausa.core.visible import visible

#: Gives the place a link goes to, without ``#``; None if there is no such place on the page.
Resolve = Callable[[Link], str | None]


def html(
    table: Table,
    *,
    resolve: Resolve | None = None,
    row_targets: Sequence[str | None] = (),
    missing: str = "not in the text",
    caption_id: str = "",
) -> str:
    """A ``<table>`` and its notes.

    A text that as a whole is an http(s) address or a DOI becomes a link out; no other text does.
    Missing cells are a dash whose title says *missing*.

    Parameters
    ----------
    resolve : function, optional
        From a link to its target on the page; without it links are left out.
    row_targets : sequence of str or None, optional
        The ``id`` of each row; None for none.
    caption_id : str, optional
        The ``id`` of the caption, for ``aria-labelledby``.
    """
    return grid(
        table, resolve=resolve, row_targets=row_targets, missing=missing, caption_id=caption_id
    ) + notes(table)


def grid(
    table: Table,
    *,
    resolve: Resolve | None = None,
    row_targets: Sequence[str | None] = (),
    missing: str = "not in the text",
    caption_id: str = "",
    caption_class: str = "",
) -> str:
    """The ``<table>`` alone; see :func:`html`. *caption_class* names a class of its caption."""
    ident = f' id="{escape(caption_id)}"' if caption_id else ""
    head = "".join(
        f'<th scope="col"{_classes(width, "r" if heading.align == "right" else "")}>{escape(heading.label)}</th>'
        for heading, width in zip(table.headings, _widths(table), strict=True)
    )
    targets = row_targets or (None,) * len(table.rows)
    rights = [heading.align == "right" for heading in table.headings]
    body = "\n".join(
        f'<tr id="{escape(target)}">{_row(row, rights, resolve, missing, target)}</tr>'
        if target
        else f"<tr>{_row(row, rights, resolve, missing, None)}</tr>"
        for row, target in zip(table.rows, targets, strict=True)
    )
    return (
        f'<table class="concausa"><caption{ident}{_classes(caption_class)}>{escape(table.title)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>"
    )


def notes(table: Table) -> str:
    """The notes alone, one ``<p>`` each."""
    return "".join(f'<p class="note">{escape(note)}</p>' for note in table.notes)


def escape(text: str) -> str:
    """The text as HTML, for content and for attributes in double quotes."""
    return escape_html(visible(text))


def target_name(link: Link) -> str:
    """The link's anchor as a name that is safe in ``id`` and ``href``, one to one.

    Examples
    --------
    >>> target_name(Link("evidence", "E 17")), target_name(Link("evidence", "E~17"))
    ('evidence.E~20~17', 'evidence.E~7e~17')
    """
    return re.sub(r"[^\w.\-]", lambda match: f"~{ord(match[0]):x}~", link.anchor)


def _row(
    row: tuple[Cell, ...], rights: list[bool], resolve: Resolve | None, missing: str, target: str | None
) -> str:
    fields = []
    for number, (cell, right) in enumerate(zip(row, rights, strict=True)):
        tag, scope = ("th", ' scope="row"') if number == 0 and not cell.missing else ("td", "")
        short = len(cell.text) <= 12 and "-" in cell.text
        tone = cell.tone if cell.tone != "plain" else ""
        classes = _classes("r" if right else "", "k" if short else "", tone)
        if cell.missing:
            fields.append(f"<td{_classes('none', 'r' if right else '')}>{_dash(missing)}</td>")
        else:
            fields.append(f"<{tag}{scope}{classes}{_value(cell)}>{_content(cell, resolve, target)}</{tag}>")
    return "".join(fields)


def _content(cell: Cell, resolve: Resolve | None, target: str | None) -> str:
    content = escape(cell.text).replace("\n", "<br>")
    places = {link: name for link in cell.links if resolve and (name := resolve(link))}
    if places:
        names = list(dict.fromkeys(places.values()))
        if names == [target]:
            return f'<a class="self" href="#{escape(names[0])}">{content or "·"}</a>'
        if pieces := _pieces(cell):
            return "; ".join(_piece(piece, places.get(link)) for piece, link in pieces)
        more = f' data-refs="{escape(" ".join(names))}"' if len(names) > 1 else ""
        return f'<a class="ref" href="#{escape(names[0])}"{more}>{content or "·"}</a>'
    if outside := address(cell.text):
        return f'<a class="out" href="{escape(outside)}" rel="noopener noreferrer external">{content}</a>'
    return content


def _pieces(cell: Cell) -> list[tuple[str, Link]] | None:
    """The text in pieces with a link each, when it lists what its links name; None if it does not."""
    pieces = cell.text.split("; ")
    if len(pieces) == len(cell.links) and all(
        piece == link.id for piece, link in zip(pieces, cell.links, strict=True)
    ):
        return list(zip(pieces, cell.links, strict=True))
    return None


def _piece(text: str, name: str | None) -> str:
    return f'<a class="ref id" href="#{escape(name)}">{escape(text)}</a>' if name else escape(text)


def _dash(missing: str) -> str:
    return f'<span title="{escape(missing)}" aria-label="{escape(missing)}" role="img">–</span>'


def _value(cell: Cell) -> str:
    """The number behind a text, for sorting."""
    if isinstance(cell.value, int | float | Decimal) and not isinstance(cell.value, bool):
        return f' data-v="{cell.value}"'
    return ""


def _classes(*names: str) -> str:
    kept = " ".join(name for name in names if name)
    return f' class="{kept}"' if kept else ""


def _widths(table: Table) -> list[str]:
    """How much room each column asks for: ``s``, ``m``, ``l`` or ``x``, by the texts in it."""
    sizes = []
    for number in range(len(table.headings)):
        lengths = sorted(len(row[number].text) for row in table.rows)
        typical = lengths[len(lengths) * 3 // 4] if lengths else 0
        sizes.append(
            "s"
            if typical <= 14 and (lengths or [0])[-1] <= 24
            else "m"
            if typical <= 40
            else "l"
            if typical <= 90
            else "x"
        )
    return sizes

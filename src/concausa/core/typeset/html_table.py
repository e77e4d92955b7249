"""A table as HTML: escaped, with caption and column scopes, its links resolved by whoever shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from decimal import Decimal
from html import escape as escape_html

from concausa.core.address import address
from concausa.core.table import Cell, Link, Table
from concausa.core.typeset.share_bar import share_bar
from concausa.core.visible import visible

#: Folded columns that the line over them names.
_NAMED = 6

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
    later: Collection[int] = (),
) -> str:
    """The ``<table>`` alone; see :func:`html`.

    Parameters
    ----------
    caption_class : str, optional
        A class of the caption.
    later : collection of int, optional
        Columns that stand folded in a second line of each row (``tr.also``), each under its heading;
        the first column cannot. A row with nothing in them has no second line.
    """
    ident = f' id="{escape(caption_id)}"' if caption_id else ""
    first = [number for number in range(len(table.headings)) if number not in later]
    head = "".join(
        f'<th scope="col"{_classes(width, "r" if heading.align == "right" else "")}>{escape(heading.label)}</th>'
        for number, (heading, width) in enumerate(zip(table.headings, _widths(table), strict=True))
        if number in first
    )
    targets = row_targets or (None,) * len(table.rows)
    rights = [table.headings[number].align == "right" for number in first]
    lines = []
    for row, target in zip(table.rows, targets, strict=True):
        name = f' id="{escape(target)}"' if target else ""
        cells = tuple(row[number] for number in first)
        lines.append(f"<tr{name}>{_row(cells, rights, resolve, missing, target)}</tr>")
        second = [(table.headings[number].label, row[number]) for number in sorted(later)]
        if second := [(label, cell) for label, cell in second if cell.text and not cell.missing]:
            lines.append(_second_line(second, len(first), resolve, target))
    body = "\n".join(lines)
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
        tone = cell.tone if cell.tone != "plain" else ""
        classes = _classes("r" if right else "", "k" if _is_short(cell.text) else "", tone)
        if cell.missing:
            fields.append(f"<td{_classes('none', 'r' if right else '')}>{_dash(missing)}</td>")
        else:
            fields.append(f"<{tag}{scope}{classes}{_value(cell)}>{_content(cell, resolve, target)}</{tag}>")
    return "".join(fields)


def _second_line(
    cells: Sequence[tuple[str, Cell]], span: int, resolve: Resolve | None, target: str | None
) -> str:
    """What is told after a row, folded; no heading of a column is over it, so each has its own."""
    told = "".join(
        f"<div><dt>{escape(label)}</dt>"
        f"<dd{_classes(cell.tone if cell.tone != 'plain' else '')}>{_content(cell, resolve, target)}</dd></div>"
        for label, cell in cells
    )
    names = " · ".join(escape(label) for label, _ in cells[:_NAMED]) + (" · …" if len(cells) > _NAMED else "")
    return (
        f'<tr class="also"><td colspan="{span}"><details><summary>{names}</summary>'
        f"<dl>{told}</dl></details></td></tr>"
    )


def _content(cell: Cell, resolve: Resolve | None, target: str | None) -> str:
    content = share_bar(cell.bar) + escape(cell.text).replace("\n", "<br>")
    if resolve and (page := next((link.id for link in cell.links if link.table == "page"), None)):
        return f'<a class="page" href="{escape(page)}">{content}</a>'
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
    short = " k" if _is_short(text) else ""
    return f'<a class="ref id{short}" href="#{escape(name)}">{escape(text)}</a>' if name else escape(text)


def _is_short(text: str) -> bool:
    """Whether it should not end a line at its hyphen, as NL-1 should not."""
    return len(text) <= 12 and "-" in text


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

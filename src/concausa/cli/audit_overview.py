"""The overview of an audit: every claim under its finding, and what to look for next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from concausa.cli import terminal
from concausa.cli.check import count

if TYPE_CHECKING:
    from concausa.audit.findings.finding import Finding
    from concausa.audit.findings.findings import Findings
    from concausa.audit.findings.lead import Lead

_BAR = 20
_LONGEST_ID = 34
_SHORTEST_ID = 12


def overview(
    name: str, found: Findings, leads: Sequence[Lead], width: int, *, every: bool = False
) -> Iterator[str]:
    """The lines of the overview.

    Parameters
    ----------
    name : str
        The study as it was called.
    leads : sequence of Lead
        What to look for, best first.
    width : int
        Columns to keep to.
    every : bool
        Whether to tell the text of each claim and all leads with their claims.
    """
    from concausa.audit.findings.telling import NO_PROBABILITY, has_statement, lead_lines, tally
    from concausa.core.large import counted
    from concausa.core.typeset.plain_text import wrap

    size = found.worlds.space.size
    open_choices = count(len(found.worlds.space.choices), "open choice")
    worlds = f"{counted(size)} world{'' if size == 1 else 's'}"
    yield from wrap(f"{name}: {count(len(found.findings), 'claim')}, {worlds} from {open_choices}", width)
    yield ""
    if not found.findings:
        yield from wrap(f"no claims yet; state one in {_home(found)}", width)
        return
    shown = [one for one in found.findings if has_statement(one)]
    bare = [one for one in found.findings if not has_statement(one)]
    yield from (f"{number:5}  {word}" for word, number in tally(shown).items())
    if bare:
        yield f"{len(bare):5}  {_BARE}: passages alone speak for or against them"
    for word in tally(shown):
        yield from ("", f"{word}:")
        yield from _rows([one for one in shown if one.word == word], width, every=every)
    if bare and every:
        yield from ("", f"{_BARE}:")
        for one in bare:
            yield from (f"  {one.claim.id}", *wrap(one.claim.text, width, indent="    "))
    if shown:
        yield ""
        yield from wrap(f"+ supported, - contradicted, . not testable. {_COUNTS} {NO_PROBABILITY}", width)
    if leads:
        yield ""
        for text in lead_lines(leads, every=every):
            yield from wrap(text, width, indent=" " * (len(text) - len(text.lstrip())))
    yield ""
    yield from wrap(f"More on one claim: {terminal.typed('concausa', 'audit', name, '--claim')} ID", width)


_BARE = "without a formal statement"
_COUNTS = (
    "Beside a bar stands in how many worlds its heading is so; where it depends on the reading, in how many the "
    "claim is supported."
)


def _rows(found: Sequence[Finding], width: int, *, every: bool) -> Iterator[str]:
    """Claims of one finding with their bars; an id that is too long stands on a line of its own."""
    from concausa.audit.findings.telling import bar
    from concausa.core.typeset.plain_text import breadth, wrap

    counts = [_counted(one) for one in found]
    room = width - 2 - 1 - _BAR - 1 - max(map(len, counts))
    column = min(_LONGEST_ID, room)
    for one, said in zip(found, counts, strict=True):
        told = f"{bar(one, _BAR)} {said}".rstrip()
        id = one.claim.id
        if column < _SHORTEST_ID:
            yield from (*wrap(id, width, indent="  "), *wrap(told, width, indent="  "))
        elif breadth(id) > column:
            yield from (*wrap(id, width, indent="  "), f"  {'':{column}} {told}")
        else:
            yield f"  {id}{' ' * (column - breadth(id))} {told}"
        if every:
            yield from wrap(one.claim.text, width, indent="    ")


def _counted(finding: Finding) -> str:
    """``0 of 540``: the worlds of which the finding speaks; nothing where no choice makes a difference."""
    if finding.total == 1:
        return ""
    words = (word for word in ("contradicted", "not testable") if finding.word.startswith(word))
    word = next(words, "supported")
    return f"{finding.count(word):,} of {finding.total:,}{' drawn' if finding.sampled else ''}"


def _home(found: Findings) -> str:
    """Where claims of the study stand."""
    path = found.worlds.study.origin.path
    book = path is not None and path.suffix.lower() == ".xlsx" and path.is_file()
    return f"the sheet claims of {path.name}" if book and path else "[[claims]] of study.toml"

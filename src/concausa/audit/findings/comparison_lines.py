"""A comparison told: which findings changed, how, and which rows bring it about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import takewhile

from concausa.audit.findings.compare import (
    MOST_TOGETHER,
    MOST_TRIED,
    Causes,
    ChoiceChange,
    Comparison,
    FindingChange,
)
from concausa.audit.findings.finding import WORDS, Finding, Formula
from concausa.audit.findings.row_changes import FILES, ColumnChange, RowChange
from concausa.audit.findings.telling import has_statement, share, worded
from concausa.core.typeset.plain_text import breadth, wrap
from concausa.core.visible import one_line, visible
from concausa.study.study import Study

#: Groups of changed findings, the weightiest first.
HEADINGS = (
    "another finding",
    "the same finding, but another verdict in the study's own reading",
    "the same finding, with other shares of worlds",
    "the same shares of worlds, decided by other choices",
)

#: What the words before the causes of a finding mean.
LEGEND = {
    "alone": "alone: changed by itself, this row gives the finding of the second study.",
    "partly": "partly: changed by itself, this row changes the finding, but gives a third one.",
    "together": "together: these rows give the finding of the second study, and none of them may be left "
    "out; other sets of rows may give it too.",
}

#: Where the parts of a finding begin, and how wide their labels are.
_INDENT, _LABEL = 4, 14
#: Letters of a text that lines show on either side of an arrow, and those before the first difference.
_LONG, _LEAD = 70, 20
#: Letters of a deciding formula.
_FORMULA = 240
#: Columns of a row that only one study has which lines show.
_COLUMNS = 5


def counted(comparison: Comparison) -> str:
    """How much differs: ``1 row changed; 11 findings changed, 101 the same``."""
    return f"{_rows_counted(comparison.rows)}; {findings_counted(comparison)}"


def findings_counted(comparison: Comparison) -> str:
    """The findings alone: ``11 findings changed, 1 new, 101 the same``."""
    kinds = [change.kind for change in comparison.findings]
    changed, added, removed = (kinds.count(kind) for kind in ("changed", "added", "removed"))
    parts = [f"{changed:,} {'finding' if changed == 1 else 'findings'} changed"]
    parts += [f"{number:,} {word}" for number, word in ((added, "new"), (removed, "gone")) if number]
    return ", ".join([*parts, f"{comparison.same:,} the same"])


def lines(comparison: Comparison, before: Study, width: int, *, causes: bool = True) -> Iterator[str]:
    """Everything that differs, in lines of at most *width* columns, without the counts.

    Parameters
    ----------
    before : Study
        The first study, which says of what cell a coding is.
    causes : bool
        Whether to tell which rows bring a finding about; needless where only one row changed.
    """
    told = _Told(before, width)
    changed = [change for change in comparison.findings if change.kind == "changed"]
    groups: dict[str, list[FindingChange]] = {heading: [] for heading in HEADINGS}
    for change in changed:
        groups[HEADINGS[weight(change)]].append(change)
    groups = {heading: group for heading, group in groups.items() if group}
    if len(groups) > 1:
        for heading, group in groups.items():
            yield from _beside(f"{len(group):5}  ", heading, width)
    for heading, group in groups.items():
        yield from _paragraph([f"{heading[0].upper()}{heading[1:]} ({len(group)})"], width)
        for change in group:
            yield from told.changed(change, causes=causes)
    for kind, heading in (
        ("added", "Only the second study claims"),
        ("removed", "Only the first study claims"),
    ):
        single = [change.after or change.before for change in comparison.findings if change.kind == kind]
        if single:
            yield from _paragraph([f"{heading} ({len(single)})"], width)
        for finding in filter(None, single):
            yield from told.single(finding)
    if comparison.choices:
        yield from ("", f"Open choices ({len(comparison.choices)})")
        for choice in comparison.choices:
            yield from told.choice(choice)
    if causes:
        yield from _paragraph(filter(None, [_rest(comparison, before)]), width)
        used = [word for word in LEGEND if any(getattr(change.causes, word) for change in changed)]
        yield from _paragraph((LEGEND[word] for word in used), width)
    yield from _paragraph((f"Note: {caveat}" for caveat in comparison.caveats), width)


def weight(change: FindingChange) -> int:
    """The group of ``HEADINGS`` that a finding of both studies belongs to."""
    before, after = change.before, change.after
    if before is None or after is None:
        raise ValueError(f"only one study makes the claim {change.claim}")
    if before.word != after.word:
        return 0
    if before.baseline is not after.baseline:
        return 1
    return 2 if any(before.share_of(word) != after.share_of(word) for word in WORDS) else 3


def without_effect(comparison: Comparison) -> tuple[RowChange, ...]:
    """The changed rows that are no cause of any change that was found, and no claim of one study alone."""
    named = {
        row.name
        for change in comparison.findings
        for row in (*change.causes.alone, *change.causes.partly, *change.causes.together)
    }
    named |= {f"claims {change.claim}" for change in comparison.findings if change.kind != "changed"}
    return tuple(row for row in comparison.rows if row.name not in named)


def row_told(change: RowChange, study: Study) -> str:
    """A changed row with its columns: ``codings C001 (NL-1.BC): level medium-high -> medium``."""
    if change.kind == "order":
        return f"{change.table}: its rows in another order"
    if change.table == FILES:
        return f"data: {change.id}"
    name = f"{change.name}{_cell(change, study)}"
    if change.kind == "changed":
        return f"{name}: {'; '.join(column_told(part) for part in change.columns)}"
    parts = [part for part in change.columns if part.column != "id"]
    said = "; ".join(
        f"{part.column} {_excerpt(one_line(part.before or part.after))}" for part in parts[:_COLUMNS]
    )
    more = "; …" if len(parts) > _COLUMNS else ""
    return f"{name}, {change.kind}: {said}{more}"


def column_told(part: ColumnChange) -> str:
    """``level medium-high -> medium``; of long texts the part that differs."""
    before, after = one_line(part.before), one_line(part.after)
    long = max(len(before), len(after)) > _LONG
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))
    start = max(0, sum(1 for _ in alike) - _LEAD) if long else 0
    return f"{part.column} {_excerpt(before, start)} -> {_excerpt(after, start)}"


class _Told:
    """Tells the parts of a comparison; what a row changed is told where the row is first named."""

    def __init__(self, before: Study, width: int) -> None:
        self._before, self._width = before, width
        self._room = width - _INDENT - _LABEL
        self._named: set[str] = set()

    def changed(self, change: FindingChange, *, causes: bool) -> Iterator[str]:
        """A claim of both studies whose finding differs."""
        before, after = change.before, change.after
        if before is None or after is None:
            return
        yield from self._claim(after)
        yield from self._pair("finding", _moved(before.word, after.word))
        yield from self._pair("own reading", _moved(worded(before.baseline), worded(after.baseline)))
        yield from self._shares(before, after)
        yield from self._turns(before, after)
        if weight(change) == len(HEADINGS) - 1:
            yield from self._decided(before, after)
        if causes:
            yield from self._causes(change.causes)

    def single(self, finding: Finding) -> Iterator[str]:
        """The finding of a claim that one study alone makes."""
        yield from self._claim(finding)
        if not has_statement(finding):
            yield from self._pair("finding", "no formal statement: only passages speak for or against it")
            return
        yield from self._pair("finding", finding.word)
        yield from self._pair("own reading", worded(finding.baseline))
        for word in WORDS:
            if finding.count(word):
                yield from self._pair(
                    word, f"{share(finding.share_of(word))}   {_count(finding, word)} worlds"
                )

    def choice(self, change: ChoiceChange) -> Iterator[str]:
        """An open choice that one study alone has, or that has other options."""
        before, after = (
            [] if one is None else [option.id for option in one.options]
            for one in (change.before, change.after)
        )
        if not before:
            said = f"open now: {' | '.join(after)}"
        elif not after:
            said = f"open no more; it was {' | '.join(before)}"
        else:
            new = [id for id in after if id not in before]
            gone = [id for id in before if id not in after]
            parts = [f"{word}: {' | '.join(ids)}" for word, ids in (("new", new), ("gone", gone)) if ids]
            said = "; ".join(parts) or f"in another order: {' | '.join(after)}"
        yield from self._hung(f"{change.id}, {said}")

    def _claim(self, finding: Finding) -> Iterator[str]:
        yield ""
        yield from self._hung(f"{finding.claim.id}: {finding.claim.text}")

    def _shares(self, before: Finding, after: Finding) -> Iterator[str]:
        occurring = [word for word in WORDS if before.count(word) or after.count(word)]
        shares = {word: _shares_moved(before, after, word) for word in occurring}
        longest = max(map(len, shares.values()))
        for word in occurring:
            counts = f"{_count(before, word)} -> {_count(after, word)}"
            said = f"{shares[word]:{longest}}  {counts}"
            noun = " worlds" if word == occurring[0] and len(said) + len(" worlds") <= self._room else ""
            yield from self._pair(word, f"{said}{noun}")

    def _turns(self, before: Finding, after: Finding) -> Iterator[str]:
        if before.sampled or after.sampled:
            return
        new = [id for id in after.turns_on if id not in before.turns_on]
        gone = [id for id in before.turns_on if id not in after.turns_on]
        parts = [
            f"{lead} {', '.join(ids)}" for lead, ids in (("also on", new), ("no longer on", gone)) if ids
        ]
        if parts:
            yield from self._pair("turns now", "; ".join(parts))

    def _decided(self, before: Finding, after: Finding) -> Iterator[str]:
        for word in WORDS:
            old, new = before.formulas.get(word), after.formulas.get(word)
            if old is not None and new is not None and old.data() != new.data():
                yield from self._pair(word, f"when {_when(old)} -> when {_when(new)}")

    def _causes(self, causes: Causes) -> Iterator[str]:
        for word in LEGEND:
            for place, row in enumerate(getattr(causes, word)):
                yield from self._pair("" if place else f"{word} by", self._row(row))
        if not causes.alone and not causes.together:
            yield from self._pair("together by", f"not looked for: more than {MOST_TOGETHER} rows changed")
        if causes.untried > MOST_TRIED:
            yield from self._pair("untried", f"all {causes.untried:,} rows: too many to try each alone")
        elif causes.untried:
            rows = "1 row" if causes.untried == 1 else f"{causes.untried} rows"
            yield from self._pair("untried", f"{rows}: changed alone, the study would have errors")

    def _row(self, row: RowChange) -> str:
        if row.name in self._named:
            return f"{row.name}, as above"
        self._named.add(row.name)
        return row_told(row, self._before)

    def _pair(self, label: str, text: str) -> Iterator[str]:
        yield from _beside(f"{' ' * _INDENT}{label:{_LABEL}}", text, self._width)

    def _hung(self, text: str) -> Iterator[str]:
        first, *rest = wrap(one_line(text), self._width - _INDENT)
        yield f"  {first}"
        yield from (f"{' ' * _INDENT}{line}" for line in rest)


def _beside(label: str, text: str, width: int) -> Iterator[str]:
    """A label, and beside it a text in a column of its own; runs of spaces stay where it fits one line."""
    room = width - len(label)
    shown = visible(text)
    fits = "\n" not in shown and breadth(shown) <= room
    for place, line in enumerate([shown] if fits else wrap(one_line(text), room)):
        yield f"{' ' * len(label) if place else label}{line}".rstrip()


def _rest(comparison: Comparison, before: Study) -> str:
    """The changed rows that are no cause, by table; empty where there are none."""
    idle = without_effect(comparison)
    if not idle:
        return ""
    which = "Changed rows not named above" if len(idle) < len(comparison.rows) else "Changed rows"
    tables = ", ".join(
        f"{number:,} in {table}" for table, number in Counter(row.table for row in idle).items()
    )
    changed = [change for change in comparison.findings if change.kind == "changed"]
    untried = max((change.causes.untried for change in changed), default=0)
    asked = " that was asked for" if _asked(comparison) < len(before.claims) else ""
    if not changed:
        said = f"no finding{asked} changes with them"
    elif untried > MOST_TRIED:
        said = "too many rows changed to try each alone"
    elif untried:
        said = f"none of them, as far as they could be tried, changes a finding{asked} by itself"
    else:
        said = f"none of them changes a finding{asked} by itself"
    return f"{which}: {tables}; {said}."


def _asked(comparison: Comparison) -> int:
    """Claims of the first study that were compared."""
    return comparison.same + sum(change.before is not None for change in comparison.findings)


def _rows_counted(rows: Iterable[RowChange]) -> str:
    listed = list(rows)
    single = sum(row.kind != "order" and row.table != FILES for row in listed)
    parts = [f"{single:,} {'row' if single == 1 else 'rows'} changed"]
    parts += [f"{row.table} in another order" for row in listed if row.kind == "order"]
    parts += ["data files changed" for row in listed if row.table == FILES]
    return ", ".join(parts)


def _paragraph(sentences: Iterable[str], width: int) -> Iterator[str]:
    """Sentences, each on lines of its own, after an empty line; nothing where there are none."""
    for place, sentence in enumerate(sentences):
        if place == 0:
            yield ""
        yield from wrap(one_line(sentence), width)


def _moved(before: str, after: str) -> str:
    return f"{before} -> {after}" if before != after else f"{after}, as before"


def _shares_moved(before: Finding, after: Finding, word: str) -> str:
    old, new = before.share_of(word), after.share_of(word)
    return share(new) if old == new else f"{share(old)} -> {share(new)}"


def _count(finding: Finding, word: str) -> str:
    return f"{finding.count(word):,} of {finding.total:,}{' drawn' if finding.sampled else ''}"


def _when(formula: Formula) -> str:
    """A deciding formula in ids, cut where it is very long."""
    said = one_line(formula.short())
    return said if len(said) <= _FORMULA else f"{said[:_FORMULA]} …"


def _cell(change: RowChange, study: Study) -> str:
    """Of what cell a coding is that both studies have."""
    if change.table != "codings" or change.kind == "added":
        return ""
    row = study.row("codings", change.id)
    return f" ({row.unit}-{row.period}.{row.indicator or row.condition})"


def _excerpt(text: str, start: int = 0) -> str:
    """Some of a text from *start* on, with an ellipsis for what is left out; a text with spaces in quotes."""
    if not text:
        return "(empty)"
    end = start + _LONG
    shown = f"{'…' if start else ''}{text[start:end]}{'…' if len(text) > end else ''}"
    return f'"{shown}"' if " " in shown else shown

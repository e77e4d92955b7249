"""What is said of rivals and their verdicts, in the words of one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from concausa.audit.rivals.conclusion import Conclusion
from concausa.audit.rivals.outlook import Outlook
from concausa.audit.rivals.rivals import quiet, reach
from concausa.audit.rivals.standing import Standing
from concausa.core.table import Cell, Link, Tone
from concausa.report.exhibits.finding_words import FindingWords
from concausa.report.exhibits.scribe import MISSING, Scribe
from concausa.rivals.order import Order
from concausa.rivals.verdict import MARKS

_TONES: Mapping[str, Tone] = {
    "fits": "good",
    "fails": "bad",
    "fails in part": "bad",
    "depends on the reading": "doubt",
    "changes within the period": "doubt",
}
_SIGNS = {">": "above", "<": "below", "=": "alike", "none": "not told apart"}


@dataclass(frozen=True, slots=True)
class RivalWords:
    """Tells standings of one study in one language."""

    scribe: Scribe

    def account(self, one: Standing) -> Cell:
        """The name of a rival or rule, linked to its row."""
        account = one.account
        table = "rules" if account.origin == "rule" else "rivals"
        if not any(row.id == account.id for row in self.scribe.study.rows(table)):
            return Cell(self.scribe.language.level(account.label), account.id)
        return Cell(self.scribe.name(table, account.id), account.id, (Link(table, account.id),))

    def said(self, words: Sequence[str]) -> str:
        """A word, or levels of which one is expected."""
        language = self.scribe.language
        return language.say(" or ").join(language.level(word) for word in words)

    def expects(self, one: Standing, case: str) -> str:
        """What is expected of a case in the study's own reading, with months where that changes."""
        language = self.scribe.language
        ways = one.said(case)
        own = ways[0]
        if not own:
            text = language.level(quiet(one, case))
        elif len(own) == 1:
            text = self.said(own[0][0])
        else:
            text = ", ".join(
                language.say("{word} ({months} months)", word=self.said(words), months=months)
                for words, months in own
            )
        if len(ways) == 1:
            return text
        return language.say("{expected}, otherwise in other worlds", expected=text)

    def verdict(self, outlook: Outlook, lead: str = "") -> Cell:
        """A mark, what is expected, and how many worlds give each verdict."""
        # In brackets, for a spreadsheet takes a cell that begins with a sign for a formula.
        told = f"[{MARKS[outlook.word]}] {lead}: " if lead else f"[{MARKS[outlook.word]}] "
        counts = {word: outlook.counts[word] for word in outlook.words if word in outlook.counts}
        bar: tuple[tuple[Tone, int], ...] = ()
        if len(counts) > 1:
            parts = [(_TONES.get(word, "quiet"), count) for word, count in counts.items()]
            bar = tuple(parts)
        return Cell(
            told + self.counted(outlook),
            {"verdict": outlook.word, "worlds": outlook.total, "counts": counts},
            tone=_TONES.get(outlook.word, "quiet"),
            bar=bar,
        )

    def overall(self, one: Standing) -> Cell:
        """The verdict on the whole, with the cells and differences that it reaches where it fits."""
        cell = self.verdict(one.overall)
        reached = reach(one)
        if reached is None:
            return cell
        told = self.scribe.language.say(
            "where it fits: in {cells} of {every} cells and {told} of {differ} differences",
            **{name: self._span(*ends) for name, ends in reached.items()},
        )
        return replace(cell, text=f"{cell.text} ({told})")

    def counted(self, outlook: Outlook) -> str:
        """``fits``, or ``fits in 3 of 4 worlds; fails in 1``."""
        language = self.scribe.language
        if len(outlook.counts) == 1:
            return language.level(outlook.word)
        first, *rest = ((language.level(word), language.number(count)) for word, count in outlook.ranked)
        told = [
            language.say(
                "{verdict} in {count} of {total} worlds",
                verdict=first[0],
                count=first[1],
                total=language.number(outlook.total),
            )
        ]
        told += [language.say("{verdict} in {count}", verdict=word, count=count) for word, count in rest]
        return "; ".join(told)

    def turns_on(self, outlook: Outlook) -> Cell:
        """The choices that matter."""
        if outlook.drawn:
            return Cell(self.scribe.language.say("worlds were drawn"), tone="quiet")
        if not outlook.turns_on:
            return Cell(self.scribe.language.say("nothing that is open"), tone="quiet")
        words = FindingWords(self.scribe)
        links = tuple(choice.link for choice in outlook.turns_on if choice.link is not None)
        told = [words.choice(choice) for choice in outlook.turns_on]
        return Cell("; ".join(told), [choice.id for choice in outlook.turns_on], links)

    def range_of(self, one: Standing, *names: str) -> Cell:
        """``2 to 4 / 0 / 4``: counts from the least to the greatest over worlds."""
        spans = [one.range_of(name) for name in names]
        told = [self._span(low, high) for low, high in spans]
        return Cell(" / ".join(told), [list(span) for span in spans])

    def _span(self, low: int, high: int) -> str:
        return str(low) if low == high else self.scribe.language.say("{low} to {high}", low=low, high=high)

    def order(self, order: Order) -> str:
        """``above``, ``above or level``."""
        language = self.scribe.language
        return language.say(" or ").join(
            language.level(_SIGNS[sign]) for sign in (">", "=", "<", "none") if sign in order
        )

    def orders(self, expected: Mapping[Order, int], *, months: bool) -> Cell:
        """The orders that are expected, with months where they change."""
        if not expected:
            return Cell(self.scribe.language.level("silent"), [], tone="quiet")
        if len(expected) == 1 or not months:
            return Cell("; ".join(self.order(order) for order in expected))
        language = self.scribe.language
        told = [
            language.say("{word} ({months} months)", word=self.order(order), months=count)
            for order, count in expected.items()
        ]
        return Cell(", ".join(told))

    def remark(self, found: Conclusion) -> Cell:
        """Where text and verdict part."""
        if not found.agreement:
            return MISSING if not found.text else Cell(self.scribe.language.level(found.text), found.text)
        language = self.scribe.language
        word = language.level(found.text)
        if found.agreement == "agrees":
            return Cell(language.say("{text}: so it does here", text=word), found.data())
        if found.agreement == "differs":
            told = language.say("{text}: it does so here in no world", text=word)
            return Cell(told, found.data(), tone="doubt")
        told = language.say(
            "{text}: it does so here in {worlds} of {total} worlds",
            text=word,
            worlds=language.number(found.worlds),
            total=language.number(found.total),
        )
        return Cell(told, found.data(), tone="doubt")

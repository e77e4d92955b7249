"""What findings say, in the words of one language: choices, verdicts, formulas, changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeAlias

from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings.finding import Change, Finding, Sample, phrase
from concausa.audit.findings.formula import Literal, Term
from concausa.audit.worlds.open_choice import OpenChoice, Option
from concausa.core.caveat import Caveat
from concausa.core.table import Cell, Link, Tone
from concausa.report.exhibits.scribe import Scribe
from concausa.report.held import Held
from concausa.report.language import Language

#: Where the rows of a study have names that remarks repeat.
_NAMES = (
    ("conditions", "label"),
    ("level_maps", "label"),
    ("measures", "label"),
    ("choices", "label"),
    ("periods", "label"),
    ("organisations", "name"),
    ("terms", "office"),
    ("covariates", "label"),
)

#: A level with the least value that it takes, such as ``moderate>=10%``.
_CUT = re.compile(r"([\w-]+)\s*(>=|<=)\s*(\S+)")
_SIGNS = {">=": "≥", "<=": "≤"}

#: Worlds by verdict.
Counts: TypeAlias = Mapping[Verdict, int]


class Counted(Protocol):
    """Worlds by verdict, and whether they were drawn: a finding or a tally."""

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """Worlds with each verdict that occurs."""

    @property
    def sampled(self) -> object:
        """Whether the worlds were drawn."""


@dataclass(frozen=True, slots=True)
class FindingWords:
    """Tells findings of one study in one language."""

    scribe: Scribe

    @property
    def language(self) -> Language:
        """The reader's language."""
        return self.scribe.language

    # --- choices ------------------------------------------------------------------------------

    def choice(self, choice: OpenChoice) -> str:
        """What is open: the study's own label of a declared choice, the condition and case of a cell."""
        study, language = self.scribe.study, self.language
        if choice.kind == "cell":
            case, _, condition = choice.id.rpartition(".")
            return language.say(
                "{condition} of {case}", condition=self.scribe.name("conditions", condition), case=case
            )
        if choice.link is not None and choice.link.table == "choices":
            return language.of(study, "choices", choice.link.id, "label")
        return self.caveat(choice.label)

    def option(self, option: Option) -> str:
        """One way to settle a choice; levels in the reader's words."""
        return self.caveat(option.label)

    def caveat(self, caveat: Caveat) -> str:
        """A remark of the audit, with the levels, labels and other words in it in the reader's language too."""
        said = self.language.level(caveat.template)
        values = {name: self.known(value) for name, value in caveat.values}
        return said.format(**values) if values else said

    def sentence(self, caveat: Caveat) -> str:
        """A remark that begins with a capital and ends with a full stop."""
        told = self.caveat(caveat)
        return f"{told[:1].upper()}{told[1:]}{'' if told.endswith('.') else '.'}"

    def known(self, text: str) -> str:
        """A word of a remark in the reader's language; of several joined ones, each."""
        if text.isdigit() and len(text) > 4:
            return self.language.number(int(text))
        study, language = self.scribe.study, self.language
        known = labels(self.scribe).get(text) or language.word(study, language.level(text))
        if known == text:
            for joint in (" / ", "; ", ", "):
                if joint in text:
                    return joint.join(self.known(part) for part in text.split(joint))
            if cut := _CUT.fullmatch(text):
                return f"{language.level(cut[1])} {_SIGNS[cut[2]]} {cut[3]}"
        return known

    def literal(self, literal: Literal) -> tuple[str, str]:
        """The choice, and ``“option” or “option”``; where that is shorter, what it must not be."""
        say = self.language.say
        listed = self.either(literal.named)
        text = say("anything but {options}", options=listed) if literal.excludes else listed
        return self.choice(literal.choice), text

    def either(self, labels: Sequence[Caveat]) -> str:
        """Options of which one holds: several stand in quotation marks, since there may be an *or* in each."""
        told = [self.caveat(label) for label in labels]
        if len(told) > 1:
            told = [self.language.say("“{option}”", option=text) for text in told]
        return self.language.say(" or ").join(told)

    def literals(self, literals: Iterable[Literal]) -> str:
        """Literals that hold together."""
        told = [": ".join(self.literal(literal)) for literal in literals]
        return self.language.say("; and ").join(told)

    def terms(self, terms: Iterable[Term]) -> list[str]:
        """Each term of a formula on its own."""
        return [self.literals(term.literals) or self.language.say("always") for term in terms]

    # --- findings -----------------------------------------------------------------------------

    def word(self, finding: Finding) -> Cell:
        """The finding in a phrase."""
        if not stated(finding):
            return Cell(self.language.say("no formal statement"), "no statement", tone="quiet")
        return Cell(self.language.level(finding.word), finding.word, tone=tone(finding))

    def counts(self, found: Counted | Counts) -> str:
        """In how many worlds it holds, fails, and cannot be tested; parts that are nought are left out.

        Where no open point makes a difference, of which one world is counted alone, it says that.
        """
        number, say = self.language.number, self.language.say
        counts = by_word(found)
        if isinstance(found, Finding) and unmoved(found):
            return self._everywhere(found)
        if isinstance(found, Mapping) and sum(counts.values()) == 1:
            return self.language.level(phrase({word for word, n in counts.items() if n}))
        parts = []
        if n := counts["supported"]:
            parts.append(say("supported in {n}", n=number(n)))
        if n := counts["contradicted"]:
            parts.append(say("contradicted in {n}", n=number(n)))
        if n := counts["not testable"]:
            parts.append(say("not testable in {n}", n=number(n)))
        listed, total = ", ".join(parts), sum(counts.values())
        if not isinstance(found, Mapping) and found.sampled:
            return say("{counts} of {n} worlds drawn", counts=listed, n=number(total))
        return self.language.plural("{counts} of {n} world", "{counts} of {n} worlds", total, counts=listed)

    def _everywhere(self, finding: Finding) -> str:
        """That a claim is the same in all worlds, of a claim that no open point touches."""
        say, verdict = self.language.say, self.verdict(finding.baseline)
        if finding.worlds == 1:
            return say("{verdict} in the only world; no point is open", verdict=verdict)
        return say(
            "{verdict} in all {worlds} worlds; no open point matters",
            verdict=verdict,
            worlds=self.language.number(finding.worlds),
        )

    def share(self, found: Counted | Counts) -> Cell:
        """The counts with their bar."""
        counts = by_word(found)
        tones: tuple[Tone, ...] = ("good", "bad", "quiet")
        return Cell(self.counts(found), counts, bar=tuple(zip(tones, counts.values(), strict=True)))

    def baseline(self, finding: Finding) -> str:
        """What the claim is worth as the study itself reads its cells."""
        return self.verdict(finding.baseline)

    def verdict(self, verdict: Verdict) -> str:
        """One verdict; with its reason where it is none."""
        word = self.language.level(verdict.word)
        return word if verdict.testable else f"{word} ({self.reason(verdict)})"

    def reason(self, verdict: Verdict) -> str:
        """Why a world does not decide the claim, in a few words."""
        return self.language.level(verdict.reason)

    def deciding(self, finding: Finding) -> tuple[str, list[str]]:
        """A lead such as *supported exactly when* and the terms of the shortest formula; empty without one.

        What decides where the claim can be tested comes first; else, of the formulas for *supported* and for
        *contradicted*, the one that takes fewer words.
        """
        found = {word: formula for word, formula in finding.formulas.items() if formula.models}
        if not found:
            return "", []
        word = min(
            found, key=lambda word: (word != "decides", word == "not testable", _length(found[word].terms))
        )
        return self.exactly(word), self.terms(found[word].terms)

    def ways(self, terms: Sequence[str]) -> str:
        """Terms of which one is enough, in one line; those with several literals in brackets."""
        joint = self.language.say("; and ")
        alone = len(terms) == 1
        return self.language.say("; or ").join(
            term if alone or joint not in term else f"({term})" for term in terms
        )

    def exactly(self, word: str) -> str:
        """``supported exactly when``."""
        say = self.language.say
        match word:
            case "decides":
                return say("where it can be tested, supported exactly when")
            case "supported":
                return say("supported exactly when")
            case "contradicted":
                return say("contradicted exactly when")
            case _:
                return say("not testable exactly when")

    def change(self, change: Change) -> str:
        """What would have to be read otherwise, and the verdict then."""
        return self.language.say(
            "{change}: then {verdict}",
            change=self.literals(change.literals),
            verdict=self.verdict(change.verdict),
        )

    def interval(self, sample: Sample, verdict: Verdict) -> str:
        """Within which the share of all worlds lies, in percent."""
        low, high = sample.intervals[verdict]
        return f"{self.language.number(100 * low, 1)}–{self.language.number(100 * high, 1)} %"

    def percent(self, share: float) -> str:
        """A share in percent, whole unless it is near an end; never rounded to none or all."""
        if 0 < share < 0.001:
            return f"< {self.language.number(0.1)} %"
        if 0.999 < share < 1:
            return f"> {self.language.number(99.9)} %"
        digits = 0 if 0.01 <= share <= 0.99 or share in (0, 1) else 1
        return f"{self.language.number(100 * share, digits)} %"


def labels(scribe: Scribe) -> Mapping[str, str]:
    """The study's own names for its rows, as written, with what a reader of another language is told."""
    return _labels(Held(scribe.study), scribe.language)


@lru_cache(maxsize=4)
def _labels(held: Held, language: Language) -> Mapping[str, str]:
    return {
        getattr(row, column): language.of(held.study, table, row, column)
        for table, column in _NAMES
        for row in held.study.rows(table)
        if getattr(row, column)
    }


def stated(finding: Finding) -> bool:
    """Whether the claim has a formal statement."""
    return set(finding.counts) != {Verdict.NO_STATEMENT}


def unmoved(finding: Finding) -> bool:
    """Whether no open point makes a difference to the claim, so that one world stands for all."""
    return finding.total == 1 and not finding.sampled


def by_word(found: Counted | Counts) -> dict[str, int]:
    """Worlds by word: supported, contradicted, not testable."""
    counts = found if isinstance(found, Mapping) else found.counts
    return {
        word: sum(number for verdict, number in counts.items() if verdict.word == word)
        for word in ("supported", "contradicted", "not testable")
    }


def tone(found: Counted | Counts) -> Tone:
    """How a finding catches the eye; it repeats the word."""
    counts = by_word(found)
    if counts["supported"] and counts["contradicted"]:
        return "doubt"
    return "good" if counts["supported"] else "bad" if counts["contradicted"] else "quiet"


def choice_link(choice: OpenChoice) -> tuple[Link, ...]:
    """What a choice leads to in the report."""
    return (choice.link,) if choice.link is not None else ()


def _length(terms: Iterable[Term]) -> tuple[int, int]:
    listed = list(terms)
    return (len(listed), sum(len(term.literals) for term in listed))

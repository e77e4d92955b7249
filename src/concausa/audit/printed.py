"""Printed numbers, each with every check that was declared for it.

A number may be read in several ways (which denominator, which base), and each way is a check of its own.
That one way does not give the number says little; that none does, or which one does, says more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from concausa.audit.numbers import VERDICTS, NumberFinding, Verdict
from concausa.record.fact import Fact


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A fact and the findings of the checks that should give it.

    Parameters
    ----------
    fact : Fact
    findings : tuple of NumberFinding
        In the order of the study; at least one.
    """

    fact: Fact
    findings: tuple[NumberFinding, ...]

    @property
    def best(self) -> Verdict:
        """The best verdict among its readings, in the order of ``VERDICTS``."""
        return min((finding.verdict for finding in self.findings), key=VERDICTS.index)

    @property
    def reproduced_by(self) -> tuple[NumberFinding, ...]:
        """The readings that give the number as printed."""
        return tuple(finding for finding in self.findings if finding.verdict == "reproduces")

    @property
    def admitted_by(self) -> tuple[NumberFinding, ...]:
        """The readings that give another number at face value, yet this one within what rounding admits."""
        return tuple(finding for finding in self.findings if finding.verdict == "within rounding")


def printed_numbers(findings: Iterable[NumberFinding]) -> tuple[PrintedNumber, ...]:
    """Findings grouped by the printed fact they were set beside, in the order of their first check."""
    groups: dict[str, list[NumberFinding]] = {}
    facts: dict[str, Fact] = {}
    for finding in findings:
        if finding.printed is not None:
            facts[finding.printed.id] = finding.printed
            groups.setdefault(finding.printed.id, []).append(finding)
    return tuple(PrintedNumber(facts[id], tuple(group)) for id, group in groups.items())

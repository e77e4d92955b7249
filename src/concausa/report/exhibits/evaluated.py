"""What theory expects held against what was found: in how many readings each case lies in which area."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from concausa.audit.configurations import SOLUTION_KINDS
from concausa.audit.study_theory import REASONS
from concausa.audit.theory_evaluation import StudyEvaluation, Tally, theory_evaluation
from concausa.core.table import Cell, Heading, Table, Tone
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.configured import Configured, configured
from concausa.report.exhibits.scribe import MISSING
from concausa.report.held import Held
from concausa.report.language import Language
from concausa.study.study import Study

#: Labels of cases in which theory and outcome agree, and of those in which they do not.
_AGREE = (
    "covered most likely",
    "uncovered most likely",
    "inconsistent least likely",
    "consistent least likely",
)
_DISAGREE = (
    "covered least likely",
    "uncovered least likely",
    "inconsistent most likely",
    "consistent most likely",
)
#: The same for case types: what the solution says of the case, and what happened.
_MATCH, _MISS = ("typical", "irrelevant"), ("deviant in consistency", "deviant in coverage")


def evaluated(study: Study, language: Language) -> Exhibit | None:
    """The study's claims of sufficiency against its solutions, and case types; None without either."""
    made = configured(study, language)
    found = _found(Held(study)) if made is not None and made.groups else None
    if made is None or found is None or not found.theories:
        return None
    say = language.say
    intro = say(
        "A theory and a solution divide the cases into areas. Most likely: the theory expects the outcome of the "
        "case; least likely: it does not. Covered: the case has the outcome and the solution accounts for it; "
        "uncovered: it does not. Inconsistent: the case is in the solution without the outcome; consistent: it is "
        "in neither. Each number counts readings: choices of levels, level maps, crisp or fuzzy sets, and of the "
        "cases that reach the level that is asked for. Where several models fit equally well, a case counts only "
        "if it is in the same area in all of them."
    )
    tables = [_theories(made, found), _types(made, found)]
    return Exhibit("theory-evaluation", "configurations", say("Theory and solutions"), intro, tuple(tables))


@lru_cache(maxsize=1)
def _found(held: Held) -> StudyEvaluation | None:
    made = configured(held.study, Language())
    return None if made is None else theory_evaluation(held.study, found=made.found)


def _theories(made: Configured, found: StudyEvaluation) -> Table:
    say = made.language.say
    headings = (
        Heading("theory", say("Claim")),
        Heading("expression", say("Held to be sufficient")),
        Heading("outcome", say("Outcome")),
        Heading("place", say("Stated in")),
        Heading("case", say("Case")),
        Heading("conservative", say("Conservative")),
        Heading("parsimonious", say("Parsimonious")),
        Heading("intermediate", say("Intermediate")),
    )
    rows = [
        [
            made.scribe.refs("claims", [one.theory.claim.id]),
            Cell(one.theory.expression),
            Cell(made.outcome(one.theory.threshold, negated=one.theory.negated)),
            Cell(made.language.level(one.theory.place), one.theory.place) if one.theory.place else MISSING,
            made.cases([case]),
            *(_cell(made, one.of(case, kind)) for kind in SOLUTION_KINDS),
        ]
        for one in found.theories
        for case in found.cases
    ]
    title = say("Claims of sufficiency against the solutions, by the number of readings")
    return Table.of("theory-evaluation", title, headings, rows, notes=list(_notes(made, found)))


def _types(made: Configured, found: StudyEvaluation) -> Table:
    say = made.language.say
    headings = (
        Heading("outcome", say("Outcome")),
        Heading("case", say("Case")),
        Heading("conservative", say("Conservative")),
        Heading("parsimonious", say("Parsimonious")),
        Heading("intermediate", say("Intermediate")),
    )
    rows = [
        [
            Cell(made.outcome(typed.threshold)),
            made.cases([case]),
            *(_cell(made, typed.of(case, kind)) for kind in SOLUTION_KINDS),
        ]
        for typed in found.types
        for case in found.cases
    ]
    title = say("What each case is to the solutions, by the number of readings")
    note = say(
        "Typical: in the solution and in the outcome, with no more membership in the solution. Deviant in "
        "consistency: in the solution, without the outcome. Deviant in coverage: with the outcome, in no solution. "
        "Irrelevant: in neither."
    )
    return Table.of("theory-case-types", title, headings, rows, notes=(note,))


def _cell(made: Configured, tally: Tally) -> Cell:
    language = made.language
    text = "; ".join(f"{language.level(label)}: {language.number(count)}" for label, count in tally.counts)
    bar: list[tuple[Tone, int]] = []
    for tone, labels in (("good", (*_AGREE, *_MATCH)), ("bad", (*_DISAGREE, *_MISS))):
        bar.append((tone, sum(count for label, count in tally.counts if label in labels)))  # type: ignore[arg-type]
    bar.append(("doubt", tally.n - sum(count for _, count in bar)))
    return Cell(text, dict(tally.counts), bar=tuple([part for part in bar if part[1]]))


def _notes(made: Configured, found: StudyEvaluation) -> Iterator[str]:
    say = made.language.say
    yield say(
        "The strips: readings in which the theory, or the solution, says of the case what happened; in which it "
        "says the opposite; and in which it cannot be told."
    )
    for caveat in found.caveats:
        told = caveat.told(made.language.say)
        yield f"{told[0].upper()}{told[1:]}."
    for claim, reason in found.left_out:
        yield say(
            "{claim} is not held against the solutions: {reason}.",
            claim=claim.id,
            reason=made.language.level(REASONS[reason]),
        )

"""The audit of numbers: each declared formula recomputed and set beside the number that is printed.

Every formula is computed twice: with facts at face value, and with all that their rounding admits. The
verdict says what follows; it does not say who erred, since a printed number may rest on inputs that the
text does not show.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from concausa.audit.lookups import Found, MissingValueError, Shelf
from concausa.audit.piece import Computed, Piece, Rounded, Several, Words
from concausa.core.errors import ConcausaError
from concausa.core.interval import Interval, number, rounded
from concausa.core.quantity import Measure, Quantity, Say, read_amount, rounding_step
from concausa.core.table import Link
from concausa.expr.arithmetic import Values, evaluate, sides
from concausa.expr.formula import Formula, Lookup, Name, Operation, caret, parse, show, walk
from concausa.record.fact import Fact
from concausa.study.study import Study
from concausa.theory.check import Check

Verdict = Literal["reproduces", "within rounding", "does not follow", "cannot be computed", "computed"]
VERDICTS: tuple[Verdict, ...] = (
    "reproduces",
    "within rounding",
    "does not follow",
    "cannot be computed",
    "computed",
)

#: Figures in which a number that would follow is shown at most.
FIGURES = 8

#: The sentences of findings, as catalogues translate them; the words in braces are filled in.
SENTENCES = {
    "reproduces": "The formula gives {computed}; the text prints {printed}.",
    "within rounding": "At face value {follows} would follow. What the inputs admit, {computed}, meets the "
    "printed {printed}.",
    "does not follow": "The inputs give {computed}. From them {follows} would follow; the text prints "
    "{printed}.",
    "computed": "The formula gives {computed}. No number is printed to set beside it.",
    "cannot be computed": "This cannot be computed: {missing}.",
    "holds": "It holds for all that the inputs admit: {left} {sign} {right}.",
    "may hold": "It holds for some of what the inputs admit, not for all: {left} {sign} {right}.",
    "does not hold": "It does not follow from these inputs, which give {left} on one side "
    "and {right} on the other.",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One input of a check: its name in the formula, its value in words, the row of the study behind it."""

    name: str
    piece: Piece
    link: Link | None = None

    @property
    def value(self) -> str:
        """Its value in English; ``piece.text(say)`` gives it in another language."""
        return self.piece.text()


@dataclass(frozen=True, slots=True)
class NumberFinding:
    """What a check is worth.

    Parameters
    ----------
    check : Check
    verdict : str
        ``reproduces``: the printed number is what the formula gives at face value, rounded as printed ·
        ``within rounding``: not at face value, yet printed and computed ranges meet · ``does not
        follow``: they do not meet · ``cannot be computed``: something is missing · ``computed``: there
        is no printed number. A comparison (both sides taken together, so that a fact on both sides has
        one value) reproduces if it holds for all that the inputs admit, is
        within rounding if it holds for some, and does not follow if it holds for none.
    printed : Fact or None
        The fact that the formula should give.
    computed : Quantity or None
        All that the inputs admit, in the printed unit; None for comparisons and what cannot be computed.
    face : Quantity or None
        The same with facts at face value.
    follows : str
        What would be printed if it followed from the inputs; empty where it is printed.
    steps : tuple of Step
        The inputs, in the order of the formula.
    sentence : str
        Key of ``SENTENCES``.
    pieces : tuple of (str, piece)
        What fills it in.
    """

    check: Check
    verdict: Verdict
    printed: Fact | None
    computed: Quantity | None
    face: Quantity | None
    follows: str
    steps: tuple[Step, ...]
    sentence: str
    pieces: tuple[tuple[str, Piece], ...]

    def told(self, say: Say = str, *, missing: str = "") -> str:
        """The finding as one sentence in the reader's language.

        Parameters
        ----------
        say : callable
            Gives an English sentence, unit word or ``{low} to {high}`` in that language.
        missing : str
            The study's own words for what is missing, where they are translated.
        """
        words = {name: piece.text(say) for name, piece in self.pieces}
        if missing and "missing" in words:
            words["missing"] = missing.rstrip(".")
        return say(SENTENCES[self.sentence]).format(**words)

    @property
    def message(self) -> str:
        """The finding as one English sentence."""
        return self.told()

    def computed_text(self, say: Say = str) -> str:
        """The computed number, or both sides of a comparison; empty if there is none."""
        pieces = {name: piece.text(say) for name, piece in self.pieces}
        if "left" in pieces:
            if self.verdict == "does not follow":
                return say("{left} against {right}").format(**pieces)
            return f"{pieces['left']} {pieces['sign']} {pieces['right']}"
        return pieces.get("computed", "")

    def printed_text(self, say: Say = str) -> str:
        """The printed number; empty if there is none."""
        if self.printed is not None and self.printed.value is not None:
            return _as_printed(self.printed.value, self.printed.measured_in).text(say)
        if self.check.expected and "printed" in dict(self.pieces):
            return dict(self.pieces)["printed"].text(say)
        return self.check.expected.partition(";")[0].strip()

    def data(self) -> dict[str, object]:
        """Everything in it as plain JSON values; ends of intervals as exact fractions in text."""
        return {
            "id": self.check.id,
            "label": self.check.label,
            "group": self.check.group,
            "formula": self.check.formula,
            "verdict": self.verdict,
            "printed": self.printed_text() or None,
            "computed": _plain(self.computed),
            "face": _plain(self.face),
            "follows": self.follows or None,
            "message": self.message,
            "steps": [
                {"name": step.name, "value": step.value, "link": step.link.anchor if step.link else None}
                for step in self.steps
            ],
        }

    def __repr__(self) -> str:
        return f"<NumberFinding {self.check.id}: {self.verdict}>"


@dataclass(frozen=True, slots=True)
class _Claimed:
    """The number that a check is set beside."""

    range: Quantity
    step: Fraction
    words: Rounded


def audit_numbers(study: Study) -> tuple[NumberFinding, ...]:
    """A finding for each check of the study, in the order of its file.

    Nothing raises: a check that cannot be read or computed is a finding that says why.
    """
    face, wide = Shelf.of(study)
    return tuple(_audit(check, face, wide) for check in study.checks)


def audit_number(study: Study, id: str) -> NumberFinding:
    """The finding for one check; UnknownNameError with the nearest name if there is none."""
    return _audit(study.row("checks", id), *Shelf.of(study))


def _audit(check: Check, face: Shelf, wide: Shelf) -> NumberFinding:
    printed = face.facts.get(check.printed)
    if check.missing:
        return _stuck(check, printed, (), check.missing.rstrip("."))
    steps: tuple[Step, ...] = ()
    try:
        formula = parse(check.formula)
        steps = tuple(_steps(formula, face, check.formula))
        if compared := sides(formula):
            return _comparison(check, printed, steps, compared, face, wide)
        at_face, admitted = (_value(formula, shelf, check.formula) for shelf in (face, wide))
        claimed = _claimed(check, face)
        if claimed:
            at_face, admitted = at_face.to(claimed.range.measure), admitted.to(claimed.range.measure)
    except ConcausaError as error:
        return _stuck(check, printed, steps, f"{error.what} ({error.fix})" if error.fix else error.what)
    return _judged(check, printed, steps, at_face, admitted, claimed)


def _judged(
    check: Check,
    printed: Fact | None,
    steps: tuple[Step, ...],
    face: Quantity,
    admitted: Quantity,
    claimed: _Claimed | None,
) -> NumberFinding:
    if claimed is None:
        admitted, face = admitted.handy(), face.handy()
        shown = Computed(face, admitted)
        return NumberFinding(
            check, "computed", printed, admitted, face, "", steps, "computed", (("computed", shown),)
        )
    shown = Computed(face, admitted)
    verdict: Verdict = "does not follow"
    if claimed.range.value.low <= face.value.low and face.value.high <= claimed.range.value.high:
        verdict = "reproduces"
    elif admitted.value.meets(claimed.range.value):
        verdict = "within rounding"
    follows = None if verdict == "reproduces" else _follows(face, claimed.step)
    pieces: list[tuple[str, Piece]] = [("computed", shown), ("printed", claimed.words)]
    if follows:
        pieces.append(("follows", follows))
    text = follows.text() if follows else ""
    return NumberFinding(check, verdict, printed, admitted, face, text, steps, verdict, tuple(pieces))


def _comparison(
    check: Check,
    printed: Fact | None,
    steps: tuple[Step, ...],
    compared: tuple[Formula, str, Formula],
    face: Shelf,
    wide: Shelf,
) -> NumberFinding:
    left, operator, right = compared
    a, b = (_value(side, face, check.formula) for side in (left, right))
    c, d = (_value(side, wide, check.formula) for side in (left, right))
    outcome = _holds(operator, c, d)
    if outcome is None:
        apart = _value(Operation("-", left, right), wide, check.formula)
        outcome = _holds(operator, apart, Quantity(Interval.exact(0), apart.measure))
    verdict: Verdict = (
        "reproduces" if outcome else "within rounding" if outcome is None else "does not follow"
    )
    sentence = "holds" if outcome else "may hold" if outcome is None else "does not hold"
    one, other = Computed(a.handy(), c.handy()), Computed(b.handy(), d.handy())
    follows = "" if outcome else f"{one.text()} / {other.text()}"
    pieces: list[tuple[str, Piece]] = [("left", one), ("sign", Words(_SIGN[operator])), ("right", other)]
    return NumberFinding(check, verdict, printed, None, None, follows, steps, sentence, tuple(pieces))


_SIGN = {"<": "<", "<=": "≤", "=": "=", ">=": "≥", ">": ">"}


def _holds(operator: str, left: Quantity, right: Quantity) -> bool | None:
    """Whether a comparison holds for all (True), some (None) or none (False) of what is admitted."""
    if operator in (">", ">="):
        return _holds({">": "<", ">=": "<="}[operator], right, left)
    order = left.order(right)
    if operator == "=":
        return {"equal": True, "open": None}.get(order, False)
    there = right.to(left.measure).value
    if operator == "<":
        return True if order == "below" else False if left.value.low >= there.high else None
    return True if left.value.high <= there.low else False if order == "above" else None


def _value(formula: Formula, shelf: Shelf, text: str) -> Quantity:
    names = {part.id for part in walk(formula) if isinstance(part, Name)}
    facts = {name: shelf.fact(name) for name in sorted(names)}
    return evaluate(formula, Values(facts, lambda lookup: shelf.find(lookup).values), text=text)


def _steps(formula: Formula, shelf: Shelf, text: str) -> list[Step]:
    """The inputs of a formula, each once; MissingValueError at the first that the study does not give."""
    steps: dict[str, Step] = {}
    for part in walk(formula):
        try:
            if isinstance(part, Name):
                fact = shelf.facts.get(part.id)
                shelf.fact(part.id)
                assert fact is not None
                assert fact.value is not None
                value = _as_printed(fact.value, fact.measured_in)
                steps.setdefault(part.id, Step(part.id, value, Link("facts", part.id)))
            elif isinstance(part, Lookup):
                found = shelf.find(part)
                links: tuple[Link | None, ...] = found.links or (None,)
                for link in links:
                    name = show(part)
                    steps.setdefault(f"{name} {link}", Step(name, _listed(found), link))
        except MissingValueError as error:
            at = getattr(part, "at", 0)
            raise MissingValueError(error.what, where=caret(text, at, "").where, fix=error.fix) from error
    return list(steps.values())


def _claimed(check: Check, shelf: Shelf) -> _Claimed | None:
    if check.printed:
        shelf.fact(check.printed)
        fact = shelf.facts[check.printed]
        assert fact.value is not None
        step = rounding_step(fact.value, fact.rounding)
        range = Quantity(Interval.printed(fact.value, step), Measure.parse(fact.measured_in))
        return _Claimed(range, step, _as_printed(fact.value, fact.measured_in))
    if check.expected:
        range, face, step = read_amount(check.expected)
        return _Claimed(range, step, _as_printed(face, str(range.measure)))
    return None


def _stuck(check: Check, printed: Fact | None, steps: tuple[Step, ...], reason: str) -> NumberFinding:
    return NumberFinding(
        check,
        "cannot be computed",
        printed,
        None,
        None,
        "",
        steps,
        "cannot be computed",
        (("missing", Words(reason)),),
    )


def _follows(face: Quantity, step: Fraction) -> Rounded:
    """What would be printed: rounded as the printed number is, but to no fewer than two figures."""
    largest = max(abs(face.value.low), abs(face.value.high))
    if step and largest:
        step = min(step, Fraction(10) ** (_order(largest) - 1))
    ends = [number(rounded(end, step), FIGURES) for end in (face.value.low, face.value.high)]
    return Rounded(ends[0] if ends[0] == ends[1] else " to ".join(ends), str(face.measure))


def _order(value: Fraction) -> int:
    """The power of ten of a number's first figure, for a number above 0."""
    order = len(str(value.numerator)) - len(str(value.denominator))
    return order if value >= Fraction(10) ** order else order - 1


def _listed(found: Found) -> Piece:
    if len(found.values) == 1:
        return Computed(found.values[0], found.values[0])
    span = Interval.hull(value.value for value in found.values)
    return Several(len(found.values), Quantity(span, found.values[0].measure))


def _as_printed(value: Decimal, unit: str) -> Rounded:
    return Rounded(f"{value:,f}", unit)


def _plain(quantity: Quantity | None) -> dict[str, str] | None:
    if quantity is None:
        return None
    return {
        "low": str(quantity.value.low),
        "high": str(quantity.value.high),
        "text": str(quantity),
        "unit": str(quantity.measure),
    }

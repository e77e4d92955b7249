"""Questions, hypotheses, likelihoods and packages: whole, in range, and about each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from concausa.core.errors import OptionError
from concausa.core.nearest import nearest
from concausa.core.problem import Problem
from concausa.evidence.likelihood import Likelihood
from concausa.study.rows import Rows
from concausa.theory.question import Hypothesis, Question
from concausa.tracing.word_scale import USUAL, WordScale

Tables = Mapping[str, Rows]
_RANGES = {
    "questions": (("residual_low", "residual_high", 1),),
    "hypotheses": (("prior_low", "prior_high", 1),),
    "likelihoods": (("low", "high", None), ("reach_low", "reach_high", 1)),
}


def question_problems(tables: Tables) -> Iterator[Problem]:
    """What keeps the questions of a study from being weighed."""
    yield from _ranges(tables)
    words, found = _words(tables)
    yield from found
    hypotheses = {row.id: row for row in tables["hypotheses"].nouns}
    answers: dict[str, list[Hypothesis]] = defaultdict(list)
    for row in hypotheses.values():
        answers[row.question].append(row)
    yield from _questions(tables["questions"], answers)
    rows = tables["likelihoods"]
    cells: dict[tuple[str, str], list[tuple[int, Likelihood]]] = defaultdict(list)
    for place, row in enumerate(rows.nouns):
        cells[row.question, row.item].append((place, row))
        yield from _one_likelihood(rows, place, row, hypotheses, words)
    known = {row.id for row in tables["questions"].nouns}
    for (question, _), own in cells.items():
        if question in known:
            yield from _whole_item(rows, own, answers[question])
    yield from _reaches(tables, cells)
    yield from _packages(tables, cells)
    yield from _shared(tables, cells)


def _ranges(tables: Tables) -> Iterator[Problem]:
    for name, pairs in _RANGES.items():
        rows = tables[name]
        for place, row in enumerate(rows.nouns):
            for first, second, most in pairs:
                low, high = getattr(row, first), getattr(row, second)
                limit = 1 if most == 1 or getattr(row, "measure", "ratio") != "ratio" else None
                yield from _range(rows, place, (first, low), (second, high), limit)


def _range(
    rows: Rows,
    place: int,
    first: tuple[str, Decimal | None],
    second: tuple[str, Decimal | None],
    most: int | None,
) -> Iterator[Problem]:
    for column, value in (first, second):
        if value is not None and (value < 0 or (most is not None and value > most)):
            limits = "0 or more" if most is None else f"a number from 0 to {most}"
            fix = "write 0.6 for 60 percent" if most and value > most else "look for a slip in it"
            if column in ("low", "high") and most and value > most:
                fix += ", or set measure to ratio"
            yield rows.problem(
                place,
                column,
                "out-of-range",
                f"{column} is {value}, and must be {limits}",
                value=str(value),
                fix=fix,
            )
    if first[1] is not None and second[1] is not None and first[1] > second[1]:
        what = f"{first[0]} is {first[1]}, above {second[0]}, which is {second[1]}"
        yield rows.problem(
            place,
            first[0],
            "ends-out-of-order",
            what,
            value=str(first[1]),
            fix="write the lower number first",
        )


def _words(tables: Tables) -> tuple[tuple[str, ...], list[Problem]]:
    """The words that likelihoods may use, and what is wrong with the study's own."""
    rows = tables["wordings"]
    if not rows.nouns:
        return USUAL.words, []
    words = {
        row.word: (row.low, row.high) for row in rows.nouns if row.low is not None and row.high is not None
    }
    try:
        WordScale.of(words)
    except OptionError as error:
        return tuple(words), [rows.problem(0, "low", "broken-scale", error.what, fix=error.fix)]
    return tuple(words), []


def _questions(rows: Rows, answers: Mapping[str, list[Hypothesis]]) -> Iterator[Problem]:
    for place, row in enumerate(rows.nouns):
        own = answers.get(row.id, [])
        if len(own) < 2:
            has = "no hypothesis" if not own else "one hypothesis"
            yield rows.problem(
                place,
                "id",
                "too-few-hypotheses",
                f"the question {row.id} has {has}; evidence tells at least two apart",
                value=row.id,
                fix="name the rival explanation in hypotheses.csv",
            )
        if row.exclusive is False:
            yield rows.problem(
                place,
                "exclusive",
                "not-exclusive",
                f"the hypotheses of {row.id} may be true together, and weights of evidence do not add up over such",
                value="no",
                fix="write their combinations as hypotheses (A and B, A alone, B alone, neither), and leave this out",
            )
        if row.threshold is not None and row.threshold < 1:
            yield rows.problem(
                place,
                "threshold",
                "out-of-range",
                f"threshold is {row.threshold}, and must be 1 or more",
                value=str(row.threshold),
                fix="give the odds that the first hypothesis must pass, such as 3 for three to one",
            )
        yield from _priors(rows, place, row, own)


def _priors(rows: Rows, place: int, row: Question, own: list[Hypothesis]) -> Iterator[Problem]:
    """Declared priors that no choice of numbers in them sums to 1."""
    declared = [one for one in own if one.prior_low is not None or one.prior_high is not None]
    if not declared:
        return
    least, most = Fraction(0), Fraction(0)
    for one in own:
        low = one.prior_low if one.prior_low is not None else Decimal(0)
        high = one.prior_high if one.prior_high is not None else one.prior_low
        least += Fraction(low)
        most += Fraction(high) if high is not None else 1
    if row.residual_low is not None:
        least += Fraction(row.residual_low)
        most += Fraction(row.residual_high if row.residual_high is not None else row.residual_low)
    if not least <= 1 <= most:
        sums = f"{float(least):g}" if least == most else f"something from {float(least):g} to {float(most):g}"
        yield rows.problem(
            place,
            "id",
            "priors-sum",
            f"the priors of {row.id} sum to {sums}, not to 1",
            value=row.id,
            fix="one hypothesis is true: let their priors sum to 1, or give the rest to residual_low and residual_high",
        )


def _one_likelihood(
    rows: Rows, place: int, row: Likelihood, hypotheses: Mapping[str, Hypothesis], words: tuple[str, ...]
) -> Iterator[Problem]:
    own = hypotheses.get(row.hypothesis)
    if own is not None and row.question and own.question != row.question:
        others = [one.id for one in hypotheses.values() if one.question == row.question]
        yield rows.problem(
            place,
            "hypothesis",
            "other-question",
            f"{row.hypothesis} answers {own.question}, not {row.question}",
            value=row.hypothesis,
            allowed=tuple(others),
            fix=f"name one of {', '.join(others)}" if others else f"add hypotheses of {row.question}",
        )
    numbers = row.low is not None or row.high is not None
    if row.word and numbers:
        yield rows.problem(
            place, "word", "stated-twice", "a word and numbers both say how far it is expected",
            value=row.word, fix="delete one of them",
        )  # fmt: skip
    elif not row.word and not numbers:
        yield rows.problem(
            place, "word", "missing-value", "nothing says how far it is expected",
            allowed=words, fix="write a word, or low and high",
        )  # fmt: skip
    if row.word and row.word not in words:
        near = nearest(row.word, words)
        yield rows.problem(
            place,
            "word",
            "unknown-word",
            f"{row.word!r} is no word of the scale",
            value=row.word,
            allowed=words,
            fix=f"did you mean {near}?" if near else "use one of its words, or declare it in [[wordings]]",
        )
    if row.word and row.measure == "likelihood":
        yield rows.problem(
            place, "measure", "wrong-form", "a word stands for a ratio, not for a likelihood",
            value=row.measure, fix="leave measure empty, or write low and high",
        )  # fmt: skip


def _whole_item(
    rows: Rows, own: list[tuple[int, Likelihood]], answers: list[Hypothesis]
) -> Iterator[Problem]:
    """One item of one question: every hypothesis judged once, in one measure."""
    place, first = own[0]
    seen: dict[str, int] = {}
    for at, row in own:
        if row.hypothesis in seen:
            line = rows.raw.line(seen[row.hypothesis], "hypothesis")
            what = f"{row.item} is judged under {row.hypothesis} on line {line} already"
            yield rows.problem(
                at, "hypothesis", "duplicate-key", what, value=row.hypothesis, fix="delete one"
            )
        seen.setdefault(row.hypothesis, at)
    ratios = [bool(row.word) or row.measure == "ratio" for _, row in own]
    if any(ratios) and not all(ratios):
        what = f"{first.item} has both ratios and likelihoods in {first.question}"
        yield rows.problem(place, "measure", "wrong-form", what, fix="use one of the two for all hypotheses")
        return
    left = [one.id for one in answers if one.id not in seen]
    if not any(ratios) and left:
        yield rows.problem(
            place,
            "hypothesis",
            "missing-likelihood",
            f"{first.item} has no likelihood under {', '.join(left)}",
            fix="imagine that it is true and say how probable the item then is, 0 to 1 if that cannot be said",
        )
    if all(ratios) and not left and answers:
        yield rows.problem(
            place,
            "hypothesis",
            "nothing-to-compare",
            f"{first.item} has a ratio for every hypothesis of {first.question}",
            fix="delete the row of the one that the others are compared with",
        )


def _reaches(
    tables: Tables, cells: Mapping[tuple[str, str], list[tuple[int, Likelihood]]]
) -> Iterator[Problem]:
    """Reach, which belongs to a search that found nothing, given to something that was found."""
    rows = tables["likelihoods"]
    absent = {row.id for row in tables["evidence"].nouns if row.found == "searched, nothing found"}
    absent |= {row.id for row in tables["packages"].nouns if row.members and absent.issuperset(row.members)}
    for (_, item), own in cells.items():
        for place, row in own:
            if item and item not in absent and (row.reach_low is not None or row.reach_high is not None):
                column = "reach_low" if row.reach_low is not None else "reach_high"
                what = f"{item} was found, and reach is of a search that found nothing"
                yield rows.problem(place, column, "wrong-form", what, fix="leave reach empty")


def _shared(
    tables: Tables, cells: Mapping[tuple[str, str], list[tuple[int, Likelihood]]]
) -> Iterator[Problem]:
    """Passages in two packages that count in one question."""
    rows = tables["packages"]
    weighed: dict[str, set[str]] = defaultdict(set)
    for question, item in cells:
        weighed[question].add(item)
    for question, items in weighed.items():
        home: dict[str, str] = {}
        for place, row in enumerate(rows.nouns):
            inside = [member for member in row.members if member in items or row.id in items]
            here = row.id in items or (
                len(inside) > 1 and row.how != "joint" and (not row.questions or question in row.questions)
            )
            for member in inside if here else ():
                if member in home and home[member] != row.id:
                    what = f"{member} counts in {question} within two packages, {home[member]} and {row.id}"
                    yield rows.problem(
                        place, "members", "counted-twice", what, value=member,
                        fix="leave it in one of them, or say in questions where each package counts",
                    )  # fmt: skip
                home.setdefault(member, row.id)


def _packages(
    tables: Tables, cells: Mapping[tuple[str, str], list[tuple[int, Likelihood]]]
) -> Iterator[Problem]:
    """Packages that count in no question, and passages that count twice."""
    rows = tables["packages"]
    weighed: dict[str, set[str]] = defaultdict(set)
    for question, item in cells:
        weighed[question].add(item)
    for place, row in enumerate(rows.nouns):
        whole = [question for question, items in weighed.items() if row.id in items]
        parts = [question for question, items in weighed.items() if len(items & set(row.members)) > 1]
        for question in whole:
            if twice := sorted(weighed[question] & set(row.members)):
                what = f"{', '.join(twice)} counts in {question} alone and within {row.id}"
                fix = "delete its own likelihoods, or those of the package"
                yield rows.problem(place, "members", "counted-twice", what, value="; ".join(twice), fix=fix)
        if not whole and (row.how == "joint" or not parts):
            what = (
                f"the package {row.id} is joint and no question has likelihoods of it as a whole"
                if row.how == "joint"
                else f"no question weighs {row.id}, nor two of its passages"
            )
            yield rows.problem(
                place, "members", "unweighed-package", what, value=row.id,
                fix="add it, or its passages, to likelihoods.csv; or delete it",
            )  # fmt: skip

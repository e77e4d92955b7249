"""A slow twin of the verdicts on rivals: one world at a time, month by month, straight from the rule in words."""

from __future__ import annotations

from itertools import combinations, pairwise


def months(window):
    year, month = window.start.year, window.start.month
    while (year, month) <= (window.end.year, window.end.month):
        yield year, month
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def said_in(expectations, unit, period, year, month):
    """The word or levels of a month; None where nothing is said."""
    word = told_in(expectations, unit, period, year, month)
    return None if word == "open" else word


def lacking(expectations, cases, year_month):
    """Whether of each case something would be said, did the record not leave one of them open."""
    words = [told_in(expectations, *case, *year_month) for case in cases]
    return None not in words and "open" in words


def told_in(expectations, unit, period, year, month):
    """The word or levels of a month, or that it is open; None where nothing is said."""
    for one in expectations:
        if (one.unit, one.period) != (unit, period):
            continue
        if one.span is not None:
            day = (year, month, 15)
            first, last = one.span.start, one.span.end
            if not (first.year, first.month, first.day) <= day <= (last.year, last.month, last.day):
                continue
        if one.expects == "silent":
            return None
        return one.expects if one.expects != "levels" else tuple(one.levels)
    return None


def cell(expectations, unit, period, units, window, level, scale):
    """The verdict on one case; *level* maps a case to its level or None."""
    seen = {}
    for year, month in months(window):
        word = said_in(expectations, unit, period, year, month)
        if word is not None:
            others = tuple(
                other
                for other in units
                if other != unit and said_in(expectations, other, period, year, month) is not None
            )
            seen.setdefault(word, set()).add(others)
    if not seen:
        return (
            "no data" if any(lacking(expectations, [(unit, period)], m) for m in months(window)) else "silent"
        )
    own = level[unit, period]
    if own is None:
        return "no data"
    if len(seen) > 1:
        return "changes within the period"
    ((word, groups),) = seen.items()
    rank, top = scale.index(own), len(scale) - 1
    if isinstance(word, tuple):
        if set(word) == set(scale):
            return "silent"
        return "fits" if own in word else "fails"
    if word == "no difference":
        return "does not discriminate"
    if word in ("high", "low"):
        if rank * 2 == top:
            return "does not discriminate"
        return "fits" if (rank * 2 > top) == (word == "high") else "fails"
    results = []
    for others in groups:
        if not others:
            results.append("does not discriminate")
            continue
        ranks = [level[other, period] for other in others]
        known = [scale.index(other) for other in ranks if other is not None]
        right = all(rank > other if word == "higher" else rank < other for other in known)
        results.append("fails" if not right else "no data" if len(known) < len(ranks) else "fits")
    for verdict in ("fails", "no data", "fits", "does not discriminate"):
        if verdict in results:
            return verdict
    raise AssertionError(results)


def order(one, two, scale):
    """Signs left possible between two words of one month; None where nothing is said of them."""
    if one is None or two is None:
        return None
    up = {"higher": ">", "lower": "<"}
    down = {"higher": "<", "lower": ">"}
    if one in up and two in up:
        return up[one] if one != two else None
    if one in up:
        return up[one]
    if two in up:
        return down[two]
    if "no difference" in (one, two):
        return "none"
    if one == two and not isinstance(one, tuple):
        return "="
    top = len(scale) - 1

    def levels(word):
        if isinstance(word, tuple):
            return [scale.index(level) for level in word]
        return [rank for rank in range(top + 1) if (rank * 2 > top if word == "high" else rank * 2 < top)]

    signs = {">" if a > b else "<" if a < b else "=" for a in levels(one) for b in levels(two)}
    return None if len(signs) == 3 else "".join(sorted(signs))


def compare(level, one, two, scale):
    if level[one] is None or level[two] is None:
        return None
    a, b = scale.index(level[one]), scale.index(level[two])
    return ">" if a > b else "<" if a < b else "="


def held(wanted, observed):
    if wanted is None:
        return "silent"
    if observed is None:
        return "no data"
    if wanted == "none":
        return "does not discriminate"
    if observed in wanted:
        return "fits"
    return "does not discriminate" if wanted == "=" else "fails"


def expectations_of_a_month(expectations, units, periods):
    """Whether of some month something is written, be it only silence."""
    return any(
        one.span is None
        or any(
            (one.span.start.year, one.span.start.month, one.span.start.day)
            <= (*m, 15)
            <= (one.span.end.year, one.span.end.month, one.span.end.day)
            for m in months(periods[one.period])
        )
        for one in expectations
    )


def judge(expectations, units, periods, level, scale):
    """Verdicts on cells and contrasts by name, and the overall verdict."""
    cells = {
        f"{unit}-{period}": cell(expectations, unit, period, units, window, level, scale)
        for unit in units
        for period, window in periods.items()
    }
    pairs, explained = {}, False
    for period, window in periods.items():
        for a, b in combinations(units, 2):
            wanted = {
                found
                for year, month in months(window)
                if (
                    found := order(
                        said_in(expectations, a, period, year, month),
                        said_in(expectations, b, period, year, month),
                        scale,
                    )
                )
                is not None
            }
            observed = compare(level, (a, period), (b, period), scale)
            name = f"{a}-{period} : {b}-{period}"
            if len(wanted) > 1:
                pairs[name] = "no data" if observed is None else "changes within the period"
            else:
                pairs[name] = held(wanted.pop() if wanted else None, observed)
            explained |= pairs[name] == "fits" and observed in (">", "<")
            if pairs[name] == "silent" and any(
                lacking(expectations, [(a, period), (b, period)], m) for m in months(window)
            ):
                pairs[name] = "no data"
    ranked = list(periods)
    for unit in units:
        for before, after in pairwise(ranked):
            words = [
                {
                    word
                    for year, month in months(periods[period])
                    if (word := said_in(expectations, unit, period, year, month)) is not None
                }
                for period in (after, before)
            ]
            relative = ("higher", "lower")
            wanted = {
                found
                for a in words[0]
                for b in words[1]
                if a not in relative and b not in relative and (found := order(a, b, scale)) is not None
            }
            observed = compare(level, (unit, after), (unit, before), scale)
            name = f"{unit}-{after} : {unit}-{before}"
            if wanted and (len(wanted) > 1 or len(words[0]) > 1 or len(words[1]) > 1):
                pairs[name] = "no data" if observed is None else "changes within the period"
            else:
                pairs[name] = held(wanted.pop() if wanted else None, observed)
            explained |= pairs[name] == "fits" and observed in (">", "<")
            told = [
                {told_in(expectations, unit, period, *m) for m in months(periods[period])} - {None}
                for period in (after, before)
            ]
            if pairs[name] == "silent" and all(told) and "open" in told[0] | told[1]:
                pairs[name] = "no data"
    every = [*cells.values(), *pairs.values()]
    if "fails" in every:
        overall = "fails in part" if "fits" in every else "fails"
    elif explained:
        overall = "fits"
    elif "fits" in every or "does not discriminate" in every:
        overall = "does not discriminate"
    elif "changes within the period" in every:
        overall = "changes within the period"
    elif "no data" in every:
        overall = "no data"
    elif not expectations_of_a_month(expectations, units, periods):
        overall = "nothing predicted"
    else:
        overall = "silent"
    return cells, pairs, overall

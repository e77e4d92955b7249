"""Theory evaluation and choice of cases as a script for R, with the packages QCA and SetMethods.

Names and numbers of arguments follow the reference manual of SetMethods 4.1 (``theory.evaluation``, ``smmr``).
"""

from __future__ import annotations

from collections.abc import Iterator

from concausa.core.visible import one_line
from concausa.expr.algebra import expand
from concausa.expr.tree import And, Constant, Expression, Name, Not, Or
from concausa.qca.evaluation.theory_evaluation import TheoryEvaluation
from concausa.qca.model import Model
from concausa.qca.r_script import r_script
from concausa.qca.r_text import r_names, r_string

_END = "sessionInfo()"

#: What ``smmr`` gives by its argument ``cases``, for single cases and for pairs.
_SINGLES = {2: "typical, by conjunct", 3: "deviant in consistency", 4: "deviant in coverage", 5: "irrelevant"}
_PAIRS = {
    1: "two typical cases",
    2: "typical and irrelevant",
    3: "typical and deviant in consistency",
    4: "deviant in coverage and irrelevant",
}


def r_evaluation_script(found: TheoryEvaluation, *, title: str = "", model: int | None = 0) -> str:
    """A script that repeats the solution, holds the theories against its models, and chooses cases.

    What the packages cannot be asked is said in a comment where it belongs.

    Parameters
    ----------
    found : TheoryEvaluation
    title : str
        For the first line.
    model : int, optional
        Place of the model after which cases are chosen; None for none.

    Raises
    ------
    OptionError
        As :func:`concausa.qca.r_script.r_script`.

    Examples
    --------
    >>> from concausa.qca.minimize import minimize
    >>> from concausa.qca.truth_table import truth_table
    >>> from concausa.qca.evaluation.theory_evaluation import evaluate_theory
    >>> table = truth_table({"A": [1, 0], "B": [1, 1], "Y": [1, 0]}, outcome="Y", conditions=["A", "B"])
    >>> script = r_evaluation_script(evaluate_theory(minimize(table), "A"))
    >>> 'theory.evaluation(theory = "A", empirics = tt.s1, outcome = "Y", sol = 1' in script
    True
    """
    table = found.models[0].truth_table
    solutions = [found.solution] if found.solution is not None else []
    script = r_script(table, solutions, title=title or "Theory evaluation and choice of cases")
    body, end, _ = script.rpartition(_END)
    return "\n".join([body.rstrip("\n"), "", *_added(found, model), "", end, ""])


def _added(found: TheoryEvaluation, chosen: int | None) -> Iterator[str]:
    table = found.models[0].truth_table
    yield "# ---- Theory evaluation and choice of cases ----"
    yield '# Needs the package SetMethods: install.packages("SetMethods"). Arguments as in its manual, version 4.1.'
    if found.solution is None:
        yield "# NOT REPRODUCED: the models were given without their solution."
        return
    if any(factor.kind == "multi-value" for factor in table.conditions) or table.explained.value is not None:
        yield "# NOT REPRODUCED: the manual does not say how conditions with categories are written."
        return
    yield "library(SetMethods)"
    names = r_names([factor.name for factor in table.data.factors])
    outcome = r_string(names[table.explained.name])
    several = found.solution.n_models > 1
    if several:
        yield "# The models may come in another order in R: look which is meant before comparing."
    for place, model in enumerate(found.models, start=1):
        sol = _sol(found, model, place)
        if several:
            yield f"# M{place}: {one_line(model.expression)}"
        for theory in found.theories:
            written = _written(expand(theory.tree), names)
            if written is None:
                yield f"# NOT REPRODUCED: the theory {one_line(theory.label)} holds of every case, or of none."
                continue
            yield f"# Theory {one_line(str(theory))}"
            yield (
                f"theory.evaluation(theory = {r_string(written)}, empirics = tt.s1, outcome = {outcome}, "
                f"sol = {sol}, print.fit = TRUE, consH = TRUE)"
            )
        if place - 1 == chosen:
            yield from _cases(model, outcome, sol)


def _cases(model: Model, outcome: str, sol: str) -> Iterator[str]:
    yield "# Cases and pairs; here uniquely covered cases come first, then ranks, then values."
    start = f"smmr(results = tt.s1, outcome = {outcome}, sol = {sol}, "
    terms = range(1, len(model) + 1)
    for match, kinds in (("FALSE", _SINGLES), ("TRUE", _PAIRS)):
        for number, told in kinds.items():
            yield f"# {told}"
            by_term = number == 2 or (match == "TRUE" and number == 1)
            for term in terms if by_term else (None,):
                more = "" if term is None else f", term = {term}"
                yield f"{start}match = {match}, cases = {number}{more})"


def _sol(found: TheoryEvaluation, model: Model, place: int) -> str:
    """Which model is meant: its number, or for an intermediate one ``c1p1i1``."""
    if found.solution is None or found.solution.kind != "intermediate" or not found.solution.expected:
        return str(place)
    (conservative, parsimonious), *_ = model.pairs or ((0, 0),)
    alike = [one for one in found.models if (conservative, parsimonious) in one.pairs]
    number = alike.index(model) + 1 if model in alike else place
    return r_string(f"c{conservative + 1}p{parsimonious + 1}i{number}")


def _written(expression: Expression, names: dict[str, str]) -> str | None:
    """A sum of conjunctions over the names of R; None for a constant."""
    match expression:
        case Constant():
            return None
        case Or(parts):
            return " + ".join(_written(part, names) or "" for part in parts)
        case And(parts):
            return "*".join(_written(part, names) or "" for part in parts)
        case Not(Name(name)):
            return f"~{names[name]}"
        case Name(name):
            return names[name]
    return None

"""Claims that no levels could make otherwise, by hand and against every level that one case may have."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from tests.audit.findings.rested import rested
from tests.report.claimed import claimed

from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings.by_form import by_form
from concausa.audit.findings.findings import findings
from concausa.audit.findings.limits import limits
from concausa.audit.worlds.worlds import worlds
from concausa.study.checker import check
from concausa.study.study import Study
from concausa.theory.choice import Choice
from concausa.theory.claim import Claim
from concausa.theory.condition import Condition

YES, NO = Verdict.SUPPORTED, Verdict.CONTRADICTED


def claim(kind: str, **fields: Any) -> Claim:
    return Claim(**{"id": "K", "text": "K", "kind": kind} | fields)


@pytest.mark.parametrize(
    ("one", "form"),
    [
        (claim("necessary", when="Y=many", outcome="Y=many"), YES),
        (claim("necessary", when="Y>=few", outcome="Y=many"), YES),
        (claim("necessary", when="A", outcome="Y=many"), None),
        (claim("sufficient", when="A*~A", outcome="Y=many"), YES),
        (claim("sufficient", when="Y=many", outcome="Y<=few"), None),
        (claim("individually insufficient", when="Y=many", outcome="Y=many"), NO),
        (claim("individually insufficient", when="A", outcome="Y=many"), None),
        (claim("necessary", when="Y=many", outcome="Y=many", under="A"), YES),
        (claim("necessary", when="A", outcome="Y=many", under="A"), YES),
        (claim("ordering", states="N-1.A >= low"), YES),
        (claim("ordering", states="N-1.A = S-1.A or N-1.A != S-1.A"), YES),
        (claim("ordering", states="N-1.A < S-1.A and N-1.A > S-1.A"), NO),
        (claim("ordering", states="N-1.A < S-1.A"), None),
        (claim("ordering", states="[A].Y > [~A].Y"), None),
        (claim("sequence", states="law before club"), None),
        (claim("INUS", when="A + ~A", part="A", outcome="Y=many"), None),
        (claim("other"), None),
    ],
)
def test_what_no_levels_could_make_otherwise_is_told(one: Claim, form: Verdict | None) -> None:
    assert by_form(worlds(rested()), one) is form


def test_a_fuzzy_test_may_contradict_what_crisp_sets_cannot() -> None:
    fuzzy = Choice(id="test", kind="test", label="", options=("crisp", "fuzzy 0.9"))
    one = claim("sufficient", when="A*~A", outcome="Y=many")
    assert by_form(worlds(rested()), one) is YES
    assert by_form(worlds(rested(choices=(fuzzy,))), one) is None


def every_case(study: Study) -> list[dict[str, str]]:
    scales = {row.id: row.levels for row in study.conditions}
    return [dict(zip(scales, levels, strict=True)) for levels in product(*scales.values())]


@pytest.mark.parametrize("when", ["A=high", "A>=high", "A=low + A=high", "Y=many", "Y<many", "A=high*Y=many"])
@pytest.mark.parametrize("outcome", ["Y=many", "Y>=few", "A=low", "A<high"])
def test_laws_agree_with_a_look_at_every_case(when: str, outcome: str) -> None:
    study = rested()

    def holds(text: str, case: dict[str, str]) -> bool:
        return any(
            all(_atom(atom, case, study.conditions) for atom in term.split("*")) for term in text.split(" + ")
        )

    for kind, first, then in (("sufficient", when, outcome), ("necessary", outcome, when)):
        always = all(holds(then, case) for case in every_case(study) if holds(first, case))
        assert (by_form(worlds(study), claim(kind, when=when, outcome=outcome)) is YES) == always


def _atom(text: str, case: dict[str, str], conditions: tuple[Condition, ...]) -> bool:
    for sign in (">=", "<", "="):
        if sign in text:
            name, _, level = text.partition(sign)
            scale = next(row.levels for row in conditions if row.id == name)
            own, other = scale.index(case[name]), scale.index(level)
            return {">=": own >= other, "<": own < other, "=": own == other}[sign]
    raise AssertionError(text)


def test_the_limits_of_a_claim_begin_with_its_form() -> None:
    study = claimed().replace(claims=(claim("necessary", when="Y=many", outcome="Y=many"),))
    made = findings(study)
    assert made.of("K").word == "supported in every world"
    first, *_ = limits(study, made.worlds, made.of("K"))
    assert (first.kind, str(first.said)) == (
        "by form",
        "no levels that its cells might have could contradict it: it is true by its form",
    )


def test_a_claim_of_causes_says_that_causes_are_not_tested() -> None:
    study = claimed().replace(claims=(claim("feedback", states="N-1.A > S-1.A"),))
    made = findings(study)
    kinds = [limit.kind for limit in limits(study, made.worlds, made.of("K"))]
    assert kinds == ["no cause", "named cases"]
    (_, named) = limits(study, made.worlds, made.of("K"))
    assert str(named.said) == "it is judged on N-1, S-1 alone; nothing follows for other cases"


def test_a_condition_set_against_itself_is_doubted(tmp_path: Any) -> None:
    study = claimed()
    both = claim("necessary", when="A + Y=many", outcome="Y=many")
    study = study.replace(claims=(*study.claims, both))
    study.save(tmp_path / "study")
    (doubt,) = [one for one in check(tmp_path / "study") if one.kind == "condition-on-both-sides"]
    assert doubt.what == "the claim K speaks of Y in when and in outcome"
    assert doubt.severity == "doubt"

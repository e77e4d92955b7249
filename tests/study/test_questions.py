"""Questions of a study: what cannot be weighed is refused at its place, with the fix."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from concausa.audit.weighed import unasked, weighed, weighed_question, word_scale
from concausa.core.errors import UnknownNameError
from concausa.core.interval import Interval
from concausa.core.problem import Problem
from concausa.study.checker import check
from concausa.study.study import Study
from concausa.tracing.weight import Weight

F = Fraction


def changed(folder: Path, file: str, old: str, new: str) -> list[Problem]:
    """The errors after one text of one file was replaced."""
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return [problem for problem in check(folder) if problem.severity == "error"]


GRANTS = "Q-members.grants,Q-members,Owners joined because grants asked for it.,0.4,0.6"
SALES = 'Q-members.sales,Q-members,"Owners joined to sell together, grants or no grants.",0.4,0.6'


@pytest.mark.parametrize(
    ("file", "old", "new", "kind", "what", "fix"),
    [
        ("hypotheses.csv", GRANTS, "Q-members.grants,Q-memebers,Joined.,,", "dangling-reference",
         "questions has no row 'Q-memebers'", "did you mean Q-members?"),
        ("hypotheses.csv", f"{SALES},,\n", "", "too-few-hypotheses",
         "the question Q-members has one hypothesis; evidence tells at least two apart",
         "name the rival explanation in hypotheses.csv"),
        ("hypotheses.csv", "for it.,0.4,0.6", "for it.,0.4,1.6", "out-of-range",
         "prior_high is 1.6, and must be a number from 0 to 1", "write 0.6 for 60 percent"),
        ("hypotheses.csv", "for it.,0.4,0.6", "for it.,0.6,0.4", "ends-out-of-order",
         "prior_low is 0.6, above prior_high, which is 0.4", "write the lower number first"),
        ("hypotheses.csv", "for it.,0.4,0.6", "for it.,0.7,0.8", "priors-sum",
         "the priors of Q-members sum to something from 1.1 to 1.4, not to 1",
         "one hypothesis is true: let their priors sum to 1, or give the rest to residual_low and residual_high"),
        ("study.toml", 'unit = "NOR"\nnote = "Words', 'unit = "NOR"\nexclusive = false\nnote = "Words',
         "not-exclusive",
         "the hypotheses of Q-members may be true together, and weights of evidence do not add up over such",
         "write their combinations as hypotheses (A and B, A alone, B alone, neither), and leave this out"),
        ("study.toml", 'unit = "NOR"\nnote = "Words', 'unit = "NOR"\nthreshold = 0.5\nnote = "Words',
         "out-of-range", "threshold is 0.5, and must be 1 or more",
         "give the odds that the first hypothesis must pass, such as 3 for three to one"),
        ("likelihoods.csv", "E07,Q-members.grants,more", "E07,Q-members.grants,mor", "unknown-word",
         "'mor' is no word of the scale", "did you mean more?"),
        ("likelihoods.csv", "E07,Q-members.grants,more,,", "E07,Q-members.grants,,,", "missing-value",
         "nothing says how far it is expected", "write a word, or low and high"),
        ("likelihoods.csv", "E07,Q-members.grants,more,,", "E07,Q-members.grants,more,0.5,", "stated-twice",
         "a word and numbers both say how far it is expected", "delete one of them"),
        ("likelihoods.csv", "L4,Q-members,E03,Q-members.sales,,0.3,0.7,,,,,Half may have joined for the sales as well.,\n",
         "", "missing-likelihood", "E03 has no likelihood under Q-members.sales",
         "imagine that it is true and say how probable the item then is, 0 to 1 if that cannot be said"),
        ("likelihoods.csv", ",0.4,0.7,", ",0.4,70,", "out-of-range",
         "high is 70, and must be a number from 0 to 1", "write 0.6 for 60 percent, or set measure to ratio"),
        ("likelihoods.csv", ",0.4,0.7,", ",0.7,0.4,", "ends-out-of-order",
         "low is 0.7, above high, which is 0.4", "write the lower number first"),
        ("likelihoods.csv", "E03,Q-members.sales,,0.3,0.7,", "E03,Q-members.sales,more,,,", "wrong-form",
         "E03 has both ratios and likelihoods in Q-members", "use one of the two for all hypotheses"),
        ("likelihoods.csv", "E07,Q-members.grants,more,,,,,,", "E07,Q-members.grants,more,,,,0.5,,", "wrong-form",
         "E07 was found, and reach is of a search that found nothing", "leave reach empty"),
        ("likelihoods.csv", "Q-members,E01,Q-members.grants", "Q-members,E07,Q-members.grants", "duplicate-key",
         "E07 is judged under Q-members.grants on line 2 already", "delete one"),
        ("likelihoods.csv", "Q-members,E01,Q-members.grants", "Q-members,E07,Q-members.sales",
         "nothing-to-compare", "E07 has a ratio for every hypothesis of Q-members",
         "delete the row of the one that the others are compared with"),
        ("likelihoods.csv", "E07,Q-members.grants,more,,,,", "E07,Q-members.grants,more,,,likelihood,", "wrong-form",
         "a word stands for a ratio, not for a likelihood", "leave measure empty, or write low and high"),
        ("packages.csv", "E01; E03,bounds", "E01; E99,bounds", "dangling-reference",
         "evidence has no row 'E99'", "did you mean E19?"),
        ("packages.csv", "E01; E03,bounds", "E05; E06,bounds", "unweighed-package",
         "no question weighs PK-post, nor two of its passages",
         "add it, or its passages, to likelihoods.csv; or delete it"),
        ("packages.csv", "E01; E03,bounds", "E01; E03,joint", "unweighed-package",
         "the package PK-post is joint and no question has likelihoods of it as a whole",
         "add it, or its passages, to likelihoods.csv; or delete it"),
        ("likelihoods.csv", "Q-members,E07,", "Q-members,PK-post,", "counted-twice",
         "E01, E03 counts in Q-members alone and within PK-post",
         "delete its own likelihoods, or those of the package"),
    ],
)  # fmt: skip
def test_what_cannot_be_weighed_is_refused_at_its_place(
    folder: Path, file: str, old: str, new: str, kind: str, what: str, fix: str
) -> None:
    found = {(problem.kind, problem.what, problem.fix) for problem in changed(folder, file, old, new)}
    assert (kind, what, fix) in found


def test_a_passage_in_two_packages_of_one_question_is_found_by_check(folder: Path) -> None:
    found = changed(
        folder,
        "packages.csv",
        "PK-post,",
        "PK-two,Another report,E01; E07,bounds,,Both of one day.\nPK-post,",
    )
    (problem,) = [problem for problem in found if problem.kind == "counted-twice"]
    assert problem.what == "E01 counts in Q-members within two packages, PK-two and PK-post"
    assert problem.file == "packages.csv"
    assert problem.line == 3
    assert problem.fix == "leave it in one of them, or say in questions where each package counts"


def test_a_hypothesis_of_another_question_is_refused(folder: Path) -> None:
    second = '[[questions]]\nid = "Q-2"\n\n# --- Series'
    changed(folder, "study.toml", "# --- Series", second)
    rows = "Q-2.a,Q-2,One.,,,,\nQ-2.b,Q-2,Other.,,,,\n"
    path = folder / "hypotheses.csv"
    path.write_text(path.read_text("utf-8") + rows, "utf-8")
    found = changed(folder, "likelihoods.csv", "E07,Q-members.grants", "E07,Q-2.a")
    told = [(problem.what, problem.fix) for problem in found if problem.kind == "other-question"]
    assert told == [
        ("Q-2.a answers Q-2, not Q-members", "name one of Q-members.grants, Q-members.sales"),
    ]


def test_words_of_the_study_replace_the_usual_ones(folder: Path) -> None:
    own = '[[wordings]]\nid = "w1"\nword = "rather"\nlow = 1\nhigh = 2\n\n'
    own += '[[wordings]]\nid = "w2"\nword = "far"\nlow = 2\nhigh = 6\n\n# --- Series'
    found = changed(folder, "study.toml", "# --- Series", own)
    assert {problem.value for problem in found if problem.kind == "unknown-word"} == {"more", "slightly more"}
    path = folder / "likelihoods.csv"
    text = path.read_text("utf-8").replace(",slightly more,", ",rather,").replace(",more,", ",far,")
    path.write_text(text, "utf-8")
    study = Study.load(folder)
    assert word_scale(study).words == ("rather", "far")
    lines = weighed_question(study, "Q-members").ledger.lines()
    assert lines[0].weight == Weight(F(2), F(6))


def test_a_scale_whose_words_fall_is_refused(folder: Path) -> None:
    own = '[[wordings]]\nid = "w1"\nword = "more"\nlow = 3\nhigh = 9\n\n'
    own += '[[wordings]]\nid = "w2"\nword = "slightly more"\nlow = 1\nhigh = 2\n\n# --- Series'
    (problem,) = changed(folder, "study.toml", "# --- Series", own)
    assert (problem.kind, problem.what) == (
        "broken-scale",
        "the word 'slightly more' stands for less than 'more' before it",
    )


def test_the_question_of_the_example_adds_up_by_hand(folder: Path) -> None:
    # E07 3 to 10. The package: E01 1 to 3 alone; with E03 (0.4..0.7 over 0.3..0.7) 4/7 to 7. Together 12/7 to 70.
    (one,) = weighed(Study.load(folder))
    assert one.ledger.weight() == Weight(F(12, 7), F(70))
    assert one.ledger.posterior() == Interval(F(8, 15), F(105, 106))  # odds 2/3 * 12/7 and 3/2 * 70
    assert one.ledger.verdict == "more likely than not"
    assert [item.id for item in one.ledger.idle] == ["T-prices"]
    assert [(mechanism.id, unit) for mechanism, unit in unasked(Study.load(folder))] == [
        ("M1", "SUR"),
        ("M2", "NOR"),
        ("M2", "SUR"),
    ]


def test_a_residual_of_the_study_is_a_hypothesis_of_the_ledger(folder: Path) -> None:
    found = changed(
        folder,
        "study.toml",
        'unit = "NOR"\nnote = "Words',
        'unit = "NOR"\nresidual_low = 0.1\nresidual_high = 0.2\nnote = "Words',
    )
    assert found == []
    ledger = weighed_question(Study.load(folder), "Q-members").ledger
    assert ledger.names[-1] == "none of these"
    assert ledger.prior("none of these") == Interval(F(1, 10), F(1, 5))


def test_an_item_that_suggested_a_hypothesis_is_declared_and_told(folder: Path) -> None:
    path = folder / "likelihoods.csv"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("Q-members.grants,more,,,,,,,", "Q-members.grants,more,,,,,,yes,", 1), "utf-8"
    )
    ledger = weighed_question(Study.load(folder), "Q-members").ledger
    (told,) = [str(caveat) for caveat in ledger.caveats if caveat.kind == "suggested"]
    # Without E07: 4/7 to 7 at odds of 2/3 to 3/2: 8/29 = 0.2759 to 21/23 = 0.913.
    assert told.startswith("E07 suggested Q-members.grants: with it Q-members.grants is worth 0.5333 to ")
    assert told.endswith("without it 0.2759 to 0.913")


def test_a_study_saved_and_opened_again_asks_the_same(folder: Path, tmp_path: Path) -> None:
    study = Study.load(folder)
    study.save(tmp_path / "again.xlsx")
    again = Study.load(tmp_path / "again.xlsx")
    for table in ("questions", "hypotheses", "likelihoods", "packages", "traces"):
        assert again.rows(table) == study.rows(table), table


def test_a_question_that_is_not_there_is_refused_with_the_nearest(folder: Path) -> None:
    with pytest.raises(UnknownNameError) as caught:
        weighed_question(Study.load(folder), "Q-member")
    assert (caught.value.what, caught.value.fix) == (
        "there is no question 'Q-member'",
        "did you mean Q-members?",
    )

"""Statements of claims, choices and measures: every slip is told at the door, with its place and its fix."""

from __future__ import annotations

from pathlib import Path

import pytest

from concausa.core.errors import OptionError
from concausa.core.problem import Problem
from concausa.study.checker import check
from concausa.study.study import Study
from concausa.theory.claim import KINDS, requires


def errors(folder: Path) -> list[Problem]:
    return [problem for problem in check(folder) if problem.severity == "error"]


def add(folder: Path, table: str, **cells: str | list[str]) -> None:
    """One more row of study.toml."""
    path = folder / "study.toml"
    lines = [f"{name} = {cell!r}".replace("'", '"') for name, cell in cells.items() if '"' not in str(cell)]
    lines += [f"{name} = '{cell}'" for name, cell in cells.items() if '"' in str(cell)]
    path.write_text(path.read_text("utf-8") + f"\n[[{table}]]\n" + "\n".join(lines) + "\n", "utf-8")


def only(folder: Path, table: str) -> None:
    """Take out the rows of a table that the example has."""
    path = folder / "study.toml"
    head, *rows = path.read_text("utf-8").split("\n[[")
    path.write_text(head + "".join(f"\n[[{row}" for row in rows if not row.startswith(f"{table}]]")), "utf-8")


CLAIM = {"id": "K-new", "text": "New."}
CHOICE = {"id": "new", "label": "New."}
MEASURE = {"id": "new", "condition": "UP", "label": "New."}

#: Columns of a claim, then column, kind, value, what and fix of the only error.
CLAIMS = [
    ({"kind": "necessary", "when": "ADM*COP", "outcome": "UP=high"},
     "when", "unknown-condition", "COP", "there is no condition 'COP', named in ADM*COP", "did you mean COOP?"),
    ({"kind": "necessary", "when": "ADM", "outcome": "UP=hihg"},
     "outcome", "unknown-level", "hihg", "'hihg' is not a level of UP", "did you mean high?"),
    ({"kind": "necessary", "when": "ADM", "outcome": "UP=high", "under": "GOV>>low"},
     "under", "broken-expression", "GOV>>low", 'expected a level after ">", found ">", at character 5', ""),
    ({"kind": "necessary", "when": "ADM"},
     "outcome", "missing-value", "", "a claim of the kind necessary that has when needs outcome as well",
     'add it, such as outcome = "Y>=moderate"'),
    ({"kind": "substitution", "when": "ADM", "outcome": "UP=high"},
     "part", "missing-value", "", "a claim of the kind substitution that has when needs part as well",
     'add it, such as part = "EL"'),
    ({"kind": "sufficient", "when": "ADM", "outcome": "UP=high", "part": "GOV"},
     "part", "wrong-form", "GOV", "a claim of the kind sufficient has no part",
     "delete it, or choose a kind that has it: INUS, substitution"),
    ({"kind": "ordering", "when": "ADM", "outcome": "UP=high"},
     "when", "wrong-form", "ADM", "a claim of the kind ordering is no relation of sets, and has no when",
     'state it by a sentence, such as states = "NL-1.BC < NL-2.BC", or choose another kind'),
    ({"kind": "necessary", "when": "ADM", "outcome": "UP=high", "states": "check N1"},
     "states", "stated-twice", "check N1",
     "the claim is stated twice, by when and outcome and by a sentence", "delete states, or delete when, outcome"),
    ({"kind": "INUS", "when": "ADM*COOP + GOV*COOP", "outcome": "UP=high", "part": "ADM*GOV"},
     "part", "wrong-form", "ADM*GOV", "ADM*GOV is part of no term of ADM*COOP + GOV*COOP", None),
    ({"kind": "INUS", "when": "(ADM + GOV)*COOP", "outcome": "UP=high", "part": "ADM"},
     "when", "wrong-form", "(ADM + GOV)*COOP", "(ADM + GOV)*COOP is no sum of terms", None),
    ({"kind": "level", "states": "NOR-1.ADM == high"},
     "states", "broken-sentence", "NOR-1.ADM == high",
     'expected a level or a cell after "=", found "=", at character 12', ""),
    ({"kind": "level", "states": "NOX-1.ADM = high"},
     "states", "dangling-reference", "NOX-1", "there is no case 'NOX-1'", "did you mean NOR-1?"),
    ({"kind": "level", "states": "NOR-1.ADN = high"},
     "states", "unknown-condition", "ADN", "there is no condition 'ADN'", "did you mean ADM?"),
    ({"kind": "level", "states": "NOR-1.ADM = hihg"},
     "states", "unknown-level", "hihg", "'hihg' is not a level of ADM", "did you mean high?"),
    ({"kind": "ordering", "states": "[AMD].UP > [~ADM].UP"},
     "states", "unknown-condition", "AMD", "there is no condition 'AMD', named in AMD", "did you mean ADM?"),
    ({"kind": "typology", "states": "NOR-1 in jiont"},
     "states", "dangling-reference", "jiont", "there is no pattern 'jiont'", "did you mean joint?"),
    ({"kind": "typology", "states": "NOR-1 in ADM"},
     "states", "dangling-reference", "ADM", "there is no pattern 'ADM'",
     "name a pattern, or write an expression in brackets: NOR-1 in [ADM]"),
    ({"kind": "sequence", "states": "EV1 before EV1x"},
     "states", "dangling-reference", "EV1x", "there is no event 'EV1x'", "did you mean EV1?"),
    ({"kind": "sequence", "states": "EV1 before 2004"},
     "states", "dangling-reference", "2004", "there is no event '2004'",
     "name an event; a date stands in double quotes, a period after the word period"),
    ({"kind": "sequence", "states": "EV1 within period 3"},
     "states", "dangling-reference", "3", "there is no period '3'", "add it to periods, or correct the name"),
    ({"kind": "sequence", "states": 'EV1 before "2004-02-30"'},
     "states", "broken-sentence", 'EV1 before "2004-02-30"',
     "30 February 2004 does not exist, at character 12", None),
    ({"kind": "number", "states": "check N1x"},
     "states", "dangling-reference", "N1x", "there is no check 'N1x'", "did you mean N1?"),
    ({"kind": "number", "states": "number(nor_founds_1) > number(1)"},
     "states", "dangling-reference", "nor_founds_1", "there is no fact 'nor_founds_1'", "did you mean nor_funds_1?"),
    ({"kind": "number", "states": "number(boats[NOX, 2010]) > number(1 {boat})"},
     "states", "dangling-reference", "NOX", "there is no unit 'NOX'", "did you mean NOR?"),
]  # fmt: skip

#: The same for choices; the last cell of a row says which rows of the example have to go first.
CHOICES = [
    ({"kind": "levels", "options": ["cell by cell", "by palce"]},
     "options", "unknown-option", "by palce", "a choice of the kind levels has no option 'by palce'",
     "did you mean by place?"),
    ({"kind": "medium", "options": ["jointly", "jointly"]},
     "options", "duplicate-key", "jointly", "the option 'jointly' stands twice", "delete one of them"),
    ({"kind": "shadow", "options": ["without"], "terms": ["T-NOR-1"]},
     "terms", "wrong-form", "T-NOR-1", "a choice of the kind shadow has no terms", "delete them"),
    ({"kind": "outcome", "options": ["label", "per-baot"]},
     "options", "unknown-option", "per-baot", "a choice of the kind outcome has no option 'per-baot'",
     "did you mean per-boat?"),
    ({"kind": "boundary", "options": ["2005/2006", "2005"]},
     "options", "unknown-option", "2005", "'2005' is not the last year of one period and the first of the next",
     "write it like 2007/2008"),
    ({"kind": "boundary", "options": ["2005/2006", "2010/2011"]},
     "options", "wrong-form", "2010/2011", "2010/2011 leaves a period without a year",
     "choose years from 2001 to 2010"),
    ({"kind": "boundary", "options": ["2004/2005", "2005/2006"]},
     "options", "wrong-form", "2004/2005",
     "the first option is 2004/2005, and the study's own boundary is 2005/2006", "start with 2005/2006"),
    ({"kind": "grain", "options": ["period", "governor"]},
     "terms", "missing-value", "", "terms must not be empty where an office is an option",
     "name the office terms that become cases"),
    ({"kind": "grain", "options": ["period", "governer", "governor"], "terms": ["T-NOR-1"]},
     "options", "unknown-option", "governer", "a choice of the kind grain has no option 'governer'",
     "did you mean governor?"),
    ({"kind": "grain", "options": ["period"], "terms": ["T-NOR-1"]},
     "terms", "wrong-form", "T-NOR-1", "T-NOR-1 is of the office governor, which is no option",
     "add it to options"),
    ({"kind": "grain", "options": ["period", "governor"], "terms": ["T-NOR-1x"]},
     "terms", "dangling-reference", "T-NOR-1x", "terms has no row 'T-NOR-1x'", "did you mean T-NOR-1?"),
    ({"kind": "test", "options": ["crisp", "fuzzy"]},
     "options", "unknown-option", "fuzzy", "'fuzzy' is no test",
     "write crisp, or fuzzy with a least consistency such as fuzzy 0.9"),
    ({"kind": "test", "options": ["crisp", "fuzzy 0.3"]},
     "options", "unknown-option", "fuzzy 0.3", "'fuzzy 0.3' is no test",
     "write crisp, or fuzzy with a least consistency such as fuzzy 0.9"),
    ({"kind": "number", "options": ["nor_boats", "nor_baots"]},
     "options", "dangling-reference", "nor_baots", "there is no fact 'nor_baots'", "did you mean nor_boats?"),
    ({"kind": "number", "options": ["nor_boats", "nor_boats > 3"]},
     "options", "broken-formula", "nor_boats > 3", "nor_boats > 3 is a comparison, and no number",
     "leave one side of it"),
    ({"kind": "number", "options": ["nor_boats /"]},
     "options", "broken-formula", "nor_boats /",
     'expected a number, fact or "(", found "the end", at character 12', None),
    ({"id": "nor_boats", "kind": "number", "options": ["sur_boats"]},
     "id", "ambiguous-id", "nor_boats", "nor_boats is also a row of facts; a formula could mean either",
     "use another id"),
    ({"id": "new-boats", "kind": "number", "options": ["sur_boats"]},
     "id", "bad-id", "new-boats",
     "a name used in formulas holds letters, digits and _ only, and starts with a letter", None),
]  # fmt: skip

WELL = {"values": ["NOR-1=nor_funds_1"], "measured_in": "million crown", "cuts": ["medium>=1, high>=2"]}
MEASURES = [
    ({}, "values", "missing-value", "",
     "a measure has values, or says in missing what the text does not give", None),
    ({"values": ["NOR-1=nor_boats"], "measured_in": "boat"}, "cuts", "missing-value", "", "a measure with values needs a cut", None),
    ({**WELL, "values": ["NOR-1"]}, "values", "broken-formula", "NOR-1", "'NOR-1' is not CASE=FORMULA", None),
    ({**WELL, "values": ["NOX-1=nor_funds_1"]},
     "values", "dangling-reference", "NOX-1", "there is no case 'NOX-1'", "did you mean NOR-1?"),
    ({**WELL, "values": ["NOR-1=nor_funds_1", "NOR-1=nor_funds_2"]},
     "values", "duplicate-key", "NOR-1=nor_funds_2", "the case NOR-1 has two values", "delete one of them"),
    ({**WELL, "values": ["NOR-1=nor_founds_1"]},
     "values", "dangling-reference", "nor_founds_1", "there is no fact 'nor_founds_1'", "did you mean nor_funds_1?"),
    ({**WELL, "cuts": ["medium>=1"]},
     "cuts", "broken-cut", "medium>=1", "there is no value for high", "add high>=NUMBER"),
    ({**WELL, "cuts": ["low>=0, medium>=1, high>=2"]},
     "cuts", "broken-cut", "low>=0, medium>=1, high>=2", "the lowest level, low, has no least value", None),
    ({**WELL, "cuts": ["medium>=1, hihg>=2"]},
     "cuts", "broken-cut", "medium>=1, hihg>=2", "'hihg' is no level of the scale", "did you mean high?"),
    ({**WELL, "cuts": ["medium>=2, high>=1"]},
     "cuts", "broken-cut", "medium>=2, high>=1", "the values do not rise with the levels",
     "let them rise in the order medium, high"),
    ({**WELL, "cuts": ["medium>=20%, high>=120%"]},
     "cuts", "broken-cut", "medium>=20%, high>=120%", "120% lies outside 0 to 100", None),
    ({**WELL, "cuts": ["medium over 1, high>=2"]},
     "cuts", "broken-cut", "medium over 1, high>=2", "'medium over 1' is not LEVEL>=NUMBER",
     "write it like medium>=100, high>=200"),
    ({**WELL, "id": "label"},
     "id", "ambiguous-id", "label", "label means the coded level, and can be no measure", "use another id"),
]  # fmt: skip


def _only_error(folder: Path, column: str, kind: str, value: str, what: str, fix: str | None) -> None:
    (problem,) = errors(folder)
    told = (problem.file, problem.column, problem.kind, problem.value, problem.what)
    assert told == ("study.toml", column, kind, value, what)
    assert problem.fix == fix if fix is not None else problem.fix
    if value:
        line = (folder / "study.toml").read_text("utf-8").splitlines()[problem.line - 1]
        assert line.startswith(f"{column} = ")


@pytest.mark.parametrize(("cells", "column", "kind", "value", "what", "fix"), CLAIMS)
def test_a_claim_that_cannot_be_tested_as_written_is_refused(
    folder: Path, cells: dict[str, str], column: str, kind: str, value: str, what: str, fix: str | None
) -> None:
    add(folder, "claims", **(CLAIM | cells))
    _only_error(folder, column, kind, value, what, fix)


@pytest.mark.parametrize(("cells", "column", "kind", "value", "what", "fix"), CHOICES)
def test_a_choice_between_what_cannot_be_chosen_is_refused(
    folder: Path, cells: dict[str, str], column: str, kind: str, value: str, what: str, fix: str | None
) -> None:
    only(folder, "choices")
    add(folder, "choices", **(CHOICE | cells))
    _only_error(folder, column, kind, value, what, fix)


@pytest.mark.parametrize(("cells", "column", "kind", "value", "what", "fix"), MEASURES)
def test_a_measure_that_gives_no_levels_is_refused(
    folder: Path, cells: dict[str, str], column: str, kind: str, value: str, what: str, fix: str | None
) -> None:
    add(folder, "measures", **(MEASURE | cells))
    _only_error(folder, column, kind, value, what, fix)


SOUND = [
    {"kind": "necessary", "when": "ADM + COOP>=medium", "outcome": "UP>=medium", "under": "GOV"},
    {"kind": "INUS", "when": "ADM*COOP + ~GOV*COOP", "part": "~GOV", "outcome": "UP=high"},
    {"kind": "substitution", "when": "COOP", "part": "GOV", "outcome": "UP=high", "under": "ADM"},
    {"kind": "typology", "when": "ADM*~COOP", "outcome": "UP=medium"},
    {"kind": "necessary", "states": "NOR-1.ADM >= NOR-2.COOP"},
    {"kind": "other", "states": "[ADM].UP >= [~ADM].UP and not SUR-2 in joint or SUR-1 in [~ADM*~COOP]"},
    {"kind": "sequence", "states": 'EV1 before EV2 and EV3 within period 2 and EV2 after "2003~"'},
    {"kind": "number", "states": "check N1 or number(boats[NOR, 2010]) > number(nor_boats * 2)"},
    {"kind": "feedback"},
]


@pytest.mark.parametrize("cells", SOUND)
def test_a_claim_with_what_its_kind_needs_or_with_nothing_formal_is_accepted(
    folder: Path, cells: dict[str, str]
) -> None:
    add(folder, "claims", **(CLAIM | cells))
    assert errors(folder) == []
    assert Study.load(folder).claims[-1].kind == cells["kind"]


def test_a_claim_may_use_the_name_of_a_number_that_is_open(folder: Path) -> None:
    states = "number(nor_funds_1 / nor_any_boats) > number(1 {crown/boat})"
    add(folder, "claims", **(CLAIM | {"kind": "number", "states": states}))
    assert [problem.value for problem in errors(folder)] == ["nor_any_boats"]
    options = ["nor_boats", "boats[NOR, 2001]"]
    add(folder, "choices", id="nor_any_boats", kind="number", label="Boats", options=options)
    assert errors(folder) == []


def test_two_rows_for_one_kind_of_choice_are_refused_unless_they_are_of_different_things(
    folder: Path,
) -> None:
    add(folder, "choices", id="more", kind="boundary", label="More", options=["2005/2006"])
    (problem,) = errors(folder)
    assert (problem.kind, problem.what) == ("duplicate-key", "boundary is of the kind boundary already")
    only(folder, "choices")
    for name, measured in (("a", "UP"), ("b", "COOP")):
        add(folder, "measures", id=f"m{name}", condition=measured, label="M", missing="The text gives none.")
        add(folder, "choices", id=name, kind="outcome", label="O", options=["label", f"m{name}"])
        add(folder, "choices", id=f"n{name}", kind="number", label="N", options=["nor_boats"])
    assert errors(folder) == []


def test_measures_of_two_conditions_are_no_options_of_one_choice(folder: Path) -> None:
    only(folder, "choices")
    add(folder, "measures", id="m", condition="COOP", label="M", missing="The text gives none.")
    add(folder, "choices", id="o", kind="outcome", label="O", options=["label", "per-boat", "m"])
    (problem,) = errors(folder)
    assert problem.what == "per-boat and m measure UP and COOP"


def test_a_measure_whose_values_the_text_lacks_may_name_what_is_not_there(folder: Path) -> None:
    cells = {"values": ["NOR-1=state_money"], "cuts": WELL["cuts"], "missing": "No budget is printed."}
    add(folder, "measures", **(MEASURE | cells))
    assert errors(folder) == []


def test_an_office_term_outside_the_study_is_no_case(folder: Path) -> None:
    path = folder / "terms.csv"
    path.write_text(path.read_text("utf-8") + "T-OLD,NOR,governor,Z. Invented,,1980,1989,,,,POST-2004,,,,\n")
    only(folder, "choices")
    options = ["period", "governor"]
    add(folder, "choices", id="g", kind="grain", label="G", options=options, terms=["T-NOR-1", "T-OLD"])
    (problem,) = errors(folder)
    assert (problem.value, problem.what) == ("T-OLD", "T-OLD shares no day with the periods of the study")


#: Sides whose units do not go together, and what is said.
APART = [
    ("number(nor_funds_1) > number(nor_boats)", "million crown cannot be compared with boat"),
    ("number(nor_funds_1) > number(3)", "million crown cannot be compared with a pure number"),
    ("number(boats[NOR, 2010] / nor_boats) > number(nor_funds_1)", None),
    ("number(nor_funds_1 + nor_boats) > number(3)", None),
    ("number(years[nor_funds_1]) > number(3)", None),
    ("number(election[V-NOR-2006].margin) < number(5 {percent})", None),
    ("number(mixed) < number(200 {boat})", "million crown cannot be compared with boat"),
]


@pytest.mark.parametrize(("states", "what"), APART)
def test_numbers_whose_units_do_not_go_together_are_not_compared(
    folder: Path, states: str, what: str | None
) -> None:
    (election, *_) = (folder / "elections.csv").read_text("utf-8").splitlines()[1].split(",")
    states = states.replace("V-NOR-2006", election)
    options = ["nor_boats", "nor_funds_1"]
    add(folder, "choices", id="mixed", kind="number", label="Boats or money", options=options)
    add(folder, "claims", **(CLAIM | {"kind": "number", "states": states}))
    (problem,) = errors(folder)
    assert (problem.kind, problem.value) == ("wrong-unit", states)
    assert what is None or problem.what == what


TOGETHER = [
    "number(nor_funds_1) > number(3 {crown})",
    "number(nor_boats / sur_boats) > number(110 {percent})",
    "number(election[ID].margin) < number(5 {percentage-point})",
    "number(election[ID].winner_share) > number(50 {percent})",
    "number(years[nor_funds_1]) = number(60 {month})",
    "number(sum(boats[NOR, 2001/2010])) > number(1 {thousand boat})",
]


@pytest.mark.parametrize("states", TOGETHER)
def test_numbers_whose_units_go_together_are_compared(folder: Path, states: str) -> None:
    (election, *_) = (folder / "elections.csv").read_text("utf-8").splitlines()[1].split(",")
    add(folder, "claims", **(CLAIM | {"kind": "number", "states": states.replace("ID", election)}))
    assert errors(folder) == []


def test_the_values_of_a_measure_can_be_read_in_its_unit(folder: Path) -> None:
    add(folder, "measures", **(MEASURE | WELL | {"measured_in": "boat"}))
    (problem,) = errors(folder)
    assert (problem.kind, problem.column) == ("wrong-unit", "values")
    assert problem.what == "million crown cannot be read as boat"


def test_a_boundary_is_judged_only_where_there_are_two_periods(folder: Path) -> None:
    add(folder, "periods", id="3", label="2011", start="2011", end="2011")
    (problem,) = errors(folder)
    assert problem.what == "the study has 3 periods, and a boundary moves between two"


def test_levels_of_different_scales_are_not_compared(folder: Path) -> None:
    add(folder, "conditions", id="SIZE", label="Size", role="condition", levels=["small", "large"])
    add(folder, "claims", **(CLAIM | {"kind": "ordering", "states": "NOR-1.ADM < NOR-1.SIZE"}))
    (problem,) = errors(folder)
    assert problem.what == "the levels of ADM and SIZE are not on one scale"


def test_every_slip_of_a_sentence_is_told_at_once(folder: Path) -> None:
    states = "NOX-1.ADN = high or EV9 before EV8 and check N9"
    add(folder, "claims", **(CLAIM | {"kind": "other", "states": states}))
    assert sorted(problem.value for problem in errors(folder)) == ["ADN", "EV8", "EV9", "N9", "NOX-1"]


def test_a_table_that_cannot_be_read_does_not_make_sentences_dangle(folder: Path) -> None:
    (folder / "events.csv").write_bytes("id,title\nÁ,book\n".encode("cp1252"))
    assert [problem.kind for problem in errors(folder)] == ["wrong-encoding"]


def test_a_condition_that_a_claim_takes_as_a_set_without_a_map_is_doubted(folder: Path) -> None:
    add(folder, "conditions", id="SIZE", label="Size", role="condition", levels=["small", "large"])
    add(folder, "claims", **(CLAIM | {"kind": "necessary", "when": "SIZE", "outcome": "UP=high"}))
    doubts = [problem for problem in check(folder) if problem.kind == "no-level-map"]
    assert [(problem.column, problem.value) for problem in doubts] == [("when", "SIZE")]


def test_kinds_that_relate_sets_need_what_is_related() -> None:
    related = {kind for kind in KINDS if requires(kind).needs}
    assert related == {
        "necessary", "sufficient", "jointly sufficient", "individually insufficient", "INUS",
        "substitution", "disjunction", "typology",
    }  # fmt: skip
    assert {kind for kind in related if "part" in requires(kind).needs} == {"INUS", "substitution"}
    with pytest.raises(OptionError) as refused:
        requires("necesary")
    assert refused.value.fix == "did you mean necessary?"

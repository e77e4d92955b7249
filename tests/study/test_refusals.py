"""Every refusal of the checker: what is spoilt in the example study, and exactly what is said about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from concausa.core.errors import StudyError
from concausa.core.problem import Problem
from concausa.study.checker import check
from concausa.study.study import Study

# file, what stands there, what is put instead, then the error: line (0: the line of that text), column,
# kind, sentence, fix.
SPOILT = [
    # A level of codings.csv: the words are those of study.toml.
    ("codings.csv", "ADM,,high,,Your Name,body,E02", "ADM,,hihg,,Your Name,body,E02",
     3, "level", "unknown-level", "'hihg' is not a level of ADM", "did you mean high?"),
    # November has thirty days.
    ("sources.csv", "2004-06-12", "2006-11-31",
     4, "date", "impossible-date", "31 November 2006 does not exist",
     "November 2006 has 30 days; if the source prints this date, write 2006-11? and say so in the note"),
    ("sources.csv", "2004-06-12", "19/05/2003",
     4, "date", "impossible-date", "'19/05/2003' is not an EDTF date", "write 2003-05-19"),
    # Both readings are possible, so both are told.
    ("sources.csv", "2004-06-12", "04/05/2003",
     4, "date", "impossible-date", "'04/05/2003' is not an EDTF date",
     "write 2003-05-04 if the day comes first, 2003-04-05 if the month does"),
    # 37760 days after 30 December 1899 is 19 May 2003 (date arithmetic by hand: 103 years with 25 leap days).
    ("sources.csv", "2004-06-12", "37760",
     4, "date", "impossible-date", "'37760' is not an EDTF date",
     "Excel counts days: this is 2003-05-19; write that, in a cell formatted as text"),
    ("sources.csv", "2004-06-12", "2005/2003",
     4, "date", "impossible-date", "the interval '2005/2003' ends before it starts", "did you mean 2003/2005?"),
    ("elections.csv", "51.2", "151.2",
     2, "winner_share", "share-out-of-range", "a share of 151.2 percent is impossible",
     "a share lies between 0 and 100"),
    ("elections.csv", "51.2", "-1",
     2, "winner_share", "share-out-of-range", "a share of -1 percent is impossible",
     "a share lies between 0 and 100"),
    ("elections.csv", "51.2", "51.2%",
     2, "winner_share", "no-number", "'51.2%' is not a number", "write it without the percent sign: 51.2"),
    ("facts.csv", "36.0", '"36,0"',
     2, "value", "no-number", "'36,0' is not a number", "decimals take a point: write 36.0"),
    ("facts.csv", "36.0", '"1,500"',
     2, "value", "no-number", "'1,500' is not a number",
     "a comma is not read: write 1500 for thousands, or 1.500 for decimals"),
    ("facts.csv", "36.0", '"1.234,5"',
     2, "value", "no-number", "'1.234,5' is not a number", "write 1234.5"),
    ("facts.csv", "36.0", "about 36 pesos",
     2, "value", "no-number", "'about 36 pesos' is not a number",
     "write the number alone, such as 36; its unit has a column of its own"),
    ("facts.csv", "36.0", "NaN",
     2, "value", "no-number", "'NaN' is not a number",
     "write digits with a decimal point, such as 4.30; leave it empty when the text does not say"),
    ("facts.csv", "36.0", "1e400",
     2, "value", "number-too-long", "the number 1e400 has more than 40 digits before or after its point",
     "look for a slip in it"),
    ("facts.csv", "36.0", "1e-41",
     2, "value", "number-too-long", "the number 1e-41 has more than 40 digits before or after its point",
     "look for a slip in it"),
    ("facts.csv", "36.0", "0." + "3" * 50,
     2, "value", "number-too-long",
     f"the number 0.{'3' * 38}… has more than 40 digits before or after its point", "look for a slip in it"),
    ("memberships.csv", ",60,", f",{'9' * 5000},",
     2, "number", "number-too-long",
     f"the number {'9' * 40}… has more than 40 digits before or after its point", "look for a slip in it"),
    ("sources.csv", "2004-06-12", "9999-12-31",
     4, "date", "impossible-date", "the year 9999 is outside 1 to 9998",
     "write .. for an open end, as in 2004/.."),
    ("sources.csv", "2004-06-12", "２００４",
     4, "date", "impossible-date", "'２００４' is not an EDTF date",
     "write 2004, 2004-05, 2004-05-19, 2006~ (about), 2006? (unsure) or 2005/2013"),
    ("memberships.csv", ",60,", ",60.5,",
     2, "number", "no-integer", "'60.5' is not a whole number", "write it without decimals"),
    ("sources.csv", "POST-2009,newspaper", "POST-2004,newspaper",
     5, "id", "duplicate-key", "sources already has a row POST-2004 on line 4", "give one of them another id"),
    ("evidence.csv", "POST-2004,,Norvale", "POST-2044,,Norvale",
     2, "source", "dangling-reference", "sources has no row 'POST-2044'", "did you mean POST-2004?"),
    ("evidence.csv", ",M1; K-order,", ",M1; K-odrer,",
     4, "supports", "dangling-reference", "no row 'K-odrer' in mechanisms, claims, rivals", "did you mean K-order?"),
    ("units.csv", "SUR,Surmar,,core", "SUR,Surmar,,Core",
     3, "role", "unknown-word", "'Core' is not one of the words allowed here", "did you mean core?"),
    ("units.csv", "SUR,Surmar,,core", "SUR,,,core",
     3, "name", "missing-value", "name must not be empty", "Full name."),
    ("units.csv", "SUR,Surmar,,core", "SUR;Surmar,,core",
     3, "", "ragged-row", "this row has 4 cells; the header has 5",
     "add the missing separators at the end of the row (Excel may leave out empty last cells)"),
    ("units.csv", "SUR,Surmar,,core", "SUR,Sur,mar,,core",
     3, "", "ragged-row", "this row has 6 cells; the header has 5",
     "put a cell that holds the separator in quotation marks"),
    ("units.csv", "SUR,Surmar,,core", 'SUR,"Surmar,,core',
     3, "", "broken-csv", "a quotation mark opens in this row and never closes; the rows after it were not read",
     'put the whole cell in quotation marks, and write each one inside it twice ("") before the next comma'),
    ("units.csv", "SUR,Surmar,,core", 'SUR,"Sur"mar,,core',
     3, "", "broken-csv", "text stands after a closing quotation mark; the rows after it were not read",
     'put the whole cell in quotation marks, and write each one inside it twice ("") before the next comma'),
    ("units.csv", "id,name", "id,nmae",
     1, "nmae", "unknown-column", "units has no column 'nmae'",
     "did you mean name? A column of your own starts with x_"),
    ("units.csv", "id,name", "id,x_name",
     1, "name", "missing-column", "the column name is missing", "add a column name: Full name."),
    ("units.csv", "id,name,iso", "id,name,name,iso",
     1, "name", "duplicate-column", "the column name stands in the header twice", "delete one of them"),
    ("units.csv", "SUR,Surmar", "SU R,Surmar",
     3, "id", "bad-id", "an id may not hold a space", "use letters, digits, _ . and -, such as SU-R"),
    ("units.csv", "SUR,Surmar", "=SUR,Surmar",
     3, "id", "bad-id", "an id may not start with '='", "use letters, digits, _ . and -, such as SUR"),
    ("facts.csv", "nor_funds_1,", "nor-funds-1,",
     2, "id", "bad-id", "a name used in formulas holds letters, digits and _ only, and starts with a letter",
     "write nor_funds_1"),
    # Terms end after they start.
    ("terms.csv", "2000-09,2006-08", "2006-09,2000-08",
     2, "end", "ends-before-start", "T-NOR-1 ends (2000-08) before it starts (2006-09)",
     "exchange start and end, or correct one of them"),
    ("organisations.csv", "1998,", "1998,1990",
     2, "ended", "ends-before-start", "NOR-union ends (1990) before it starts (1998)",
     "exchange founded and ended, or correct one of them"),
    ("memberships.csv", "boats,2004,", "boats,2004,2003",
     2, "end", "ends-before-start", "MB1 ends (2003) before it starts (2004)",
     "exchange start and end, or correct one of them"),
    ("translations.csv", "conditions.COOP.label", "conditions.COOP.lable",
     3, "id", "dangling-reference", "conditions has no column 'lable'", "did you mean label?"),
    ("translations.csv", "conditions.COOP.label", "conditions.KOOP.label",
     3, "id", "dangling-reference", "conditions has no row 'KOOP'", "did you mean COOP?"),
    ("translations.csv", "conditions.COOP.label", "condition.COOP.label",
     3, "id", "dangling-reference", "there is no table 'condition'", "did you mean conditions?"),
    ("predictions.csv", "nor_boats; sur_boats", "nor_boats; sur_boots",
     2, "facts", "dangling-reference", "no row 'sur_boots' in facts, elections, terms", "did you mean sur_boats?"),
    ("checks.csv", "nor_funds_1 / nor_boats", "nor_funds_1 / nor_boots",
     2, "formula", "dangling-reference", "there is no fact 'nor_boots'", "did you mean nor_boats?"),
    ("checks.csv", "nor_funds_1 / nor_boats", "nor_funds_1 / year[2004]",
     2, "formula", "dangling-reference", "there is no series 'year'", "did you mean years?"),
    ("checks.csv", "nor_funds_1 / nor_boats", "nor_funds_1 / years[nor_fund_1]",
     2, "formula", "dangling-reference", "'nor_fund_1' is neither a fact nor a time", "did you mean nor_funds_1?"),
    ("checks.csv", "nor_funds_1 / nor_boats", "years[2004/2003]",
     2, "formula", "dangling-reference", "'2004/2003' is neither a fact nor a time",
     "name a fact, or write a year or a window such as 2004/2009"),
    ("checks.csv", "nor_funds_1 / nor_boats", "election[V-NX].margin",
     2, "formula", "dangling-reference", "there is no election 'V-NX'", "add it to elections.csv"),
    ("checks.csv", "nor_funds_1 / nor_boats", "election[V-NOR-2004].marginn",
     2, "formula", "dangling-reference", "an election has no .marginn", "did you mean .margin?"),
    ("checks.csv", "nor_funds_1 / nor_boats", "lasted[T-NRO-1]",
     2, "formula", "dangling-reference", "there is no term 'T-NRO-1'", "did you mean T-NOR-1?"),
    ("checks.csv", "nor_funds_1 / nor_boats", '"lasted[T-NOR-1, T-NOR-1]"',
     2, "formula", "dangling-reference", "lasted[…] takes one key, not 2", "write lasted[term]"),
    ("checks.csv", "nor_funds_1 / nor_boats", '"aligned[NOX, 2004/2005]"',
     2, "formula", "dangling-reference", "there is no unit 'NOX'", "did you mean NOR?"),
    ("checks.csv", "nor_funds_1 / nor_boats", '"real[nor_funds_1, boatz, 2004]"',
     2, "formula", "dangling-reference", "there is no series 'boatz'", "did you mean boats?"),
    ("checks.csv", "nor_funds_1 / nor_boats", '"converted[nor_fund_1, boats]"',
     2, "formula", "dangling-reference", "there is no fact 'nor_fund_1'", "did you mean nor_funds_1?"),
    ("checks.csv", "nor_funds_1 / nor_boats", '"boats[NOX, 2010]"',
     2, "formula", "dangling-reference", "there is no unit 'NOX'", "did you mean NOR?"),
    ("checks.csv", "nor_funds_1 / nor_boats", "boats[2010]",
     2, "formula", "dangling-reference", "boats has a value for each unit", "write boats[UNIT, TIME]"),
    ("checks.csv", "nor_funds_1 / nor_boats", '"boats[NOR, 2010-13]"',
     2, "formula", "dangling-reference", "month 13 in '2010-13' does not exist", "months run from 01 to 12"),
    ("checks.csv", "nor_funds_1 / nor_boats", "nor_funds_1 / (nor_boats",
     2, "formula", "broken-formula", 'this "(" is never closed, at character 15',
     "write arithmetic over facts, such as funds / firms or (a + b) * 100 {percent}"),
    ("codings.csv", "NOR,1,GOV,,high", "NOR,1,GOV,ADM.tenure,high",
     2, "indicator", "wrong-indicator", "ADM.tenure is a sign of ADM, not of GOV",
     "write ADM, or name GOV in the indicator's also"),
    ("study.toml", 'end = "2005"', 'end = "1999"',
     0, "end", "ends-before-start", "1 ends (1999) before it starts (2001)",
     "exchange start and end, or correct one of them"),
    ("study.toml", 'end = "2005"', "end = 2005",
     0, "end", "wrong-type", "a date is written as text, since it may be a year or an interval", 'write "2005"'),
    ("study.toml", 'end = "2005"', "end = 2005-01-31",
     0, "end", "wrong-type", "a date is written as text, since it may be a year or an interval",
     'write "2005-01-31"'),
    ("study.toml", 'end = "2005"', 'end = "2001/2005"',
     0, "end", "impossible-date", "a boundary is one date, not an interval", "write one day, month or year"),
    ("study.toml", 'end = "2005"', 'ned = "2005"',
     0, "ned", "unknown-column", "[[periods]] has no key 'ned'", "did you mean end?"),
    ("study.toml", 'end = "2005"', 'end = "2005',
     0, "", "broken-toml", "this is not TOML: Illegal character '\\n'",
     'a value looks like name = "text", and a table like [[periods]]; text goes in quotation marks'),
    ("study.toml", "[[rivals]]", "[[rivls]]",
     0, "rivls", "unknown-table", "study.toml has no table 'rivls'", "did you mean [[rivals]]?"),
    ("study.toml", "[[rivals]]", "[[evidence]]",
     0, "evidence", "unknown-table", "evidence does not live here", "its rows live in evidence.csv, one a line"),
    ("study.toml", "[[rivals]]", "[rivals]",
     0, "rivals", "wrong-type", "rivals is not written as [[rivals]]",
     "start it with a line [[rivals]] and write its keys below"),
    ("study.toml", "year = 2026", 'year = "2026"',
     0, "year", "wrong-type", "a number is expected here", "write it without quotation marks"),
    ("study.toml", "year = 2026", f"year = {'9' * 5000}",
     0, "", "broken-toml", "a number has more digits than can be read", "look for a slip in it"),
    ("study.toml", "year = 2026", f"year = 0x{'f' * 5000}",
     0, "year", "number-too-long", f"the number {'9' * 40}… has more than 40 digits before or after its point",
     "look for a slip in it"),
    ("study.toml", "year = 2026", "year = 1e9999999999999999999",
     0, "", "broken-toml", "a number has more digits than can be read", "look for a slip in it"),
    ("study.toml", 'title = "The Harbour Fund in two coastal provinces (an invented example)"', "title = 7",
     0, "title", "wrong-type", "text is expected here", 'write it in quotation marks: "7"'),
    ("study.toml", 'authors = ["Your Name"]', 'authors = "A; B"',
     0, "authors", "wrong-type", "a list is expected here", 'write ["A", "B"]'),
    ("study.toml", 'authors = ["Your Name"]', 'authors = ["A; B"]',
     0, "authors", "wrong-type", "'A; B' holds a semicolon, which separates values in tables",
     "split it, or use a comma"),
    ("study.toml", 'outcome = "UP" ', 'outcome = "UPP"',
     0, "outcome", "dangling-reference", "conditions has no row 'UPP'", "did you mean UP?"),
    ("study.toml", '"low=0", "medium=0.5", "high=1"', '"low=0", "high=1"',
     0, "points", "missing-point", "the map even has no point for medium of ADM",
     "add medium=0.5, or name the conditions that it is meant for"),
    ("study.toml", '"low=0", "medium=0.5", "high=1"', '"low=0", "medium=1.5", "high=1"',
     0, "points", "bad-point", "the membership 1.5 lies outside 0 to 1", "0 is fully out, 1 is fully in"),
    ("study.toml", '"low=0", "medium=0.5", "high=1"', '"low=0", "medium=nan", "high=1"',
     0, "points", "bad-point", "'medium=nan' is not LEVEL=MEMBERSHIP", "write it like medium=0.5"),
    ("study.toml", '"low=0", "medium=0.5", "high=1"', '"low=0", "meduim=0.5", "medium=0.5", "high=1"',
     0, "points", "unknown-level", "'meduim' is not a level of GOV, ADM, COOP, UP", "did you mean medium?"),
    ("study.toml", 'when = "ADM*COOP"', 'when = "ADM*KOOP"',
     0, "when", "unknown-condition", "there is no condition 'KOOP', named in ADM*KOOP", "did you mean COOP?"),
    ("study.toml", 'expects = "high"', 'expects = "hi"',
     0, "expects", "unknown-level", "'hi' is not a level of the outcome UP", "did you mean high?"),
    ("study.toml", '"~GOV => low", "patterns"', '"~GOV => lo", "patterns"',
     0, "clauses", "unknown-level", "'lo' is not a level of the outcome UP", "did you mean low?"),
    ("study.toml", '"~GOV => low", "patterns"', '"GOV>=hgih => low", "patterns"',
     0, "clauses", "unknown-level", "'hgih' is not a level of GOV", "did you mean high?"),
    ("study.toml", 'cause = ["COOP"]', 'cause = ["TURST"]',
     0, "cause", "dangling-reference", "no row 'TURST' in conditions, nodes", "did you mean TRUST?"),
    ("study.toml", 'cases = ["NOR-1", "NOR-2"', 'cases = ["NOR-1", "NOX-1"',
     0, "cases", "dangling-reference", "there is no case 'NOX-1'", "did you mean NOR-1?"),
    ("study.toml", 'id = "TRUST"', 'id = "COOP"',
     0, "id", "ambiguous-id", "COOP is also a row of conditions (study.toml:58); a reference could mean either",
     "give one of them another id"),
    ("study.toml", "data/boats.csv", "data/boots.csv",
     0, "file", "missing-file", "there is no file data/boots.csv beside study.toml",
     "correct the path, or add the file"),
    ("study.toml", "data/boats.csv", "../boats.csv",
     0, "file", "outside-file", "the file ../boats.csv lies outside the study",
     "copy it into the folder data/ and write data/NAME"),
    ("study.toml", 'value = "boats"', 'value = "boat"',
     0, "value", "missing-column", "data/boats.csv has no column 'boat'", "did you mean boats?"),
]  # fmt: skip


def errors(folder: Path) -> list[Problem]:
    return [problem for problem in check(folder) if problem.severity == "error"]


def spoil(folder: Path, file: str, old: str, new: str) -> int:
    """Put something else in place of a text; the line of that text."""
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text, f"the example study has no {old!r} in {file}"
    path.write_bytes(text.replace(old, new, 1).encode())
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(("file", "old", "new", "line", "column", "kind", "what", "fix"), SPOILT)
def test_a_spoilt_value_is_named_with_its_place_and_its_fix(
    folder: Path, file: str, old: str, new: str, line: int, column: str, kind: str, what: str, fix: str
) -> None:
    where = spoil(folder, file, old, new)
    line = line or where
    found = [problem for problem in errors(folder) if (problem.kind, problem.column) == (kind, column)]
    assert [(problem.file, problem.line, problem.what, problem.fix) for problem in found][:1] == [
        (file, line, what, fix)
    ]


def test_the_study_is_refused_with_every_error_at_once(folder: Path) -> None:
    spoil(folder, "codings.csv", "ADM,,high", "ADM,,hihg")
    spoil(folder, "elections.csv", "51.2", "151.2")
    spoil(folder, "study.toml", 'end = "2005"', 'end = "1999"')
    with pytest.raises(StudyError) as refused:
        Study.load(folder)
    kinds = {problem.kind for problem in refused.value.problems}
    assert {"unknown-level", "share-out-of-range", "ends-before-start"} <= kinds
    assert "codings.csv:3, column level" in str(refused.value)
    assert "3 errors" in str(refused.value)


def test_a_refusal_shows_the_first_twenty_and_counts_the_rest(folder: Path) -> None:
    path = folder / "evidence.csv"
    lines = path.read_text("utf-8").splitlines()
    bad = [f"X{n},,,,,,,,,,,,,,," for n in range(30)]
    path.write_text("\n".join([*lines, *bad]) + "\n", "utf-8")
    with pytest.raises(StudyError) as refused:
        Study.load(folder)
    assert len(refused.value.problems) == 30
    assert str(refused.value).count("error: ") == 20
    assert "… and 10 more" in str(refused.value)


def test_allowed_values_are_listed(folder: Path) -> None:
    spoil(folder, "codings.csv", "ADM,,high", "ADM,,hihg")
    (problem,) = errors(folder)
    assert problem.allowed == ("low", "medium", "high")
    assert problem.value == "hihg"


@pytest.mark.parametrize(
    ("name", "what", "fix"),
    [
        ("evidnce.csv", "a study has no table 'evidnce'",
         "did you mean evidence.csv? Data of your own go into the folder data/"),
        ("claims.csv", "claims.csv is not read: claims lives in study.toml",
         "write its rows as [[claims]] in study.toml"),
        ("evidence.xlsx", "evidence.xlsx is not read: the table evidence lives in evidence.csv",
         "save it as evidence.csv"),
        ("facts.CSV", "facts.CSV is not read: the table facts lives in facts.csv", "save it as facts.csv"),
    ],
)  # fmt: skip
def test_a_file_that_nobody_reads_is_an_error(folder: Path, name: str, what: str, fix: str) -> None:
    (folder / name).write_text("id\n")
    (problem,) = errors(folder)
    assert (problem.file, problem.what, problem.fix) == (name, what, fix)


@pytest.mark.parametrize(
    "name", ["README.md", "~$evidence.csv", ".~lock.evidence.csv#", "notes.txt", "LICENSE"]
)
def test_other_files_are_the_users_own_business(folder: Path, name: str) -> None:
    (folder / name).write_text("anything")
    assert not errors(folder)


@pytest.mark.parametrize(
    ("files", "what"),
    [
        (["units.csv"], "the study has no units"),
        (["codings.csv", "facts.csv", "funds.csv"], "nothing feeds the outcome: no codings, facts or funds"),
        (["study.toml"], "there is no [study] with id and title"),
    ],
)
def test_a_study_cannot_be_without_some_tables(folder: Path, files: list[str], what: str) -> None:
    for file in files:
        (folder / file).unlink()
    assert what in [problem.what for problem in errors(folder)]


def test_a_name_that_is_no_study_is_told_with_the_nearest() -> None:
    with pytest.raises(StudyError) as refused:
        Study.load("prosof")
    assert (refused.value.what, refused.value.fix) == ("there is no study 'prosof'", "did you mean prosoft?")
    assert refused.value.misuse


def test_a_folder_without_a_study_is_not_one(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="this folder holds no study"):
        Study.load(tmp_path)


def test_the_same_case_name_from_two_units_is_refused(folder: Path) -> None:
    # NOR-1 in period 1 and NOR in period 1-1 would both be the case NOR-1-1.
    with (folder / "units.csv").open("a") as file:
        file.write("NOR-1,Other,,core,\n")
    spoil(folder, "study.toml", 'id = "2"\nlabel', 'id = "1-1"\nlabel')
    assert "the case NOR-1-1 could be unit NOR-1 or unit NOR" in [problem.what for problem in errors(folder)]


def test_a_comma_without_quotation_marks_is_refused_even_where_the_last_cell_is_empty(folder: Path) -> None:
    with (folder / "events.csv").open("a", encoding="utf-8") as file:
        file.write("EV7,SUR,2009-10,Piers stand empty, again,,,,,,POST-2009,,Surmar,,\n")
    (found,) = [problem for problem in check(folder) if problem.severity == "error"]
    assert found.what == "this row has 15 cells; the header has 14"
    assert found.fix == "put a cell that holds the separator in quotation marks"


def test_a_table_that_is_gone_is_one_error_a_column_that_needs_it_and_comes_first(folder: Path) -> None:
    (folder / "units.csv").unlink()
    found = errors(folder)
    kinds = [problem.kind for problem in found]
    assert "dangling-reference" not in {problem.kind for problem in found if problem.column == "unit"}
    last = max(place for place, kind in enumerate(kinds) if kind == "missing-table")
    assert set(kinds[: last + 1]) == {"missing-table"}
    assert [p.fix for p in found if p.file == "evidence.csv"] == ["add units.csv, or empty the column"]


def test_ids_with_a_comma_between_them_are_told_apart_by_a_semicolon(folder: Path) -> None:
    spoil(folder, "evidence.csv", "GOV; GOV.budget", '"GOV, GOV.budget"')
    (found,) = errors(folder)
    assert found.fix == "several ids are separated by ;"


@pytest.mark.parametrize(
    "formula",
    ["years[nor_funds_1]", "years[2004/2005]", "years[2004]", "boats[NOR, 2010]", "lasted[T-NOR-1]",
     "aligned[SUR, nor_funds_1]", "real[nor_funds_1, boats, 2004]", "real_even[nor_funds_1, boats, nor_funds_1]"],
)  # fmt: skip
def test_keys_that_mean_something_are_taken(folder: Path, formula: str) -> None:
    spoil(folder, "checks.csv", "nor_funds_1 / nor_boats", f'"{formula}"')
    assert errors(folder) == []


def test_a_unit_that_only_the_data_file_knows_is_taken(folder: Path) -> None:
    path = folder / "data" / "boats.csv"
    header, first, *_ = path.read_text("utf-8").splitlines()
    path.write_text(f"{header}\n{first.replace('NOR', 'XX-FAR')}\n", "utf-8")
    spoil(folder, "checks.csv", "nor_funds_1 / nor_boats", '"boats[XX-FAR, 2010]"')
    assert errors(folder) == []


def test_brackets_without_end_are_refused_not_followed(folder: Path) -> None:
    spoil(folder, "study.toml", "year = 2026", f"year = {'[' * 5000}{']' * 5000}")
    assert [problem.kind for problem in errors(folder)] == ["broken-toml"]


def test_a_broken_id_in_a_doubt_is_text(folder: Path) -> None:
    spoil(folder, "terms.csv", "T-NOR-1,", "T{0}{x},")
    spoil(folder, "terms.csv", "2000-09,2006-08", "2006~,2000-08")
    found = [problem.what for problem in check(folder) if problem.kind == "ends-before-start"]
    assert found == ["T{0}{x} ends (2000-08) before it starts (2006~)"]


@pytest.mark.parametrize("name", ["data/" + "a" * 3000, "data", "data/boats.csv/x"])
def test_a_data_file_that_cannot_be_read_is_not_there(folder: Path, name: str) -> None:
    spoil(folder, "study.toml", "data/boats.csv", name)
    assert [problem.kind for problem in errors(folder)] == ["missing-file"]

"""Dynamic models of a study: what keeps them from being built is found by the checker, with its place and its fix."""

from __future__ import annotations

from pathlib import Path

import pytest

from concausa.core.problem import Problem
from concausa.study.checker import check

TOML = "study.toml"
BAND = "HARBOUR,NOR,C,2010,last,0.75,,"
C = 'condition = "COOP"\nrange = "0..1"'
L = 'condition = "GOV"\noffice = "governor"'
STEP = 'kind = "step"\nevents = ["EV2"]'
JOIN = 'kind = "parameter"\nrange = "0..1"'
RATE = 'rate = "join * tied * L"'
REWARD = 'stock = "C"\ndirection = "raises"'
MOVES = 'moves = "tied"\nvalue = "1"'
YEARS = 'years = "2001/2010"'
CODED = "TC-SUR-1,T-SUR-1,GOV,low,"


def put(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_bytes().decode("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    path.write_bytes(text.replace(old, new).encode())


def errors(folder: Path) -> list[Problem]:
    return [problem for problem in check(folder) if problem.severity == "error"]


def formula(text: str, *more: str) -> str:
    """A formula beside the step, in front of which it stands."""
    rest = "".join(f"\n{line}" for line in more)
    return (
        f'kind = "formula"\nformula = "{text}"{rest}\n\n[[dynamic_quantities]]\nid = "HARBOUR-more"\n'
        f'model = "HARBOUR"\nsymbol = "more"\nlabel = "More"\n{STEP}'
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "column", "value", "what", "fix"),
    [
        # Symbols
        (TOML, 'symbol = "hire"', 'symbol = "wear"', "symbol", "wear",
         "HARBOUR already has a symbol wear on line 361", "give one of them another symbol"),
        (TOML, 'symbol = "tied"', 'symbol = "max"', "symbol", "max", "max is a function of formulas",
         "give a symbol of letters, digits and _ that starts with a letter, such as C"),
        # Names in formulas
        (TOML, RATE, 'rate = "jion * tied * L"', "rate", "jion", "HARBOUR has no 'jion'", "did you mean join?"),
        (TOML, YEARS, YEARS + '\ngate = "max(Q)"', "gate", "Q", "HARBOUR has no 'Q'",
         "one of C, A, L, tied, join, leave, hire, wear"),
        ("bands.csv", BAND, "HARBOUR,NOR,lave,2010,last,0.75,,", "formula", "lave", "HARBOUR has no 'lave'",
         "did you mean leave?"),
        (TOML, RATE, 'rate = "join * (tied"', "rate", "join * (tied", 'this "(" is never closed, at character 8',
         "write arithmetic over the model's symbols, such as max(L, I * C)"),
        (TOML, RATE, 'rate = "join < L"', "rate", "join < L",
         "a formula of a dynamic model compares nothing, as < would",
         "write arithmetic over the model's symbols, such as max(L, I * C)"),
        (TOML, RATE, 'rate = "boats[NOR, 2010]"', "rate", "boats[NOR, 2010]",
         "a dynamic model looks nothing up, as boats[…] would",
         "write arithmetic over the model's symbols, such as max(L, I * C)"),
        (TOML, RATE, 'rate = "join * 2 {boat}"', "rate", "join * 2 {boat}",
         "numbers of a dynamic model have no unit, as {boat} would be", "leave the unit out"),
        (TOML, RATE, 'rate = "abs(join, L)"', "rate", "abs(join, L)", "abs takes one number, not 2",
         "write abs(a - b)"),
        # Stocks and flows
        (TOML, REWARD, REWARD.replace("C", "L"), "stock", "L", "L of HARBOUR is of the kind levels", "name one of C, A"),
        (TOML, REWARD, REWARD.replace("C", "K"), "stock", "K", "HARBOUR has no 'K'", "one of C, A"),
        (TOML, C, C.replace("0..1", "0.1-0.5"), "range", "0.1-0.5", "'0.1-0.5' is no range",
         "write a least and a greatest value, such as 0..0.5"),
        (TOML, C, C.replace("0..1", "0.5..0.1"), "range", "0.5..0.1", "the range 0.5..0.1 ends below its start",
         "write 0.1..0.5"),
        (TOML, C, C.replace("0..1", "0.5..1.5"), "range", "0.5..1.5", "the range 0.5..1.5 leaves 0..1",
         "keep it between 0 and 1"),
        (TOML, C, C + '\nstarts = ["NOR"]', "starts", "NOR", "'NOR' does not say for which unit it is",
         "write NL=0.2..0.8"),
        (TOML, C, C + '\nstarts = ["NOT=0..1"]', "starts", "NOT=0..1", "NOT is no unit of the model",
         "did you mean NOR?"),
        (TOML, C, C + '\nstarts = ["NOR=0..1", "NOR=0..0.5"]', "starts", "NOR=0..0.5",
         "NOR has two ranges in the first year", "keep one of them"),
        (TOML, C, 'range = "0..1"\ntold = "last"', "told", "last",
         "told says how coded levels are read, and the stock stands for no condition",
         "name the condition, or empty told"),
        # What a kind needs, and what it cannot use
        (TOML, JOIN, 'kind = "parameter"', "range", "", "a quantity of the kind parameter needs range",
         "fill range, or choose another kind"),
        (TOML, L, 'office = "governor"', "condition", "", "a quantity of the kind levels needs condition",
         "fill condition, or choose another kind"),
        (TOML, L, 'condition = "GOV"', "office", "", "a quantity of the kind levels needs office",
         "fill office, or choose another kind"),
        (TOML, STEP, 'kind = "step"', "events", "", "a quantity of the kind step needs events",
         "fill events, or choose another kind"),
        (TOML, STEP, 'kind = "pulse"', "events", "", "a quantity of the kind pulse needs events or office",
         "fill events or office, or choose another kind"),
        (TOML, STEP, 'kind = "window"', "years", "", "a quantity of the kind window needs years",
         "fill years, or choose another kind"),
        (TOML, STEP, 'kind = "formula"', "formula", "", "a quantity of the kind formula needs formula",
         "fill formula, or choose another kind"),
        (TOML, JOIN, JOIN + '\nformula = "L"', "formula", "L", "a quantity of the kind parameter has no formula",
         "delete it, or choose a kind that has it: formula"),
        (TOML, JOIN, JOIN + '\noffice = "governor"', "office", "governor",
         "a quantity of the kind parameter has no office", "delete it, or choose a kind that has it: levels, pulse"),
        (TOML, STEP, formula("L", 'mechanism = "M1"'), "without", "",
         "nothing says what tied is when M1 is off", "write a formula, such as 0"),
        (TOML, STEP, formula("L", 'without = "0"'), "mechanism", "",
         "without says what the formula is when its mechanism is off, and it has none",
         "name the mechanism, or empty without"),
        (TOML, STEP, formula("L", "off = true"), "off", "yes",
         "tied is off, and stands for no mechanism that could be asked for", "name the mechanism, or empty off"),
        (TOML, STEP, formula("max(L, tied)"), "formula", "max(L, tied)",
         "formulas need each other in a circle: tied -> tied",
         "make one of them a stock, which remembers the year before, or leave a name out"),
        (TOML, L, L.replace("governor", "govenor"), "office", "govenor", "no term of a unit has the office 'govenor'",
         "did you mean governor?"),
        # Models
        (TOML, YEARS, 'years = "2001"', "years", "2001", "'2001' does not name a first and a last year",
         "write two years, such as 2000/2015"),
        (TOML, YEARS, YEARS + '\nelsewhere = ["SUR"]', "elsewhere", "SUR",
         "the model is matched to SUR and asked about it elsewhere", "name it in units or in elsewhere, not in both"),
        (TOML, YEARS, YEARS + '\ngated = ["joint"]', "gate", "joint", "patterns are gated, and there is no gate",
         "write the formula of the gate, or empty gated"),
        (TOML, YEARS, YEARS + "\nnoise = 1.5", "noise", "1.5", "a yearly disturbance lies between 0 and 1",
         "give a small number, such as 0.02, or leave it empty"),
        # Interventions
        (TOML, MOVES, MOVES.replace("tied", "join"), "moves", "join", "join of HARBOUR is of the kind parameter",
         "name one of C, A, L, tied"),
        (TOML, MOVES, MOVES.replace('"1"', '"1.5"'), "value", "1.5", "1.5 is no value of a stock or input",
         "give a number in 0 to 1, or a parameter"),
        (TOML, MOVES, MOVES.replace('"1"', '"jion"'), "value", "jion", "HARBOUR has no 'jion'", "did you mean join?"),
        (TOML, MOVES, MOVES.replace('"1"', '"C"'), "value", "C", "C of HARBOUR is of the kind stock",
         "name one of join, leave, hire, wear"),
        # Bands
        ("bands.csv", BAND, BAND.replace("0.75", "1.75"), "low", "1.75",
         "a band lies between 0 and 1, and 1.75 does not", "give a membership, or leave it empty"),
        ("bands.csv", BAND, BAND.replace("0.75,", "0.75,0.25"), "high", "0.25",
         "the band ends (0.25) below its start (0.75)", "exchange low and high"),
        ("bands.csv", BAND, BAND.replace("0.75", ""), "low", "", "the band has no bounds: every run meets it",
         "give low, high or both"),
        ("bands.csv", BAND, BAND.replace("2010", "2012"), "years", "2012",
         "2012 lies outside the years of HARBOUR, 2001/2010", "choose years within them, or let the model run longer"),
        ("bands.csv", BAND, BAND.replace("2010", "2010-05"), "years", "2010-05",
         "2010-05 is no year and no span of years", "write 2016 or 2008/2015"),
        ("bands.csv", BAND, BAND.replace("NOR", "NOT"), "unit", "NOT", "units has no row 'NOT'", "did you mean NOR?"),
        # Codings of terms
        ("term_codings.csv", CODED, CODED.replace("low", "lwo"), "level", "lwo", "'lwo' is not a level of GOV",
         "did you mean low?"),
        ("terms.csv", "T-SUR-1,SUR,", "T-SUR-1,,", "term", "T-SUR-1",
         "T-SUR-1 is a national office: it says nothing of a unit", "code a term of a unit"),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_its_place_with_its_fix(
    folder: Path, file: str, old: str, new: str, column: str, value: str, what: str, fix: str
) -> None:
    put(folder, file, old, new)
    found = [(one.column, one.value, one.what, one.fix) for one in errors(folder)]
    assert (column, value, what, fix) in found


def test_a_slip_is_one_error(folder: Path) -> None:
    put(folder, TOML, RATE, 'rate = "jion * tied * jion"')
    assert [one.what for one in errors(folder)] == ["HARBOUR has no 'jion'"]


def test_a_stock_that_nothing_moves_is_refused_and_one_that_an_intervention_moves_is_not(
    folder: Path,
) -> None:
    put(folder, TOML, 'stock = "A"\ndirection = "raises"', 'stock = "C"\ndirection = "raises"')
    assert not errors(folder)
    put(folder, TOML, 'stock = "A"', 'stock = "C"')
    (problem,) = errors(folder)
    assert (problem.column, problem.what) == ("kind", "nothing moves the stock A")
    assert problem.fix == "add a flow or an intervention that moves it, or make it an input"
    put(folder, TOML, MOVES, MOVES.replace("tied", "A"))
    assert not errors(folder)


def test_a_model_without_a_stock_is_refused(folder: Path) -> None:
    path = folder / TOML
    path.write_text(
        path.read_text("utf-8") + '\n[[dynamic_models]]\nid = "E"\nlabel = "E"\nyears = "2001/2005"\n'
    )
    (problem,) = errors(folder)
    assert problem.what == "E has no stock"
    assert problem.fix == "add a row of dynamic_quantities of the kind stock"


def test_symbols_of_another_model_are_not_those_of_this(folder: Path) -> None:
    path = folder / TOML
    path.write_text(
        path.read_text("utf-8")
        + '\n[[dynamic_models]]\nid = "E"\nlabel = "E"\nyears = "2001/2005"\n'
        + '[[dynamic_quantities]]\nid = "E-x"\nmodel = "E"\nsymbol = "x"\nlabel = "x"\nkind = "stock"\n'
        + '[[dynamic_flows]]\nid = "E-f"\nmodel = "E"\nlabel = "f"\nstock = "x"\ndirection = "raises"\n'
        + 'rate = "hire"\nsection = "Norvale"\n',
        "utf-8",
    )
    (problem,) = errors(folder)
    assert (problem.column, problem.what) == ("rate", "E has no 'hire': it belongs to HARBOUR")
    assert problem.fix == "one of x"


def test_a_circle_of_two_formulas_is_told_once_with_its_way(folder: Path) -> None:
    put(folder, TOML, JOIN, 'kind = "formula"\nformula = "1 - leave"')
    put(folder, TOML, 'kind = "parameter"\nrange = "0..0.3"\n\n[[dynamic_quantities]]\nid = "HARBOUR-hire"',
        'kind = "formula"\nformula = "1 - join"\n\n[[dynamic_quantities]]\nid = "HARBOUR-hire"')  # fmt: skip
    (problem,) = errors(folder)
    assert problem.what == "formulas need each other in a circle: join -> leave -> join"


def test_a_condition_that_no_level_map_covers_is_refused(folder: Path) -> None:
    path = folder / TOML
    text = path.read_text("utf-8")
    covered = 'conditions = ["GOV", "ADM", "COOP", "UP"]'
    path.write_text(text.replace(covered, 'conditions = ["GOV", "ADM", "UP"]'), "utf-8")
    assert "no level map says what the levels of COOP are worth" in [one.what for one in errors(folder)]


def test_two_interventions_of_one_name_are_refused(folder: Path) -> None:
    path = folder / TOML
    row = '\n[[interventions]]\nid = "again"\nmodel = "HARBOUR"\nname = "tie"\nlabel = "x"\nmoves = "C"\nvalue = "1"\n'
    path.write_text(path.read_text("utf-8") + row, "utf-8")
    (problem,) = errors(folder)
    assert problem.what.startswith("HARBOUR already has an intervention tie on line ")


def test_a_band_of_a_unit_that_the_model_is_not_matched_to_is_refused(folder: Path) -> None:
    put(folder, TOML, YEARS, YEARS + '\nunits = ["SUR"]')
    (problem,) = errors(folder)
    assert (problem.file, problem.what, problem.fix) == (
        "bands.csv",
        "NOR is no unit of the model",
        "one of SUR",
    )


def doubts(folder: Path) -> list[tuple[str, str]]:
    return [
        (problem.kind, problem.what)
        for problem in check(folder)
        if problem.severity == "doubt" and problem.kind != "conflicting-codings"
    ]


def test_an_event_that_nothing_dates_is_doubted_and_one_that_others_bound_is_not(folder: Path) -> None:
    # It needed EV1 of 2001, and EV3 of 2010 needed it.
    put(folder, "events.csv", "EV2,NOR,2004-06,", "EV2,NOR,,")
    assert doubts(folder) == []
    (folder / "prerequisites.csv").unlink()
    assert doubts(folder) == [("event-without-year", "nothing bounds the year of EV2: tied leaves it out")]


def test_an_event_outside_the_years_of_the_model_is_doubted(folder: Path) -> None:
    put(folder, TOML, YEARS, 'years = "2001/2003"')
    (folder / "bands.csv").unlink()
    assert doubts(folder) == [
        ("event-outside-model", "EV2 lies outside the years of HARBOUR: tied leaves it out")
    ]


def test_a_flow_that_nothing_backs_is_doubted(folder: Path) -> None:
    put(folder, TOML, f'{RATE}\nmechanism = "M1"', RATE)
    assert doubts(folder) == [
        ("flow-without-source", "HARBOUR-reward stands for no mechanism and for no part of the text")
    ]


@pytest.mark.parametrize(
    ("rate", "low"),
    [("join * (L - 0.5)", "-0.5"), ("0.25 - leave", "-0.05"), ("-wear", "-0.3"), ("L - 2 * C * hire", "-1")],
)
def test_a_rate_that_may_fall_below_zero_is_doubted(folder: Path, rate: str, low: str) -> None:
    # join runs to 1, leave and wear to 0.3, hire to 0.5; memberships to 1.
    put(folder, TOML, RATE, f'rate = "{rate}"')
    assert doubts(folder) == [
        ("rate-below-zero", f"the rate of HARBOUR-reward may fall to {low}, and no rate lies below 0")
    ]


@pytest.mark.parametrize(
    "rate",
    ["join * max(0, L - 0.5)", "abs(L - C)", "0.3 - leave", "min(1, L / hire)", "join * (1 - max(L, C))"],
)
def test_a_rate_that_cannot_fall_below_zero_or_divides_is_not(folder: Path, rate: str) -> None:
    put(folder, TOML, RATE, f'rate = "{rate}"')
    assert doubts(folder) == []


def test_a_unit_without_holders_of_the_office_is_doubted(folder: Path) -> None:
    put(folder, "terms.csv", "T-SUR-1,SUR,governor,", "T-SUR-1,SUR,mayor,")
    assert doubts(folder) == [
        ("office-without-term", "no term of the office governor in SUR covers a year of HARBOUR")
    ]


def test_holders_without_a_level_are_doubted_unit_by_unit(folder: Path) -> None:
    (folder / "term_codings.csv").unlink()
    assert doubts(folder) == [
        ("term-without-level", "no level of GOV is coded for T-NOR-1, T-NOR-2 (NOR): any level is tried"),
        ("term-without-level", "no level of GOV is coded for T-SUR-1 (SUR): any level is tried"),
    ]


def test_an_event_of_a_unit_that_the_model_does_not_have_is_doubted(folder: Path) -> None:
    put(folder, TOML, YEARS, YEARS + '\nunits = ["SUR"]')
    (folder / "bands.csv").unlink()
    assert doubts(folder) == [
        ("event-of-another-unit", "EV2 is of NOR, no unit of HARBOUR: tied leaves it out")
    ]


def test_a_window_of_a_unit_that_the_model_does_not_have_is_refused(folder: Path) -> None:
    put(folder, TOML, YEARS, YEARS + '\nunits = ["SUR"]')
    put(folder, TOML, STEP, 'kind = "window"\nyears = "2004"\nunits = ["NOR"]')
    (folder / "bands.csv").unlink()
    (problem,) = errors(folder)
    assert (problem.column, problem.what, problem.fix) == (
        "units",
        "NOR is no unit of the model",
        "one of SUR",
    )


def test_a_window_that_misses_the_model_is_doubted(folder: Path) -> None:
    put(folder, TOML, STEP, 'kind = "window"\nyears = "2015/2016"')
    assert doubts(folder) == [("window-outside-model", "tied has no year within those of HARBOUR")]

"""Changes: read from text, refused with a caret, applied to a setting."""

import dataclasses

import pytest

from concausa.core.errors import ConcausaError, OptionError, UnknownNameError
from concausa.dynamics.change import Done, Held, Undone, applied
from concausa.dynamics.change_text import Words, read_change, read_changes
from concausa.dynamics.model import Model
from concausa.dynamics.quantity import Flow, Input, Intervention, Parameter, Range, Stock
from concausa.dynamics.setting import Course, Happening, Setting

MODEL = Model(
    "forum",
    (Stock("C", condition="BC"), Stock("I", Range.of(0, 0))),
    (Input("L", condition="EL"), Input("T")),
    (Parameter("council", Range.of(0.35, 0.65)),),
    flows=(Flow("build", "C", True, "L * I"), Flow("turn", "I", False, "T")),
    interventions=(
        Intervention("council", "I", "council"),
        Intervention("legal body", "I", "0.85"),
        Intervention("leader", "L", "0.95"),
    ),
)
SETTING = Setting(
    ("NL", "PUE", "NL south"),
    2000,
    2015,
    (Course("L", "NL", 2000, 2015, Range.of(0.9, 0.9)),),
    (
        Happening("move", "council", "NL", 2004, 2004, "E-NL-2004-council"),
        Happening("move", "council", "NL", 2007, 2007, "E-NL-2007-second"),
        Happening("pulse", "T", "NL", 2003, 2003, "E-NL-2003"),
        Happening("pulse", "T", "PUE", 2005, 2005, "E-PUE-2005"),
    ),
)
LOW = Range.of(0, 0.375)
FORMS = "write UNIT INTERVENTION YEAR, UNIT INPUT=VALUE from YEAR to YEAR, or UNIT without EVENT"
WORDS = Words({"": {"low": LOW, "high": Range.of(0.625, 1)}}, {"leadership": "L"})


def read(text):
    return read_change(text, MODEL, SETTING, words=WORDS)


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("PUE council 2005", Done("PUE", "council", 2005, 2005)),
        ("  PUE   legal body   2005..2007 ", Done("PUE", "legal body", 2005, 2007)),
        ("NL south council 2005", Done("NL south", "council", 2005, 2005)),
        ("NL leadership=low from 2010", Held("NL", "L", LOW, 2010, None, "low")),
        ("NL L = 0.3 from 2010 to 2015", Held("NL", "L", Range.of(0.3, 0.3), 2010, 2015)),
        ("NL EL=low", Held("NL", "L", LOW, None, None, "low")),
        ("NL L=1 to 2004", Held("NL", "L", Range.of(1, 1), None, 2004)),
        ("NL L=1 in 2004", Held("NL", "L", Range.of(1, 1), 2004, 2004)),
        ("NL without council", Undone("NL", "council")),
        ("NL without E-NL-2004-council", Undone("NL", "E-NL-2004-council")),
        ("* without T", Undone("*", "T")),
        ("* L=0", Held("*", "L", Range.of(0, 0))),
    ],
)
def test_a_change_is_read_from_text(text, change):
    assert read(text) == change


@pytest.mark.parametrize("text", ["PUE council 2005", "PUE legal body 2005..2007", "NL L=low from 2010 to 2012",
                                  "* L=0.25", "NL without council"])  # fmt: skip
def test_a_change_writes_itself_as_it_is_read(text):
    assert str(read(text)) == text


@pytest.mark.parametrize(
    ("text", "kind", "what", "at", "fix"),
    [
        ("", OptionError, "a change is empty", None, FORMS),
        ("PUA council 2005", UnknownNameError, "there is no unit 'PUA'", 0, "did you mean PUE?"),
        ("PUE", OptionError, "nothing is asked of PUE", 3, FORMS),
        (
            "PUE counsil 2005",
            UnknownNameError,
            "there is no intervention 'counsil'",
            4,
            "did you mean council?",
        ),
        ("PUE council", OptionError, "in which year is council done?", 11, "write a year after it"),
        ("PUE council soon", OptionError, "'soon' is no year", 12, "write a year such as 2007"),
        (
            "PUE council 1995",
            OptionError,
            "1995 lies before the first year 2000",
            12,
            "give a year from 2000 to 2015",
        ),
        (
            "PUE council 2005..2020",
            OptionError,
            "2020 lies after the last year 2015",
            18,
            "give a year from 2000 to 2015",
        ),
        ("PUE council 2007..2005", OptionError, "the years run from 2007 to 2005", 12, "write 2005..2007"),
        (
            "NL leedership=low",
            UnknownNameError,
            "there is no input 'leedership'",
            3,
            "did you mean leadership?",
        ),
        ("NL L=lowish", UnknownNameError, "there is no level of L 'lowish'", 5, "did you mean low?"),
        ("NL L=1.2", OptionError, "1.2 lies outside 0 to 1", 5, "write a number from 0 to 1"),
        ("NL L=", OptionError, "L has no value", 5, "write a number from 0 to 1"),
        ("NL L=nan", OptionError, "nan lies outside 0 to 1", 5, "write a number from 0 to 1"),
        (
            "NL I=0.5 from 2010",
            OptionError,
            "I is a stock, which only flows and interventions move",
            3,
            "do what moves it: council, legal body",
        ),
        ("NL L=low from then", OptionError, "'then' is no year", 14, "write a year such as 2007"),
        (
            "NL L=low from 2012 to 2010",
            OptionError,
            "the years run from 2012 to 2010",
            9,
            "write from 2010 to 2012",
        ),
        (
            "PUE without council",
            OptionError,
            "council never happens in PUE",
            12,
            "there is nothing to leave out",
        ),
        (
            "NL without E-NL-2004-counci",
            UnknownNameError,
            "there is no event, intervention or input that happens there 'E-NL-2004-counci'",
            11,
            "did you mean E-NL-2004-council?",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_where_it_stands(text, kind, what, at, fix):
    with pytest.raises(kind) as caught:
        read(text)
    where = "" if at is None else f"{text}\n{' ' * at}^"
    assert (caught.value.what, caught.value.where, caught.value.fix) == (what, where, fix)


def test_an_intervention_is_one_happening_more_in_each_unit():
    new = applied([read("* council 2005")], SETTING, MODEL)
    added = new.happenings[len(SETTING.happenings) :]
    assert [(one.kind, one.of, one.unit, one.first, one.last) for one in added] == [
        ("move", "council", unit, 2005, 2005) for unit in SETTING.units
    ]
    new.refuse_misfits(MODEL)


def test_what_is_left_out_is_gone_and_nothing_else():
    gone = applied([read("NL without council")], SETTING, MODEL)
    assert [one.name for one in gone.happenings] == ["E-NL-2003", "E-PUE-2005"]
    one = applied([read("NL without E-NL-2004-council")], SETTING, MODEL)
    assert [h.name for h in one.happenings] == ["E-NL-2007-second", "E-NL-2003", "E-PUE-2005"]
    every = applied([read("* without T")], SETTING, MODEL)
    assert [h.of for h in every.happenings] == ["council", "council"]


def test_what_is_left_out_can_be_founded_again_but_not_the_other_way_round():
    again = applied(read_changes(["NL without council", "NL council 2010"], MODEL, SETTING), SETTING, MODEL)
    assert [(one.of, one.first) for one in again.happenings if one.kind == "move"] == [("council", 2010)]
    with pytest.raises(OptionError) as caught:
        applied(read_changes(["NL council 2010", "NL without council"], MODEL, SETTING), SETTING, MODEL)
    assert str(caught.value) == (
        "OptionError: the second change leaves out what the first has done\n"
        "  where  NL council 2010\n  where  NL without council\n  fix    put the second first"
    )


@pytest.mark.parametrize(
    ("first", "second", "years"),
    [
        ("NL L=0 from 2005", "NL L=1 to 2006", "2005 to 2006"),
        ("* L=0", "NL L=1 in 2006", "2006 to 2006"),
        ("NL leader 2008", "NL L=0 from 2010", "2010 to 2015"),
    ],
)
def test_two_changes_of_one_input_in_one_year_are_refused(first, second, years):
    with pytest.raises(OptionError) as caught:
        applied(read_changes([first, second], MODEL, SETTING), SETTING, MODEL)
    assert str(caught.value) == (
        f"OptionError: two changes say what L is from {years}\n  where  {first}\n  where  {second}\n"
        "  fix    let their years not overlap, or leave one out"
    )


def test_changes_of_other_years_or_units_go_together():
    texts = ["NL L=0 to 2004", "NL L=1 from 2005", "PUE L=0.5", "NL council 2006", "PUE council 2006"]
    applied(read_changes(texts, MODEL, SETTING), SETTING, MODEL).refuse_misfits(MODEL)


def test_the_same_change_twice_is_refused():
    with pytest.raises(OptionError, match="PUE council 2005 is asked for twice"):
        applied(read_changes(["PUE council 2005"] * 2, MODEL, SETTING), SETTING, MODEL)


def test_a_change_made_by_hand_is_held_to_the_same():
    for change, message in (
        (Done("NL", "council", 1999, 1999), "1999 lies before the first year 2000"),
        (Held("NL", "L", Range.of(0, 2)), "0 to 2 lies outside 0 to 1"),
        (Held("NL", "K", LOW), "there is no input 'K'"),
        (Undone("PUE", "council"), "nothing called council happens in PUE"),
        (Done("XX", "council", 2005, 2005), "there is no unit 'XX' in the simulation"),
    ):
        with pytest.raises(ConcausaError) as caught:
            applied([change], SETTING, MODEL)
        assert caught.value.what == message


def test_a_setting_is_never_changed_in_place():
    before = dataclasses.replace(SETTING)
    applied(read_changes(["NL without council", "PUE council 2005"], MODEL, SETTING), SETTING, MODEL)
    assert before == SETTING

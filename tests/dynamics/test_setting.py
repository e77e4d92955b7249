"""Settings: years, units and every refusal once."""

from __future__ import annotations

import pytest

from concausa.core.errors import OptionError, UnknownNameError
from concausa.dynamics.model import Model
from concausa.dynamics.quantity import Flow, Input, Intervention, Range, Stock
from concausa.dynamics.setting import Course, Happening, Setting

R = Range.of
NOTHING = R(0, 0)
MODEL = Model("m", (Stock("C"),), (Input("L"), Input("M")), flows=(Flow("f", "C", True, "L + M"),),
              interventions=(Intervention("council", "C", "0.5"),))  # fmt: skip


def course(first=2000, last=2001, value=NOTHING, name="", unit="NL", of="L"):
    return (Course(of, unit, first, last, value, name),)


def event(kind="pulse", of="L", first=2000, last=2000, name="", unit="NL"):
    return (Happening(kind, of, unit, first, last, name),)


@pytest.mark.parametrize(("parts", "what", "fix"), [
    ({"units": ()}, "there is no unit to simulate", "name a unit"),
    ({"units": ("NL", "NL")}, "a unit stands twice", "name each once"),
    ({"first": 2005}, "the years run from 2005 to 2003", "put the first year first"),
    ({"courses": course(2001, 2000)}, "L runs from 2001 to 2000", "put the first year first"),
    ({"courses": course(1999, 2000)}, "L lies in 1999, before the first year 2000", "give a year from 2000 to 2003"),
    ({"courses": course(2003, 2004)}, "L lies in 2004, after the last year 2003", "give a year from 2000 to 2003"),
    ({"courses": course(value=R(0, 2))}, "L is 0 to 2 in NL, outside 0 to 1", "give memberships from 0 to 1"),
    ({"courses": course(value=R(0, 1))}, "an unknown course of L has no name", "name it"),
    ({"happenings": event("stepp")}, "'stepp' is no happening", "pulse, step or move"),
    ({"happenings": event(first=2001, last=2000)}, "L runs from 2001 to 2000", "put the first year first"),
    ({"happenings": event(first=1990, last=2000, name="E")}, "E lies in 1990, before the first year 2000",
     "give a year from 2000 to 2003"),
    ({"happenings": event(last=2004, name="E")}, "E lies in 2004, after the last year 2003",
     "give a year from 2000 to 2003"),
    ({"happenings": event(last=2001)}, "L in an unknown year has no name", "name it"),
    ({"starts": {("NL", "C"): R(0, 2)}}, "C starts at 0 to 2 in NL, outside 0 to 1", "give a range within 0..1"),
    ({"courses": (*course(value=R(0, 0.2), name="x"), *course(value=R(0.5, 1), name="x", of="M"))},
     "x is 0 to 0.2, and 0.5 to 1", "give two unknowns two names"),
    ({"happenings": (*event(last=2001, name="E"), *event(last=2002, name="E"))},
     "E lies in 2000 to 2001, and in 2000 to 2002", "give two unknowns two names"),
])  # fmt: skip
def test_bad_settings_are_refused(parts, what, fix):
    with pytest.raises(OptionError) as error:
        Setting(**{"units": ("NL", "PUE"), "first": 2000, "last": 2003, **parts}).refuse_misfits(MODEL)
    assert (error.value.what, error.value.fix) == (what, fix)


@pytest.mark.parametrize(("parts", "what"), [
    ({"courses": course(unit="NLE")}, "there is no unit 'NLE' in the simulation"),
    ({"courses": course(of="C")}, "there is no input 'C'"),
    ({"happenings": event(unit="CHI")}, "there is no unit 'CHI' in the simulation"),
    ({"happenings": event(of="council")}, "there is no input 'council'"),
    ({"happenings": event("move", "L")}, "there is no intervention 'L'"),
    ({"starts": {("CHI", "C"): R(0, 1)}}, "there is no unit 'CHI' in the simulation"),
    ({"starts": {("NL", "L"): R(0, 1)}}, "there is no stock 'L'"),
])  # fmt: skip
def test_what_a_setting_names_must_be_there(parts, what):
    with pytest.raises(UnknownNameError) as error:
        Setting(**{"units": ("NL", "PUE"), "first": 2000, "last": 2003, **parts}).refuse_misfits(MODEL)
    assert error.value.what == what


def test_shared_unknowns_fit_and_so_do_single_years():
    setting = Setting(
        ("NL",), 2000, 2000, (*course(last=2000, value=R(0, 1), name="x"), *course(last=2000, value=R(0, 1), name="x")),
        (*event(), *event("step"), *event("move", "council")), {("NL", "C"): R(0.5, 0.5)},
    )  # fmt: skip
    setting.refuse_misfits(MODEL)
    assert setting.years == (2000,)


def test_a_setting_of_some_units_keeps_what_is_theirs():
    whole = Setting(("NL", "PUE"), 2000, 2003, (*course(), *course(unit="PUE")), (*event(), *event(unit="PUE")),
                    {("NL", "C"): R(0, 0), ("PUE", "C"): R(1, 1)})  # fmt: skip
    part = whole.of(["PUE"])
    assert (part.units, part.courses, part.happenings) == (("PUE",), course(unit="PUE"), event(unit="PUE"))
    assert part.starts == {("PUE", "C"): R(1, 1)}
    with pytest.raises(UnknownNameError) as error:
        whole.of(["PU"])
    assert error.value.fix == "did you mean PUE?"

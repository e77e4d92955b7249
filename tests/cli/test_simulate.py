"""``concausa simulate``: every question at 80 columns and as JSON, what does not go together, names kept out."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from concausa.cli.simulate import GOES_WITH, NEEDS
from concausa.study.scaffold import new

if TYPE_CHECKING:
    from tests.cli.conftest import Run

#: Bands may be missed by a tenth, so that plain draws are enough.
QUICK = ("--tolerance", "0.1", "--draws", "8192")


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example study, with a third unit that its model is only asked about."""
    folder = tmp_path_factory.mktemp("studies") / "harbour"
    new(folder)
    toml = folder / "study.toml"
    text = toml.read_text("utf-8")
    toml.write_text(
        text.replace('years = "2001/2010"\n', 'years = "2001/2010"\nelsewhere = ["ISL"]\n'), "utf-8"
    )
    for file, row in (
        ("units.csv", "ISL,Isla,,shadow,Invented.\n"),
        ("terms.csv", "T-ISL-1,ISL,governor,D. Invented,Hills,2000-09,2009,,,,POST-2009,,Surmar,,\n"),
        ("term_codings.csv", "TC-ISL-1,T-ISL-1,GOV,low,,Your Name,E09,No money.,Surmar,\n"),
        ("codings.csv", "C90,ISL,1,ADM,,low,,Your Name,body,E14,,,,Surmar,,\n"),
    ):
        with (folder / file).open("a", encoding="utf-8") as lines:
            lines.write(row)
    return folder


@pytest.fixture
def scenarios(tmp_path: Path) -> Path:
    file = tmp_path / "scenarios.csv"
    file.write_text("id,do\ntied,SUR tie 2003\nboth,SUR tie 2003; SUR leadership=high from 2003\n", "utf-8")
    return file


ASKED = {
    "": ("patterns", "stocks", "learned", "bearings", "admitted", "caveats"),
    "--do=SUR tie 2003": ("counterfactual", "matched"),
    "skeleton": ("skeleton",),
    "reach --unit=SUR --goal=joint": ("reach",),
    "persistence --unit=NOR --from=2005 --until=2016": ("persistence",),
    "tipping --unit=SUR --from=2003 --goal=joint": ("tipping",),
    "elsewhere --years=2005,2010": ("elsewhere",),
    "honesty --part=learned --part=removed": ("honesty",),
}


@pytest.mark.parametrize("asked", ASKED)
def test_every_answer_fits_80_columns_and_is_json_with_the_keys_of_the_help(
    asked: str, harbour: Path, concausa: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(harbour.parent)
    words = [asked] if asked.startswith("--do") else asked.split()
    quick = QUICK if words[:1] not in (["skeleton"], ["reach"]) else ()
    answer = concausa("simulate", "harbour", *words, *quick)
    assert (answer.status, answer.err) == (0, "")
    assert [line for line in answer.out.splitlines() if len(line) > 80] == []
    told = json.loads(concausa("simulate", "harbour", *words, *quick, "--json").out)
    assert told["study"] == "harbour"
    assert told["model"] == "HARBOUR"
    assert told["what"] == ("" if asked.startswith("--do") else asked.partition(" ")[0])
    help_text = " ".join(concausa("simulate", "--help").out.partition("JSON:")[2].split())
    for name in ASKED[asked]:
        assert name in told
        assert name in help_text


def test_the_overview_says_what_was_matched_learned_and_what_to_ask_next(
    harbour: Path, concausa: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    out = concausa("simulate", harbour, *QUICK).out
    assert (
        "Matched: NOR and SUR, 2001 to 2010; 12 unknowns held against 9 bands of 5 items of evidence." in out
    )
    # What is suggested is asked of the same model; the search for smallest changes matches nothing.
    assert [line.partition(str(harbour))[2] for line in out.splitlines() if ": concausa simulate" in line] == [
        " --do 'SUR tie 2005' --tolerance 0.1", " honesty --tolerance 0.1",
        " persistence --unit NOR --from 2005 --tolerance 0.1", " reach --unit SUR --goal joint",
        " elsewhere --tolerance 0.1",
    ]  # fmt: skip
    other = concausa("simulate", harbour, *QUICK, "--without", "HARBOUR-apart", "--boundary", "2004").out
    assert "reach --unit SUR --goal joint --without HARBOUR-apart --boundary 2004\n" in other
    order = [
        "Matched:",
        "Admitted:",
        "Of 12 unknowns:",
        "NOR by year",
        "SUR by year",
        "what if: concausa simulate",
    ]
    places = [out.index(part) for part in order]
    assert places == sorted(places)


def test_what_is_open_of_units_elsewhere_is_told_with_them_alone(harbour: Path, concausa: Run) -> None:
    # The governors of Surmar and Isla are known until 2009.
    notes = [f"nobody is known to have held the office of governor in {unit}" for unit in ("SUR", "ISL")]
    overview = " ".join(concausa("simulate", harbour, *QUICK).out.split())
    elsewhere = " ".join(concausa("simulate", harbour, "elsewhere", *QUICK).out.split())
    assert [note in overview for note in notes] == [True, False]
    assert [note in elsewhere for note in notes] == [False, True]
    assert "What is known of their inputs: ISL: L. nobody" in elsewhere


def test_a_what_if_tells_the_last_year_and_then_year_by_year(
    harbour: Path, concausa: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    out = concausa(
        "simulate", harbour, *QUICK, "--do", "SUR tie 2003", "--do", "SUR leadership=high from 2003"
    ).out
    assert out.index("What if") < out.index("SUR by year")
    assert "NOR by year" not in out
    # Before the change nothing differs: no arrow in the column of 2002.
    table = out.partition("SUR by year")[2].splitlines()
    assert table[1].split()[0] == "2002"
    assert all(
        "→" not in line[:18] for line in table[3:] if line.startswith("  ") and "As it was" not in line
    )


def test_a_sweep_is_read_from_a_csv_and_a_fault_in_it_is_told_with_its_scenario(
    harbour: Path, scenarios: Path, concausa: Run
) -> None:
    told = json.loads(concausa("simulate", harbour, *QUICK, "--sweep", scenarios, "--json").out)
    assert [one["scenario"] for one in told["sweep"]["outcomes"]] == ["tied", "both"]
    scenarios.write_text("id,do\nbad,SUR tei 2003\n", "utf-8")
    answer = concausa("simulate", harbour, *QUICK, "--sweep", scenarios)
    assert answer.status == 2
    assert answer.err == (
        "UnknownNameError: there is no intervention 'tei'\n"
        f"  where  {scenarios}, scenario bad\n"
        "  where  SUR tei 2003\n"
        "  where      ^\n"
        "  fix    did you mean tie?\n"
    )
    scenarios.write_bytes(b"id,do\nbad,SUR \xff\n")
    assert "the file is no text in UTF-8" in concausa("simulate", harbour, "--sweep", scenarios).err
    scenarios.write_text("what\nSUR tie 2003\n", "utf-8")
    answer = concausa("simulate", harbour, *QUICK, "--sweep", scenarios)
    assert f"there is no column id\n  where  {scenarios}, line 1" in answer.err


def test_tables_and_charts_go_into_a_folder(harbour: Path, tmp_path: Path, concausa: Run) -> None:
    out = tmp_path / "results"
    answer = concausa("simulate", harbour, *QUICK, "--do", "SUR tie 2003", "-o", out, "--json")
    files = json.loads(answer.out)["files"]
    assert {"tables/counterfactual.csv", "figures/what-if-SUR.svg", "results.json"} <= set(files)
    rows = list(csv.DictReader((out / "tables" / "counterfactual.csv").open(encoding="utf-8")))
    assert {row["year"] for row in rows} == {str(year) for year in range(2001, 2011)}
    told = json.loads((out / "results.json").read_text("utf-8"))
    assert told["counterfactual"] == json.loads(answer.out)["counterfactual"]


def test_a_mechanism_that_is_off_and_another_reading_change_what_is_admitted(
    harbour: Path, concausa: Run
) -> None:
    def told(*options: str):
        return json.loads(concausa("simulate", harbour, *QUICK, *options, "--json").out)

    plain, without = told(), told("--without", "HARBOUR-apart", "--tolerance", "0.125")
    assert plain["off"] == []
    assert without["off"] == ["HARBOUR-apart"]
    assert without["unknowns"] < plain["unknowns"]
    other = told("--boundary", "2004", "--level-map", "medium-in", "--seed", "1")
    assert other["admitted"] != plain["admitted"]
    assert other["seed"] == 1


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("--do", "SUX tie 2005"),
         "UnknownNameError: there is no unit 'SUX'\n  where  SUX tie 2005\n  where  ^\n  fix    did you mean SUR?\n"),
        (("--do", "SUR tie 1999"),
         ("OptionError: 1999 lies before the first year 2001\n  where  SUR tie 1999\n  where          ^\n"
          "  fix    give a year from 2001 to 2010\n")),
        (("--do", "SUR leadership=lwo"),
         ("UnknownNameError: there is no level of L 'lwo'\n  where  SUR leadership=lwo\n"
          "  where                 ^\n  fix    did you mean low?\n")),
        (("--do", "SUR bananas"),
         ("UnknownNameError: there is no intervention 'bananas'\n  where  SUR bananas\n  where      ^\n"
          "  fix    one of tie\n")),
        (("SUR tie 2005",),
         ("UnknownNameError: nothing to simulate is called 'SUR tie 2005'\n"
          "  fix    a change goes behind --do: --do 'SUR tie 2005'\n")),
        (("hnoesty",),
         "UnknownNameError: nothing to simulate is called 'hnoesty'\n  fix    did you mean honesty?\n"),
        (("reach", "--unit", "SUR"),
         ("OptionError: reach needs --goal\n"
          "  fix    write concausa simulate STUDY reach --unit UNIT --goal PATTERN\n")),
        (("skeleton", "--hold", "L=half"),
         "OptionError: 'L=half' is not NAME=0 or NAME=1\n  where  --hold L=half\n  fix    write --hold L=1\n"),
        (("reach", "--unit", "SUX", "--goal", "joint"),
         "UnknownNameError: there is no unit 'SUX' in the simulation\n  fix    did you mean SUR?\n"),
        (("--years", "2005,soon"),
         "OptionError: 'soon' is no year\n  where  --years 2005,soon\n  fix    write --years 2005,2010\n"),
        (("honesty", "--part", "lerned"),
         "OptionError: the panel has no part 'lerned'\n  where  --part lerned\n  fix    did you mean learned?\n"),
        (("--without", "M9"),
         "UnknownNameError: there is no mechanism or flow 'M9'\n  where  HARBOUR\n  fix    did you mean M1?\n"),
        (("--do", "SUR tie 2003", "--sweep", "x.csv"),
         ("OptionError: --do and --sweep ask two things\n  where  --sweep x.csv\n"
          "  fix    write the changes into the file\n")),
    ],
)  # fmt: skip
def test_wrong_usage_is_told_with_place_and_fix(
    words: tuple[str, ...], error: str, harbour: Path, concausa: Run
) -> None:
    quick = QUICK if words[0] not in ("reach", "skeleton") else ()
    answer = concausa("simulate", harbour, *words, *quick)
    assert (answer.status, answer.out, answer.err) == (2, "", error)


VALUES = {
    "--do": "SUR tie 2003", "--sweep": "x.csv", "--unit": "SUR", "--from": "2003", "--goal": "joint", "--lever": "L",
    "--forum": "", "--hold": "L=1", "--until": "2015", "--part": "learned", "--years": "2005", "--particles": "64",
    "--tolerance": "0.1", "--workers": "2", "--scheduler": "tcp://there:1", "--level-map": "even", "--boundary": "2004",
}  # fmt: skip


@pytest.mark.parametrize("name", GOES_WITH)
def test_an_option_that_does_not_fit_is_refused_and_never_ignored(
    name: str, harbour: Path, concausa: Run
) -> None:
    words = [name, VALUES[name]] if name in VALUES else [name]
    what = next(what for what in ("skeleton", "", "reach") if what not in GOES_WITH[name])
    needed = [word for need in NEEDS.get(what, {}) if need != name for word in (need, VALUES[need])]
    answer = concausa("simulate", harbour, *([what] if what else []), *needed, *words)
    assert answer.status == 2
    assert f"OptionError: {name} goes with " in answer.err


def test_a_study_without_a_model_says_how_to_declare_one(
    harbour: Path, tmp_path: Path, concausa: Run
) -> None:
    folder = tmp_path / "bare"
    shutil.copytree(harbour, folder)
    toml = (folder / "study.toml").read_text("utf-8")
    start, end = toml.index("# --- Dynamic models"), toml.index("# --- Series")
    (folder / "study.toml").write_text(toml[:start] + toml[end:], "utf-8")
    for name in ("bands.csv", "scenarios.csv"):
        heading = (folder / name).read_text("utf-8").splitlines()[0]
        (folder / name).write_text(heading + "\n", "utf-8")
    answer = concausa("simulate", folder)
    assert answer.status == 2
    assert answer.err == (
        "OptionError: the study declares no dynamic model\n"
        "  fix    add [[dynamic_models]] to study.toml; see concausa new\n"
    )


def test_protected_names_are_kept_out(harbour: Path, tmp_path: Path, concausa: Run) -> None:
    folder = tmp_path / "sealed"
    shutil.copytree(harbour, folder)
    toml = (folder / "study.toml").read_text("utf-8")
    told = toml.replace(
        'label = "Leaders, cooperatives and the office"', 'label = "The office of Rosa Inventada"'
    )
    assert told != toml
    (folder / "study.toml").write_text(told, "utf-8")
    names = tmp_path / "names.csv"
    names.write_text("code,name\nI01,Rosa Inventada\n", "utf-8")
    key = tmp_path / "names.key"
    assert concausa("seal", folder, names, "--key", key).status == 0
    refused = concausa("simulate", folder, *QUICK)
    assert refused.status == 1
    assert "--key" in refused.err
    out = tmp_path / "results"
    shown = concausa(
        "simulate", folder, "reach", "--unit", "SUR", "--goal", "joint", "--key", key, "-o", out
    ).out
    assert "Inventada" not in shown
    shown += concausa("simulate", folder, *QUICK, "--key", key).out
    assert "HARBOUR: The office of [name withheld]" in shown
    assert "Inventada" not in shown
    assert all("Inventada" not in file.read_text("utf-8") for file in out.rglob("*.json"))


def test_what_the_assumptions_drive_stands_first(concausa: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    # What a legal body is worth was seen nowhere: in its first year it is as open as it was before all evidence.
    monkeypatch.setenv("COLUMNS", "80")
    quick = ("--tolerance", "0.1", "--draws", "4096", "--particles", "64")
    answer = concausa(
        "simulate", "prosoft", *quick, "--do", "PUE legal body 2016", "--do", "NL leadership=low from 2010"
    )
    assert (answer.status, answer.err) == (0, "")
    assert [line for line in answer.out.splitlines() if len(line) > 80] == []
    order = ["Assumption-driven: ", "What if: PUE legal body 2016; NL L=low from 2010",
             "NL in 2016, as it was", "PUE in 2016, as it was", "Caveat: ", "NL by year", "PUE by year"]  # fmt: skip
    places = [answer.out.index(part) for part in order]
    assert places == sorted(places)
    assert "I of PUE in 2016" in answer.out.partition("What if")[0]

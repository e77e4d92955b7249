"""What is doubtful, not wrong: each doubt appears when its cause is put into the example study, and not before."""

from __future__ import annotations

from pathlib import Path

import pytest

from concausa.study.checker import check
from concausa.study.study import Study


def doubts(folder: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for problem in check(folder):
        assert problem.severity == "doubt", str(problem)
        found.setdefault(problem.kind, []).append(problem.what)
    return found


def put(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def add(folder: Path, file: str, line: str) -> None:
    with (folder / file).open("a", encoding="utf-8") as handle:
        handle.write(line + "\n")


def test_the_example_study_has_the_one_doubt_that_it_explains(folder: Path) -> None:
    assert doubts(folder) == {
        "conflicting-codings": ["SUR-2.COOP has several levels: low (C15), medium (C16)"]
    }


def test_doubts_do_not_refuse_a_study(folder: Path) -> None:
    assert [doubt.kind for doubt in Study.load(folder).doubts] == ["conflicting-codings"]


@pytest.mark.parametrize(
    ("file", "old", "new", "kind", "what"),
    [
        # The Post of June 2004 cannot know 2005.
        ("evidence.csv", "E01,NOR,1,2004,", "E01,NOR,1,2005,", "evidence-after-source",
         "E01 speaks of 2005, after its source POST-2004 of 2004-06-12"),
        ("evidence.csv", "E01,NOR,1,2004,", "E01,NOR,1,2003/2005,", "evidence-after-source",
         "E01 speaks of 2003/2005, after its source POST-2004 of 2004-06-12"),
        ("evidence.csv", "E01,NOR,1,2004,", "E01,NOR,1,1999,", "evidence-outside-period",
         "E01 speaks of 1999, outside its period 1 (2001 to 2005)"),
        ("study.toml", 'label = "Budget"', 'label = "Budget"\nalso = ["UP"]', "shared-indicator",
         "GOV.budget feeds both GOV and the outcome UP"),
        ("evidence.csv", "M1; K-order", "M1", "", ""),
        ("codings.csv", "body,E02,", "body,,", "level-without-evidence", "the level high of NOR-1.ADM rests on no passage"),
        ("sources.csv", "2009-10-02", "2009-10~", "uncertain-date", "the date of source POST-2009 is approximate"),
        ("sources.csv", "2009-10-02", "2009-10?", "uncertain-date", "the date of source POST-2009 is uncertain"),
        ("events.csv", "EV2,NOR,2004-06,", "EV2,NOR,2000,", "event-before-needed",
         "EV2 (2000) is dated before EV1 (2001-02), which it needed"),
        ("facts.csv", "funds,2001/2005", "funds,2000/2005", "unequal-windows",
         ("funds is given for 2000/2005 (nor_funds_1) and for 2001/2005 "
          "(sur_funds_1, nor_per_boat_1, sur_per_boat_1, … (5)): the windows overlap but differ")),
        ("codings.csv", "C04,NOR,1,UP,", "C04,NOR,1,GOV,", "case-without-outcome",
         "the case NOR-1 has no level of the outcome UP"),
        ("terms.csv", "2000-09,2009,", "2010~,2009,", "ends-before-start",
         "T-SUR-1 ends (2009) before it starts (2010~)"),
        ("terms.csv", "2000-09,2009,", "2010?,2009,", "ends-before-start",
         "T-SUR-1 ends (2009) before it starts (2010?)"),
        ("units.csv", ",note", "", "missing-column", ""),
    ],
)  # fmt: skip
def test_a_doubt_has_its_cause(folder: Path, file: str, old: str, new: str, kind: str, what: str) -> None:
    if file == "units.csv":
        put(folder, file, ",Invented.\nSUR", "\nSUR")
        put(folder, file, "core,Invented.", "core")
        what = "the optional columns note are not there and are taken as empty"
    put(folder, file, old, new)
    found = doubts(folder)
    found.pop("conflicting-codings")
    if kind:
        assert found.pop(kind, [])[:1] == [what]
        found.pop("conflicting-codings", None)
    assert set(found) <= {"evidence-outside-period", "conflicting-codings"} - {kind}


def test_an_event_dated_after_its_source_is_doubted(folder: Path) -> None:
    put(folder, "events.csv", "EV2,NOR,2004-06,", "EV2,NOR,2005,")
    assert doubts(folder)["event-after-source"] == [
        "EV2 is dated 2005, after its source POST-2004 of 2004-06-12"
    ]


def test_a_prerequisite_that_dates_contradict_is_doubted_and_a_contested_one_is_not(folder: Path) -> None:
    put(folder, "prerequisites.csv", "Q1,EV3,EV2,inferred", "Q1,EV2,EV3,inferred")
    assert doubts(folder)["event-before-needed"] == [
        "EV2 (2004-06) is dated before EV3 (2010), which it needed"
    ]
    put(folder, "prerequisites.csv", "EV2,EV3,inferred", "EV2,EV3,contested")
    assert "event-before-needed" not in doubts(folder)


def test_a_prerequisite_against_the_row_of_its_event_is_doubted(folder: Path) -> None:
    add(folder, "prerequisites.csv", "Q3,EV2,EV1,rejected,So.,,REPORT-2005,,Norvale,,")
    found = doubts(folder)
    assert found["needed-and-rejected"] == ["EV2 needed EV1 by its own row, and Q3 rejects it"]


def test_a_claim_without_any_passage_is_doubted(folder: Path) -> None:
    put(folder, "evidence.csv", "M1; K-order", "M1")
    put(folder, "evidence.csv", "K-order; K-joint; M1", "K-joint; M1")
    assert doubts(folder)["claim-without-evidence"] == ["no passage speaks for or against the claim K-order"]


def test_a_plan_may_speak_of_what_comes_after_it(folder: Path) -> None:
    put(folder, "evidence.csv", "E01,NOR,1,2004,", "E01,NOR,1,2005,")
    put(folder, "sources.csv", "POST-2004,newspaper", "POST-2004,plan")
    assert "evidence-after-source" not in doubts(folder)


def test_a_date_that_only_may_lie_after_its_source_is_not_doubted(folder: Path) -> None:
    # 2004 holds days after 12 June 2004, and days before: the text does not tell.
    assert "evidence-after-source" not in doubts(folder)


def test_one_speaker_behind_three_findings_is_named(folder: Path) -> None:
    put(folder, "sources.csv", "POST-2009,newspaper", "POST-2009,interview")
    found = doubts(folder)
    # C13 and C15 rest on POST-2009; a claim makes it three.
    assert "one-speaker" not in found
    put(folder, "evidence.csv", "E15,SUR,2,2009,COOP,low,,", "E15,SUR,2,2009,COOP,low,K-joint,")
    assert doubts(folder)["one-speaker"] == ["one speaker, POST-2009, is behind 3 claims and codings"]


def test_a_cell_that_rests_on_one_speaker_alone_is_named(folder: Path) -> None:
    put(folder, "sources.csv", "POST-2009,newspaper", "POST-2009,interview")
    assert doubts(folder)["only-source"] == ["one speaker alone, POST-2009, stands behind SUR-2.GOV"]


def test_letters_read_in_the_wrong_encoding_long_ago_are_doubted(folder: Path) -> None:
    add(folder, "units.csv", "NL,Nuevo LeÃ³n,,population,")
    (problem,) = [problem for problem in check(folder) if problem.kind == "garbled-letters"]
    assert (problem.line, problem.value) == (4, "NL,Nuevo LeÃ³n,,population,")


def test_a_lost_letter_is_doubted(folder: Path) -> None:
    add(folder, "units.csv", "NL,Nuevo Le\ufffdn,,population,")
    assert doubts(folder)["lost-letters"] == ["a letter was lost (�) before the file came here"]


def test_periods_that_share_a_year_are_doubted(folder: Path) -> None:
    put(folder, "study.toml", 'end = "2005"', 'end = "2006"')
    assert doubts(folder)["overlapping-periods"] == ["the periods 1 and 2 overlap"]


def test_periods_that_meet_are_not_doubted(folder: Path) -> None:
    assert "overlapping-periods" not in doubts(folder)


def test_a_sign_of_the_outcome_is_no_level_of_it(folder: Path) -> None:
    put(
        folder,
        "study.toml",
        "[[indicators]]",
        '[[indicators]]\nid = "UP.boats"\ncondition = "UP"\nlabel = "Boats"\n\n[[indicators]]',
    )
    put(folder, "codings.csv", "C04,NOR,1,UP,,", "C04,NOR,1,UP,UP.boats,")
    assert doubts(folder)["case-without-outcome"] == ["the case NOR-1 has no level of the outcome UP"]


def test_a_condition_taken_as_a_set_without_a_level_map_is_doubted_once(folder: Path) -> None:
    path = folder / "study.toml"
    text = path.read_text("utf-8")
    # Without the dynamic model, of which a condition without a map is an error.
    text = text[: text.index("# --- Dynamic models")] + text[text.index("# --- Series") :]
    (folder / "bands.csv").unlink()
    (folder / "scenarios.csv").unlink()
    path.write_text(text, "utf-8")
    covered = 'conditions = ["GOV", "ADM", "COOP", "UP"]'
    assert text.count(covered) == 2
    assert "no-level-map" not in doubts(folder)
    # ADM and COOP are sets in four patterns, GOV is one in a rule.
    path.write_text(text.replace(covered, 'conditions = ["COOP"]'), "utf-8")
    assert doubts(folder)["no-level-map"] == [
        "ADM*COOP takes ADM as a set, and no level map covers it",
        "~GOV takes GOV as a set, and no level map covers it",
    ]
    # What is only compared needs no map.
    path.write_text(
        text.replace(covered, 'conditions = ["ADM", "COOP"]').replace('"~GOV => low"', '"GOV<=low => low"'),
        "utf-8",
    )
    assert "no-level-map" not in doubts(folder)

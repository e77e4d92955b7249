"""``concausa diff``: which findings differ between two studies, and which rows bring it about."""

from __future__ import annotations

import re
import shutil
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.test_every_command import HOSTILE

from concausa.audit.findings.findings import findings
from concausa.core.typeset.plain_text import breadth
from concausa.study.study import Study
from concausa.theory.claim import Claim

if TYPE_CHECKING:
    from tests.cli.conftest import Run

NAME = "Eulalia Montaño Quiñones"


@pytest.fixture
def other(study: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example beside it, both in the folder in which the commands run."""
    monkeypatch.chdir(study.parent)
    monkeypatch.setenv("COLUMNS", "80")
    shutil.copytree(study, study.parent / "other")
    return Path("other")


def edit(file: Path, old: str, new: str) -> None:
    """Replace what stands once in a file."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    file.write_text(text.replace(old, new), "utf-8")


def add(file: Path, line: str) -> None:
    file.write_text(file.read_text("utf-8") + line + "\n", "utf-8")


def test_a_study_does_not_differ_from_itself(concausa: Run, other: Path) -> None:
    answer = concausa("diff", "my-study", "my-study")
    assert (answer.status, answer.err) == (0, "")
    assert answer.out == "my-study -> my-study: no row differs, and so no finding\n"
    document = concausa("diff", "my-study", "my-study", "--json").document
    claims = len(Study.load("my-study").claims)
    assert document == {
        "before": "my-study",
        "after": "my-study",
        "rows": [],
        "findings": [],
        "same": claims,
        "choices": [],
        "caveats": [],
        "without_effect": [],
    }


def test_a_study_under_another_name_or_in_a_workbook_is_the_same_study(concausa: Run, other: Path) -> None:
    other.rename("renamed")
    assert concausa("convert", "my-study", "book.xlsx").status == 0
    for name in ("renamed", "book.xlsx"):
        answer = concausa("diff", "my-study", name)
        assert answer.out == f"my-study -> {name}: no row differs, and so no finding\n"


def test_the_whole_answer_for_one_changed_coding(concausa: Run, other: Path) -> None:
    """Worked by hand: K-enough says that COOP suffices for UP>=medium, and SUR-2 has UP low.

    COOP of SUR-2 is low in one coding and medium in another. As low, the case is out and the claim holds;
    as medium, it breaks the claim when medium is in and leaves it open on the crossover: one world each. Once
    both codings say low, only the first is left. No other claim reads that cell.
    """
    edit(other / "codings.csv", "C16,SUR,2,COOP,,medium", "C16,SUR,2,COOP,,low")
    answer = concausa("diff", "my-study", "other")
    assert (answer.status, answer.err) == (0, "")
    assert answer.out == (
        """my-study -> other: 1 row changed; 1 finding changed, 3 the same

Another finding (1)

  K-enough: Where fishers cooperated, the fleet reached at least a medium
    upgrading.
    finding       depends on the reading -> supported in every world
    own reading   supported, as before
    supported     33.3 % -> 100 %  1 of 3 -> 1 of 1 worlds
    contradicted  33.3 % -> 0 %    1 of 3 -> 0 of 1
    not testable  33.3 % -> 0 %    1 of 3 -> 0 of 1
    turns now     no longer on SUR-2.COOP
    alone by      codings C16 (SUR-2.COOP): level medium -> low

Open choices (1)
  SUR-2.COOP, open no more; it was low | medium, on the crossover | medium, in

alone: changed by itself, this row gives the finding of the second study.
"""
    )


def test_the_same_in_a_document_for_machines(concausa: Run, other: Path) -> None:
    edit(other / "codings.csv", "C16,SUR,2,COOP,,medium", "C16,SUR,2,COOP,,low")
    document = concausa("diff", "my-study", "other", "--json").document
    (change,) = document["findings"]
    assert {key: change[key] for key in ("claim", "kind", "alone", "partly", "together", "untried")} == {
        "claim": "K-enough",
        "kind": "changed",
        "alone": ["codings C16"],
        "partly": [],
        "together": [],
        "untried": 0,
    }
    assert change["text"] == Study.load("my-study").row("claims", "K-enough").text
    words = ("word", "supported", "contradicted", "not testable", "worlds", "sampled")
    assert [change["before"][word] for word in words] == ["depends on the reading", 1, 1, 1, 3, False]
    assert [change["after"][word] for word in words] == ["supported in every world", 1, 0, 0, 1, False]
    assert change["before"]["baseline"] == {"word": "supported", "reason": ""}
    level = {"column": "level", "before": "medium", "after": "low"}
    assert document["rows"] == [{"table": "codings", "id": "C16", "kind": "changed", "columns": [level]}]
    choice = {
        "id": "SUR-2.COOP",
        "before": ["low", "medium, on the crossover", "medium, in"],
        "after": None,
    }
    assert document["choices"] == [choice]
    assert (document["same"], document["without_effect"]) == (3, [])


def judged(study: Study) -> dict[str, Any]:
    """What every claim of a study is worth, as one audits it: shares, own reading, what decides."""
    return {
        one.claim.id: (
            {verdict: Fraction(number, one.total) for verdict, number in one.counts.items()},
            one.baseline,
            {word: formula.short() for word, formula in one.formulas.items()},
        )
        for one in findings(study)
    }


def reads(claim: Claim, word: str) -> bool:
    """Whether a claim speaks of a condition anywhere in its formal words."""
    said = " ".join([claim.when, claim.under, claim.outcome, claim.part, claim.states])
    return re.search(rf"\b{word}\b", said) is not None


def test_of_the_bundled_study_just_those_findings_change_that_rest_on_the_coding(
    concausa: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert concausa("convert", "prosoft", "own").status == 0
    edit(Path("own/codings.csv"), "C062,PUE,2,INST,,absent", "C062,PUE,2,INST,,young")
    document = concausa("diff", "prosoft", "own", "--json").document
    prosoft = Study.load("prosoft")
    before, after = judged(prosoft), judged(Study.load("own"))
    changed = {id for id in before if before[id] != after[id]}
    assert {change["claim"] for change in document["findings"]} == changed
    assert document["same"] == len(before) - len(changed)
    # The article calls cooperation in Puebla not institutionalised, and builds two claims on it.
    assert changed == {"K-PUE-no-institution", "K-PUE-quality-exposed"}
    assert all(reads(prosoft.row("claims", id), "INST") for id in changed)
    assert all(change["alone"] == ["codings C062"] for change in document["findings"])


def test_a_row_that_cannot_stand_alone_is_told_as_untried_and_found_with_its_other_half(
    concausa: Run, other: Path
) -> None:
    add(other / "evidence.csv", "E20,NOR,2,,UP,,,,,,Half of the fleet has new engines.,REPORT-2010,,,,")
    add(other / "codings.csv", "C18,NOR,2,UP,,low,,Your Name,body,E20,,,,Norvale,,")
    document = concausa("diff", "my-study", "other", "--claim", "K-joint", "--json").document
    (change,) = document["findings"]
    assert (change["alone"], change["partly"]) == ([], [])
    assert change["together"] == ["evidence E20", "codings C18"]
    assert change["untried"] == 1  # the coding, whose passage the first study does not have
    lines = concausa("diff", "my-study", "other", "--claim", "K-joint").out.splitlines()
    start = next(place for place, line in enumerate(lines) if "together by" in line)
    assert lines[start : start + 5] == [
        "    together by   evidence E20, added: unit NOR; period 2; about UP; summary",
        '                  "Half of the fleet has new engines."; source REPORT-2010',
        "                  codings C18, added: unit NOR; period 2; condition UP; level",
        '                  low; coder "Your Name"; …',
        "    untried       1 row: changed alone, the study would have errors",
    ]


def test_a_row_that_does_a_part_is_told_apart_from_one_that_does_all(concausa: Run, other: Path) -> None:
    """SUR-2.COOP is low or medium. Each coding alone leaves a medium; both together leave none."""
    edit(other / "codings.csv", "C15,SUR,2,COOP,,low", "C15,SUR,2,COOP,,high")
    edit(other / "codings.csv", "C16,SUR,2,COOP,,medium", "C16,SUR,2,COOP,,high")
    document = concausa("diff", "my-study", "other", "--json").document
    (change,) = document["findings"]
    assert document["without_effect"] == []
    assert (change["claim"], change["after"]["word"]) == ("K-enough", "contradicted in every world")
    assert change["alone"] == []
    assert change["partly"] == change["together"] == ["codings C15", "codings C16"]
    shown = concausa("diff", "my-study", "other").out
    assert "    partly by     codings C15 (SUR-2.COOP): level low -> high\n" in shown
    assert "    together by   codings C15, as above\n" in shown
    assert "partly: changed by itself, this row changes the finding" in shown
    assert "alone: " not in shown


def test_more_rows_than_are_tried_are_said_to_be_untried(concausa: Run, other: Path) -> None:
    edit(other / "codings.csv", "C16,SUR,2,COOP,,medium", "C16,SUR,2,COOP,,low")
    for number in range(101):
        add(other / "codings.csv", f"X{number},NOR,1,COOP,,medium,,Coder {number},body,E03,,,,,,")
    shown = concausa("diff", "my-study", "other").out
    assert "my-study -> other: 102 rows changed; 1 finding changed, 3 the same\n" in shown
    assert "    together by   codings C16 (SUR-2.COOP): level medium -> low\n" in shown
    assert "    untried       all 102 rows: too many to try each alone\n" in shown


def test_rows_that_change_no_finding_are_counted_by_table_and_all_listed_for_machines(
    concausa: Run, other: Path
) -> None:
    edit(other / "codings.csv", "C16,SUR,2,COOP,,medium", "C16,SUR,2,COOP,,low")
    edit(other / "codings.csv", "Owners act alone.", "Each for himself.")
    edit(other / "evidence.csv", "Two cooperatives met every month", "Two cooperatives met")
    edit(other / "study.toml", "Your Name", "Somebody Else")
    shown = concausa("diff", "my-study", "other").out
    assert "4 rows changed; 1 finding changed, 3 the same\n" in shown
    rest = (
        "not named above: 1 in study, 1 in evidence, 1 in codings; none of them changes a finding by itself."
    )
    assert rest in " ".join(shown.split())
    document = concausa("diff", "my-study", "other", "--json").document
    assert document["without_effect"] == ["study example", "evidence E16", "codings C15"]
    assert [f"{row['table']} {row['id']}" for row in document["rows"]] == [
        "study example",
        "evidence E16",
        "codings C15",
        "codings C16",
    ]


def test_rows_alone_may_differ(concausa: Run, other: Path) -> None:
    edit(other / "evidence.csv", "Two cooperatives met every month", "Two cooperatives met")
    lines = concausa("diff", "my-study", "other").out.splitlines()
    assert lines == [
        "my-study -> other: 1 row changed; 0 findings changed, 4 the same",
        "",
        "Changed rows: 1 in evidence; no finding changes with them.",
    ]


def test_rows_in_another_order_and_data_files_are_no_rows(concausa: Run, other: Path) -> None:
    header, first, second, *rest = (other / "units.csv").read_text("utf-8").splitlines()
    (other / "units.csv").write_text("\n".join([header, second, first, *rest]) + "\n", "utf-8")
    (file,) = {row.file for row in Study.load("my-study").series}
    add(other / file, "")
    said = concausa("diff", "my-study", "other").out.splitlines()[0]
    assert said.startswith("my-study -> other: 0 rows changed, units in another order, data files changed; ")


def test_a_renamed_claim_is_one_that_only_one_study_makes(concausa: Run, other: Path) -> None:
    edit(other / "study.toml", 'id = "K-enough"', 'id = "K-plenty"')
    evidence = other / "evidence.csv"
    evidence.write_text(evidence.read_text("utf-8").replace("K-enough", "K-plenty"), "utf-8")
    lines = concausa("diff", "my-study", "other").out.splitlines()
    assert lines[0] == "my-study -> other: 4 rows changed; 0 findings changed, 1 new, 1 gone, 3 the same"
    assert lines[2:5] == [
        "Only the second study claims (1)",
        "",
        "  K-plenty: Where fishers cooperated, the fleet reached at least a medium",
    ]
    assert "Only the first study claims (1)" in lines
    assert lines[-1] == "Changed rows not named above: 2 in evidence; no finding changes with them."
    found = concausa("diff", "my-study", "other", "--json").document["findings"]
    kinds = {change["claim"]: (change["kind"], change["before"], change["after"]) for change in found}
    assert kinds["K-enough"][::2] == ("removed", None)
    assert kinds["K-plenty"][:2] == ("added", None)
    assert kinds["K-plenty"][2] == kinds["K-enough"][1]


def test_an_open_choice_with_other_options_is_told(concausa: Run, other: Path) -> None:
    edit(other / "study.toml", 'options = ["2005/2006", "2004/2005"]', 'options = ["2005/2006", "2003/2004"]')
    assert "\n  boundary, new: 2003/2004; gone: 2004/2005\n" in concausa("diff", "my-study", "other").out


def test_one_claim_can_be_asked_for(concausa: Run, other: Path) -> None:
    edit(other / "codings.csv", "C16,SUR,2,COOP,,medium", "C16,SUR,2,COOP,,low")
    shown = concausa("diff", "my-study", "other", "--claim", "K-money").out
    assert shown.startswith("my-study -> other: 1 row changed; 0 findings changed, 1 the same\n")
    assert "Changed rows: 1 in codings; no finding that was asked for changes with them." in shown


def test_a_claim_of_either_study_is_suggested(concausa: Run, other: Path) -> None:
    edit(other / "study.toml", 'id = "K-money"', 'id = "K-funds-each"')
    edit(other / "evidence.csv", "K-money", "K-funds-each")
    for asked, meant in (("K-funds-eahc", "K-funds-each"), ("K-moeny", "K-money")):
        answer = concausa("diff", "my-study", "other", "--claim", asked)
        assert f"did you mean {meant}?" in answer.err
    listed = concausa("diff", "my-study", "other", "--claim", "zzz").err
    assert "one of K-joint, K-enough, K-order, K-money, K-funds-each" in listed


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (
            ("my-study", "other", "--claim", "K-enuogh"),
            2,
            "UnknownNameError: neither study has a claim 'K-enuogh'\n  fix    did you mean K-enough?\n",
        ),
        (
            ("my-study", "none"),
            2,
            "StudyError: there is no study 'none'\n  fix    name a folder, an .xlsx workbook, or one of prosoft\n",
        ),
        (
            ("my-study",),
            2,
            "UsageError: Missing argument 'after'.\n  fix    `concausa diff --help` shows how it is called\n",
        ),
    ],
)
def test_what_is_not_there_is_wrong_usage(
    arguments: tuple[str, ...], status: int, told: str, concausa: Run, other: Path
) -> None:
    answer = concausa("diff", *arguments)
    assert (answer.status, answer.out) == (status, "")
    assert answer.err == told


def test_a_study_with_errors_is_not_compared_and_named(concausa: Run, other: Path) -> None:
    edit(other / "codings.csv", "C16,SUR,2,COOP,,medium", "C16,SUR,2,COOP,,medium-ish")
    answer = concausa("diff", "my-study", "other")
    assert (answer.status, answer.out) == (1, "")
    assert "  where    codings.csv:17, column level\n" in answer.err
    assert "  where  other\n" in answer.err


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_the_answer_keeps_to_the_width_of_the_terminal(
    width: int, concausa: Run, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    edit(other / "codings.csv", "C08,NOR,2,UP,,high", "C08,NOR,2,UP,,medium")
    edit(other / "codings.csv", "C15,SUR,2,COOP,,low", "C15,SUR,2,COOP,,high")
    edit(other / "codings.csv", "Owners act alone.", "Owners act alone and each for himself. " * 9)
    edit(other / "study.toml", "in two coastal provinces", "漁業 " * 30)
    answer = concausa("diff", "my-study", "other")
    assert "K-joint" in answer.out
    assert [line for line in answer.out.splitlines() if breadth(line) > width] == []


def test_of_long_texts_the_part_that_differs_is_shown(concausa: Run, other: Path) -> None:
    old, new = "Owners act alone.", f"Owners act alone. {'So it is told. ' * 20}"
    edit(other / "codings.csv", old, new)
    edit(other / "codings.csv", "C15,SUR,2,COOP,,low", "C15,SUR,2,COOP,,high")
    shown = " ".join(concausa("diff", "my-study", "other").out.split())
    assert 'why "Owners act alone." -> "Owners act alone. So it is told.' in shown
    edit(
        Path("my-study/codings.csv"),
        old,
        new.replace("told. So it is told. So", "told; So it is told. So", 1),
    )
    shown = " ".join(concausa("diff", "my-study", "other").out.split())
    assert re.search(r'why "….{18,20};.* -> "….{18,20}\..*…"', shown), shown


def test_text_of_a_study_cannot_steer_the_terminal(concausa: Run, other: Path) -> None:
    hostile = "".join(f"\\u{ord(letter):04x}" for letter in HOSTILE)
    edit(other / "study.toml", "Where fishers cooperated, the fleet", f"{hostile} fleet")
    edit(other / "codings.csv", "C15,SUR,2,COOP,,low", "C15,SUR,2,COOP,,high")
    edit(other / "codings.csv", "Owners act alone.", f"Owners {HOSTILE}.")
    answer = concausa("diff", "my-study", "other")
    assert answer.status == 0
    assert "␛[2J" in answer.out
    assert re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", answer.out) == []
    machine = concausa("diff", "my-study", "other", "--json")
    assert machine.out.isascii()
    assert HOSTILE in machine.document["findings"][0]["text"]


@pytest.fixture
def sealed(concausa: Run, other: Path) -> Path:
    """The copy with a sealed name; in the example itself the name stands in a passage, unprotected."""
    Path("names.csv").write_text(f"code,name\nINT-S1,{NAME}\n", "utf-8")
    assert concausa("seal", other, "names.csv", "--key", "names.key").status == 0
    edit(Path("my-study/codings.csv"), "Owners act alone.", f"{NAME} acts alone.")
    edit(other / "codings.csv", "C15,SUR,2,COOP,,low", "C15,SUR,2,COOP,,high")
    return other


def test_a_sealed_study_is_not_compared_without_its_key(concausa: Run, sealed: Path) -> None:
    for pair in (("my-study", "other"), ("other", "my-study")):
        answer = concausa("diff", *pair)
        assert (answer.status, answer.out) == (1, "")
        assert answer.err == (
            "IdentityError: this study has sealed identities; without their key no output can be screened "
            "for names\n"
            f"  where  {Path('other/protected/identities.age')}\n"
            "  fix    give the key with --key FILE, or go on without screening with --unscreened\n"
        )


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_with_the_key_a_name_is_shown_of_neither_study(
    form: tuple[str, ...], concausa: Run, sealed: Path
) -> None:
    for pair in (("my-study", "other"), ("other", "my-study")):
        answer = concausa("diff", *pair, "--key", "names.key", *form)
        assert answer.status == 0
        shown = " ".join(answer.out.split())
        assert "[name withheld] acts alone." in shown
        assert "masked before studies are compared" in shown
        for word in ("Eulalia", "Monta", "Qui"):
            assert word not in answer.out + answer.err
    assert NAME.split(maxsplit=1)[0] in concausa("diff", "my-study", "other", "--unscreened", *form).out


def test_two_sealed_studies_are_opened_with_two_keys(concausa: Run, sealed: Path) -> None:
    Path("names.csv").write_text("code,name\nINT-S1,Roberta Salvatierra Luna\n", "utf-8")
    assert concausa("seal", "my-study", "names.csv", "--key", "second.key").status == 0
    one = concausa("diff", "my-study", "other", "--key", "names.key")
    assert (one.status, one.out) == (1, "")
    assert f"  where  {Path('my-study/protected/identities.age')}\n" in one.err
    both = concausa("diff", "my-study", "other", "--key", "names.key", "--key", "second.key")
    assert both.status == 0
    assert "[name withheld] acts alone." in " ".join(both.out.split())
    assert "Eulalia" not in both.out


def test_a_passage_that_either_study_withholds_is_not_printed(concausa: Run, other: Path) -> None:
    edit(Path("my-study/evidence.csv"), "lent each other gear", "lent each other SECRET gear")
    sources = other / "sources.csv"
    source = Study.load(other).row("evidence", "E16").source
    text = sources.read_text("utf-8")
    sources.write_text(re.sub(rf"(?m)^({source},.*),open,", r"\1,restricted,", text), "utf-8")
    assert Study.load(other).row("sources", source).access == "restricted"
    for pair in (("my-study", "other"), ("other", "my-study")):
        for form in ((), ("--json",)):
            answer = concausa("diff", *pair, *form)
            assert answer.status == 0
            assert "SECRET" not in answer.out
    document = concausa("diff", "my-study", "other", "--json").document
    assert [f"{row['table']} {row['id']}" for row in document["rows"]] == [f"sources {source}"]
    assert [caveat["kind"] for caveat in document["caveats"]] == ["withheld"]

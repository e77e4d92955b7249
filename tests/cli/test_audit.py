"""``concausa audit``: what each claim is worth, in a terminal and as JSON."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import distributed
import pytest
from tests.report.claimed import claimed

from concausa.audit.findings.findings import findings
from concausa.audit.findings.next_evidence import next_evidence
from concausa.core.typeset.plain_text import breadth
from concausa.study.study import Study

if TYPE_CHECKING:
    from tests.cli.conftest import Run

#: The claim that the documentation tells in full.
CLAIM = "K-necessary-EL"


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture(scope="module")
def prosoft() -> Any:
    return findings(Study.load("prosoft"))


def test_the_overview_counts_every_claim_and_names_each_once(concausa: Run, prosoft: Any) -> None:
    answer = concausa("audit", "prosoft")
    assert (answer.status, answer.err) == (0, "")
    lines = answer.out.splitlines()
    size, choices = prosoft.worlds.space.size, len(prosoft.worlds.space.choices)
    assert lines[0] == f"prosoft: {len(prosoft)} claims, {size:,} worlds from {choices} open choices"
    counts = re.findall(r"^ +(\d+)  [a-z ]+(?:: .*)?$", answer.out, re.MULTILINE)
    assert sum(map(int, counts)) == len(prosoft)
    stated = [one.claim.id for one in prosoft if one.claim.when or one.claim.states]
    rows = re.findall(r"^  (K-\S+) +[+.-]{20}", answer.out, re.MULTILINE)
    assert sorted(rows) == sorted(stated)
    assert max(map(breadth, lines)) <= 80


def test_a_bar_has_a_letter_for_all_that_occurs(concausa: Run, prosoft: Any) -> None:
    out = concausa("audit", "prosoft").out
    for id, bar in re.findall(r"^  (K-\S+) +([+.-]{20})", out, re.MULTILINE):
        one = prosoft.of(id)
        occurs = {
            letter
            for letter, word in zip("+-.", ("supported", "contradicted", "not testable"), strict=True)
            if one.count(word)
        }
        assert set(bar) == occurs, id


def test_the_overview_ends_with_what_to_look_for_next(concausa: Run, prosoft: Any) -> None:
    out = concausa("audit", "prosoft").out
    first = next_evidence(prosoft)
    titles = re.findall(r"^Next best evidence, (.*):$", out, re.MULTILINE)
    assert titles == ["cells, numbers and dates to settle", "new cases", "conventions to argue"]
    best = next(lead for lead in first if lead.kind == "case")
    told = f"a case in {best.id}: decides {len(best.decides)} in any event ("
    assert told in out
    assert out.rstrip().endswith("More on one claim: concausa audit prosoft --claim ID")


def test_one_claim_is_told_in_full(concausa: Run, prosoft: Any) -> None:
    answer = concausa("audit", "prosoft", "--claim", CLAIM)
    one = prosoft.of(CLAIM)
    flat = " ".join(answer.out.split())
    assert answer.status == 0
    for said in (
        f"{CLAIM} (necessary): {one.claim.text}",
        "Formally: EL <= Y=maximum",
        f"supported in {one.count('supported')} of {one.total} worlds",
        "Where it can be tested, supported exactly when:",
        "Test: crisp sets; Executive leadership in NL-2: medium counts as in",
        "Matters most: Test",
        "Smallest change of the study's own reading:",
        "Single points of failure, without which a verdict is lost:",
        "What may not be claimed, or only with care:",
        "What would decide it, or put it to the test:",
    ):
        assert said in flat, said
    assert max(map(breadth, answer.out.splitlines())) <= 80


def test_a_measure_under_all_its_cuts_is_told_by_its_name(concausa: Run) -> None:
    flat = " ".join(concausa("audit", "prosoft", "--claim", CLAIM).out.split())
    assert "Benefits: anything but Funds per firm, as printed, whatever the cut" in flat


def test_json_has_every_finding_as_the_library_gives_it(concausa: Run, prosoft: Any) -> None:
    document = concausa("audit", "prosoft", "--json").document
    assert set(document) == {"study", "worlds", "choices", "findings", "next"}
    assert document["worlds"] == prosoft.worlds.space.size
    assert [choice["id"] for choice in document["choices"]] == [
        choice.id for choice in prosoft.worlds.space.choices
    ]
    for told, one in zip(document["findings"], prosoft, strict=True):
        assert (told["claim"], told["finding"], told["worlds"]) == (one.claim.id, one.word, one.total)
        assert sum(told["counts"].values()) == one.total
    assert [lead["id"] for lead in document["next"]] == [lead.id for lead in next_evidence(prosoft)]


def test_json_of_one_claim_has_its_grounds(concausa: Run) -> None:
    document = concausa("audit", "prosoft", "--claim", CLAIM, "--json").document
    (told,) = document["findings"]
    assert told["claim"] == CLAIM
    assert {"drops", "one_sided", "shared", "limits", "next"} <= set(told)
    assert {drop["kind"] for drop in told["drops"]} >= {"source", "coder", "case"}
    assert all(lead["decides"] + lead["may_decide"] + lead["endangers"] == [CLAIM] for lead in told["next"])


def test_the_answer_is_the_same_whatever_does_the_work(concausa: Run) -> None:
    alone = concausa("audit", "prosoft", "--json").out
    assert concausa("audit", "prosoft", "--json", "--workers", 2).out == alone
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", memory_limit=0
    ) as cluster:
        answer = concausa("audit", "prosoft", "--json", "--scheduler", cluster.scheduler_address)
    assert answer.out == alone


def test_a_claim_above_the_bound_is_drawn_and_says_so(concausa: Run) -> None:
    options = ("audit", "prosoft", "--claim", CLAIM, "--bound", 10, "--sample", 2000, "--seed", 3)
    first, again = concausa(*options), concausa(*options)
    flat = " ".join(first.out.split())
    assert first.out == again.out
    assert "of 2,000 worlds drawn" in flat
    assert "Note: 2000 of 540 worlds were drawn (seed 3)" in flat
    assert "exactly when" not in flat


REFUSED = [
    (("--claim", "K-necessary-LE"), "did you mean K-necessary-EL?"),
    (("--bound", "0"), "a whole number from 1 on"),
    (("--sample", "-4"), "a whole number from 1 on"),
    (("--seed", "-1"), "a whole number from 0 on"),
    (("--workers", "0"), "a whole number from 1 on"),
    (("--scheduler", "nowhere.invalid:1"), "check its address"),
    (("--scheduler", "nonsense"), "write it as tcp://HOST:PORT"),
    (("--scheduler", "tcp://127.0.0.1"), "write it as tcp://HOST:PORT"),
    (("--scheduler", "127.0.0.1:99999"), "write it as tcp://HOST:PORT"),
    (("--scheduler", "smtp://127.0.0.1:9"), "check its address"),
]


@pytest.mark.parametrize(("options", "fix"), REFUSED)
def test_what_cannot_be_done_is_refused_with_its_fix(
    options: tuple[str, ...], fix: str, concausa: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("concausa.core.spread.PATIENCE", "1s")
    answer = concausa("audit", "prosoft", *options)
    assert answer.status == 2
    assert fix in answer.err
    assert answer.out == ""


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("nonsense", "'nonsense' is no address of a Dask scheduler"),
        ("{closed}", "no Dask scheduler answers at {closed}"),
        ("{mute}", "no Dask scheduler answers at {mute}"),
        ("{other}", "what answers at {other} is no Dask scheduler"),
    ],
)
def test_a_scheduler_that_is_none_ends_the_command_within_its_patience(
    address: str, told: str, study: Path
) -> None:
    code = (
        "import sys, time; from concausa.core import spread; spread.PATIENCE = '2s'\n"
        "from concausa.cli.main import main; start = time.monotonic()\n"
        "status = main(sys.argv[1:]); print(time.monotonic() - start); sys.exit(status)\n"
    )
    with socket.create_server(("127.0.0.1", 0)) as mute, socket.create_server(("127.0.0.1", 0)) as other:
        with socket.create_server(("127.0.0.1", 0)) as free:
            closed = free.getsockname()
        places = {
            name: "tcp://{}:{}".format(*place)
            for name, place in (
                ("closed", closed),
                ("mute", mute.getsockname()),
                ("other", other.getsockname()),
            )
        }
        threading.Thread(target=_greet, args=(other,), daemon=True).start()
        command = [sys.executable, "-c", code, "audit", study, "--scheduler", address.format(**places)]
        start = time.monotonic()
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        ended = time.monotonic() - start - float(done.stdout)
    assert done.returncode == 2
    assert done.stderr.startswith(f"OptionError: {told.format(**places)}\n")
    assert done.stderr.count("\n") <= 3, done.stderr
    assert ended < 15, "the process went on after its answer"


def _greet(server: socket.socket) -> None:
    """A server of another kind, which speaks first."""
    while True:
        try:
            peer, _ = server.accept()
        except OSError:
            return
        peer.sendall(b"SSH-2.0-Example\r\n" * 8)


def test_a_study_without_claims_says_so(
    tmp_path: Path, concausa: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    one_reading = tuple(row for row in claimed().codings if row.id not in ("C3", "C4"))
    study = claimed().replace(claims=(), evidence=(), codings=one_reading, translations=())
    study.save("silent")
    answer = concausa("audit", "silent")
    assert answer.status == 0, answer.err
    first, *rest = answer.out.splitlines()
    assert first == "silent: 0 claims, 1 world from 0 open choices"
    assert rest == ["", "no claims yet; state one in [[claims]] of study.toml"]
    assert concausa("convert", "silent", "silent.xlsx").status == 0
    assert (
        concausa("audit", "silent.xlsx").out.splitlines()[-1]
        == "no claims yet; state one in the sheet claims of silent.xlsx"
    )


def test_a_count_beside_a_bar_is_of_what_its_heading_says(concausa: Run, prosoft: Any) -> None:
    word = ""
    seen = set()
    for line in concausa("audit", "prosoft").out.splitlines():
        if re.fullmatch("[a-z ]+:", line):
            word = line[:-1]
        elif row := re.fullmatch(r"  (K-\S+) +[+.-]{20}(?: ([\d,]+) of ([\d,]+))?", line):
            one = prosoft.of(row[1])
            said = "supported" if word == "depends on the reading" else re.split(" (?:in|wherever)", word)[0]
            counted = (f"{one.count(said):,}", f"{one.total:,}") if one.total > 1 else (None, None)
            assert (one.word, row.groups()[1:]) == (word, counted), one.claim.id
            seen |= {word} if row[2] else set()
    assert seen >= {"depends on the reading", "contradicted wherever testable", "not testable"}


def test_what_to_look_for_names_the_claims_that_it_decides(concausa: Run, prosoft: Any) -> None:
    flat = " ".join(concausa("audit", "prosoft").out.split())
    best = next(lead for lead in next_evidence(prosoft) if lead.kind == "case")
    assert best.decides
    assert (
        f"a case in {best.id}: decides {len(best.decides)} in any event ({', '.join(best.decides)}), " in flat
    )
    assert best.may_decide[0] not in flat.partition("Next best evidence")[2]


def test_all_tells_the_text_of_every_claim_and_every_lead_with_its_claims(
    concausa: Run, prosoft: Any
) -> None:
    answer = concausa("audit", "prosoft", "--all")
    assert max(map(breadth, answer.out.splitlines())) <= 80
    flat = " ".join(answer.out.split())
    for one in prosoft:
        assert re.search(rf"\b{re.escape(one.claim.id)}\b", answer.out)
        assert " ".join(one.claim.text.split()) in flat
    for lead in next_evidence(prosoft):
        told = flat.partition(f" {lead.label}")[2]
        for said, ids in (
            ("decides {n} in any event", lead.decides),
            ("may decide {n}", lead.may_decide),
            ("tests {n}", lead.endangers),
        ):
            assert not ids or f"{said.format(n=len(ids))}: {', '.join(ids)}" in told
    assert " more;" not in answer.out


def test_all_of_one_claim_names_every_piece_of_evidence(
    concausa: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("concausa.audit.findings.grounds.NAMED", 2)
    short, whole = (concausa("audit", "prosoft", "--claim", CLAIM, *more).out for more in ((), ("--all",)))
    document = concausa("audit", "prosoft", "--claim", CLAIM, "--json").document
    assert "--all names all" in short
    assert " more;" not in whole.partition("Single points of failure")[2]
    for drop in document["findings"][0]["drops"]:
        assert f"\n  {drop['kind']} {drop['id']}" in whole


@pytest.mark.parametrize("width", [40, 60, 80])
def test_no_id_and_no_count_is_cut(
    width: int, study: Path, concausa: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    long = "K-" + "very-" * 7 + "long"
    theory = study / "study.toml"
    theory.write_text(theory.read_text("utf-8").replace('id = "K-enough"', f'id = "{long}"'), "utf-8")
    evidence = study / "evidence.csv"
    evidence.write_text(evidence.read_text("utf-8").replace("K-enough", long), "utf-8")
    lines = concausa("audit", study).out.splitlines()
    flat = "".join(line.strip() for line in lines)
    assert long in flat
    assert re.search(r"[+.-]{20} ?1 of 3", flat)
    assert max(map(breadth, lines)) <= width


def test_a_claim_that_no_choice_touches_is_told_over_all_worlds(study: Path, concausa: Run) -> None:
    out = concausa("audit", study, "--claim", "K-joint").out
    assert "\n  supported in all 576 worlds; no open choice makes a difference\n" in out
    assert "1 of 1 world" not in out
    why = concausa("why", study, "K-joint").out
    assert "supported in every world; supported in all 576 worlds; no open choice makes a difference" in why
    assert "supported in all, as the study itself is read" in why


def test_a_claim_without_a_formal_statement_is_given_no_shares(concausa: Run, prosoft: Any) -> None:
    bare = next(one.claim.id for one in prosoft if not one.claim.when and not one.claim.states)
    out = concausa("audit", "prosoft", "--claim", bare).out
    assert "No formal statement" in out
    assert "No single source" not in out
    assert "share of worlds" not in out


def test_a_single_point_says_which_verdict_is_lost_and_groups_stand_apart(study: Path, concausa: Run) -> None:
    # without the interview SUR-2.COOP is low alone, so that nothing speaks against the claim any more
    out = concausa("audit", study, "--claim", "K-enough").out
    flat = " ".join(out.split())
    assert "speaker INT-S1: no world contradicts it any more (supported 33.3 % -> 100 %, " in flat
    assert "source POST-2009: no world supports it any more (supported 33.3 % -> 0 %, " in flat
    assert "coder Your Name: no world supports or contradicts it any more (" in flat
    assert "\nCells of which only one side was interviewed:\n  SUR-2.COOP: business interviews only\n" in out
    for heading in ("Single points", "Changes without:", "All interviews", "What may not", "What would"):
        assert f"\n\n{heading}" in out
    assert "\n\n\n" not in out

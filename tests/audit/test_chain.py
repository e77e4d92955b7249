"""The chain behind any target: what it holds, how it is drawn, what is refused."""

import json

import pytest
from tests.small import event, small

from concausa.audit.chain import chain
from concausa.audit.tree import Chain
from concausa.core.errors import UnknownNameError
from concausa.core.table import Link
from concausa.measurement.level_map import LevelMap
from concausa.study.schema import TABLES
from concausa.study.study import Study
from concausa.theory.claim import Claim


def links(found):
    return [step.link.anchor for step in found.walk() if step.link]


def labels(found):
    return [step.label for step in found.walk()]


def test_a_cell_rests_on_its_codings_their_passages_and_their_sources():
    found = chain(small(), "N-1.A")
    assert found.kind == "cell"
    assert found.label == "N-1.A  Able staff, North, 2000-2007: high or medium"
    assert [step.link.anchor for step in found.children] == ["codings.C1", "codings.C2"]
    assert [step.link.anchor for step in found.children[1].children] == ["evidence.E1", "evidence.E2"]
    assert links(found.children[0]) == ["codings.C1", "evidence.E1", "sources.I1"]


def test_a_cell_without_a_level_says_so_and_guesses_nothing():
    found = chain(small(), "S-1.B")
    assert found.label.endswith("no level is given")
    assert found.children == ()


def test_passages_about_a_cell_that_no_coding_names_are_shown_apart():
    study = small()
    study = study.replace(codings=tuple(row for row in study.codings if row.id == "C1"))
    found = chain(study, "N-1.A")
    assert found.children[-1].label == "other passages on it"
    assert links(found.children[-1]) == ["evidence.E2", "sources.R1999"]


def test_the_cell_of_a_sign_holds_only_codings_of_that_sign():
    found = chain(small(), "N-1.A.years")
    assert [step.link.anchor for step in found.children if step.link] == ["codings.C9"]
    assert "codings.C9" not in links(chain(small(), "N-1.A"))


def test_a_case_holds_the_cell_of_every_condition():
    assert [step.label.split()[0] for step in chain(small(), "S-2").children] == ["S-2.A", "S-2.B", "S-2.Y"]


def test_a_check_rests_on_its_verdict_the_printed_number_and_the_facts_of_its_formula():
    found = chain(small(), "N1")
    assert {"facts.roads_n", "facts.days", "facts.per_day", "sources.R1999", "sources.I1"} <= set(
        links(found)
    )
    # 40 km / 4 days = 10 km a day, with rounding 39.5 / 4.5 to 40.5 / 3.5 = 11.6; 15 is printed
    assert any(label.startswith("does not follow") for label in labels(found))


def test_a_fact_names_the_checks_and_predictions_that_rest_on_it():
    assert {"sources.R1999", "checks.N1", "predictions.P1"} <= set(links(chain(small(), "roads_n")))


def test_a_claim_keeps_passages_for_and_against_apart():
    found = chain(small(), "K1")
    groups = {step.label: links(step) for step in found.children}
    assert groups["for it"] == ["evidence.E1", "sources.I1"]
    assert groups["against it"] == ["evidence.E2", "sources.R1999"]
    assert "codings.C1" in groups["levels that it speaks of"]


def test_a_claim_without_passages_says_so():
    assert "no passage speaks for or against it" in labels(chain(small(), "K2"))


def test_a_rival_rests_on_passages_and_on_the_figures_of_its_predictions():
    assert {"evidence.E3", "predictions.P1", "facts.roads_n", "elections.V1"} <= set(
        links(chain(small(), "R-money"))
    )


def test_a_source_shows_everything_that_rests_on_it():
    assert set(links(chain(small(), "I1"))) >= {
        "evidence.E1",
        "evidence.E3",
        "codings.C1",
        "codings.C2",
        "claims.K1",
        "facts.days",
        "elections.V1b",
    }


def test_an_event_shows_what_it_needed_all_the_way_down():
    assert links(chain(small(), "club"))[:3] == ["events.club", "events.talks", "events.law"]


def test_a_question_of_order_is_a_target():
    found = chain(small(), "law < club")
    assert found.kind == "order"
    assert found.label.startswith("law came before club: ")
    assert chain(small(), "rain before law").label.startswith("the order of rain and law is undecided")


def test_a_name_of_two_tables_must_say_which():
    also = Claim(id="R1", text="Also called R1.", kind="other")
    study = small().replace(claims=(also,))
    with pytest.raises(UnknownNameError) as caught:
        chain(study, "R1")
    assert caught.value.what == "several rows are called 'R1'"
    assert caught.value.fix == "write rules:R1 or claims:R1"
    assert chain(study, "claims:R1").label == "R1: Also called R1."


@pytest.mark.parametrize(
    ("target", "fix"),
    [
        ("N-1.Ayears", "did you mean N-1.A.years?"),
        ("N-1.Q", "one of A, B, Y, A.years"),
        ("roads_m", "did you mean roads_n?"),
        ("claims:K11", "did you mean K1?"),
        ("bridge < fires", "did you mean fire?"),
        (
            "@",
            "name a cell such as N-1.A, or the id of a claim, rival, fact, check, passage, event or source",
        ),
    ],
)
def test_an_unknown_target_is_refused_with_the_nearest(target, fix):
    with pytest.raises(UnknownNameError) as caught:
        chain(small(), target)
    assert caught.value.fix == fix


def test_every_row_of_every_table_has_a_chain_that_names_it_first():
    study = small()
    for table in TABLES:
        for row in study.rows(table):
            found = chain(study, f"{table}:{row.id}")
            assert found.link == Link(table, row.id)


def test_the_tree_is_drawn_with_box_characters_and_tells_a_row_only_once():
    source = Chain("S1: report", "source", Link("sources", "S1"))
    tree = Chain(
        "top",
        "cell",
        None,
        (
            Chain("one", "coding", Link("codings", "C1"), (source,)),
            Chain("two\nlines", "coding", Link("codings", "C2"), (source,)),
        ),
    )
    assert tree.lines() == (
        "top",
        "├─ one",
        "│  └─ S1: report",
        "└─ two",
        "   │ lines",
        "   └─ S1 (above)",
    )


def test_lines_keep_to_the_width_asked_for_and_escape_sequences_are_made_visible():
    tree = Chain("a " * 60, "cell", None, (Chain("\x1b[2J" + "b " * 60, "note"),))
    lines = tree.lines(40)
    assert max(map(len, lines)) <= 40
    assert "\x1b" not in "".join(lines)


def test_a_label_that_is_wrapped_goes_on_beside_the_lines_of_the_tree_and_no_word_is_broken():
    told = "a claim on K-leadership-needs-minimum-benefits-of-all and 30 other things"
    leaf = Chain(f"leaf: {told}", "source", Link("sources", "S1"))
    tree = Chain(
        "N-1.A  top",
        "cell",
        None,
        (Chain(f"one: {told}", "coding", None, (leaf,)), Chain(f"two: 国{told}", "coding")),
    )
    assert tree.lines(60) == (
        "N-1.A  top",
        "├─ one: a claim on",
        "│  │ K-leadership-needs-minimum-benefits-of-all and 30 other",
        "│  │ things",
        "│  └─ leaf: a claim on",
        "│       K-leadership-needs-minimum-benefits-of-all and 30",
        "│       other things",
        "└─ two: 国a claim on",
        "     K-leadership-needs-minimum-benefits-of-all and 30 other",
        "     things",
    )


def test_the_json_of_a_chain_holds_the_whole_tree():
    document = json.loads(json.dumps(chain(small(), "N-1.A").data()))
    assert document["kind"] == "cell"
    assert document["link"] is None
    assert document["children"][0]["link"] == "codings.C1"
    assert document["children"][1]["children"][0]["children"][0]["link"] == "sources.I1"


@pytest.mark.parametrize("id", ["launch-before-vote", "vote-after-launch", "after"])
def test_an_id_that_holds_the_word_before_or_after_is_no_question_of_order(id):
    study = small().replace(events=(*small().events, event(id, "2000")))
    assert chain(study, id).link == Link("events", id)


@pytest.mark.parametrize("text", ["launch-before-vote", "a-after-b"])
def test_a_name_without_spaces_around_before_asks_for_a_row(text):
    with pytest.raises(UnknownNameError) as caught:
        chain(small(), text)
    assert caught.value.what == f"the study has nothing called {text!r}"


@pytest.mark.parametrize("text", ["law<club", "law < club", "law before club", "law  before  club"])
def test_a_question_of_order_may_be_written_with_a_sign_or_a_word(text):
    assert chain(small(), text).label.startswith("law came before club: ")


def test_a_prerequisite_of_two_events_is_told_in_full_once():
    # thirty layers of two events that each needed both of the layer before: 2 ** 30 ways back
    layers = [
        event(f"{side}{layer}", "2000", needed=(f"a{layer - 1}", f"b{layer - 1}") if layer else ())
        for layer in range(30)
        for side in "ab"
    ]
    found = chain(small().replace(events=tuple(layers)), "a29")
    assert {f"events.{side}{layer}" for side in "ab" for layer in range(29)} <= set(links(found))
    assert len(links(found)) < 200


def test_a_very_long_chain_of_prerequisites_names_where_to_ask_on():
    long = [
        event(f"e{number}", "2000", needed=(f"e{number - 1}",) if number else ()) for number in range(1500)
    ]
    found = chain(small().replace(events=tuple(long)), "e1499")
    assert "and further back: ask about e1459" in labels(found)
    assert found.lines()


def formal(when="A"):
    """The small study, whose second claim says what its two coded cases bear out."""
    claim = Claim(
        id="K2",
        text="Able staff is needed.",
        kind="necessary",
        cases=("N-1", "S-2"),
        when=when,
        outcome="Y=many",
        passages=("E3",),
    )
    study = small()
    return study.replace(claims=(study.claims[0], claim), level_maps=())


def test_a_claim_leads_from_its_finding_over_rows_and_cells_to_its_sources():
    # N-1 is high or medium in A and has many of Y, S-2 is low and has few: comparisons need no level map
    found = chain(formal("A>=medium"), "K2")
    steps = {step.label: step for step in found.children}
    finding = steps[
        "finding: supported in every world; supported in all 4 worlds; no open choice makes a difference"
    ]
    assert [step.label for step in finding.children] == ["supported in all, as the study itself is read"]
    assert [step.label for step in finding.children[0].children] == [
        "N-1: A high, Y many",
        "S-2: A low, Y few",
    ]
    assert "formally: A>=medium <= Y=many" in steps
    grounds = steps["cases and cells that it rests on"]
    assert [step.label for step in grounds.children] == ["N-1  North, 2000-2007", "S-2  South, 2008-2015"]
    cells = grounds.children[0].children
    assert [step.label.split()[0] for step in cells] == ["N-1.A", "N-1.Y"]
    assert links(cells[0]) == [
        "codings.C1",
        "evidence.E1",
        "sources.I1",
        "codings.C2",
        "evidence.E1",
        "sources.I1",
        "evidence.E2",
        "sources.R1999",
    ]


def test_a_claim_tells_the_passages_that_make_it_and_those_for_and_against_it():
    found = {step.label: links(step) for step in chain(formal(), "K2").children}
    assert found["made in"] == ["evidence.E3", "sources.I1"]
    assert "no passage speaks for or against it" in found


def test_a_claim_that_depends_tells_when_it_holds_and_a_row_that_breaks_it():
    study = formal()
    maps = tuple(
        LevelMap(id=id, label=id, points=("low=0", f"medium={middle}", "high=1"), conditions=("A",))
        for id, middle in (("in", 0.6), ("out", 0.4))
    )
    found = labels(chain(study.replace(level_maps=maps), "K2"))
    # high, and medium counted as in, support it; medium counted as out does not
    assert (
        "finding: depends on the reading; supported in 2 of 3 worlds (66.7 %), contradicted in 1 (33.3 %)"
        in found
    )
    assert any(label.startswith("contradicted exactly when Able staff in N-1: ") for label in found)
    assert "N-1: A medium (out), Y many; breaks it" in found


def test_a_claim_about_times_and_numbers_leads_to_events_and_checks():
    claim = Claim(id="K2", text="In order.", kind="sequence", states="law before club and check N1")
    found = {step.label: links(step) for step in chain(small().replace(claims=(claim,)), "K2").children}
    assert found["times that it compares"] == ["events.law", "events.club"]
    assert found["numbers that it uses"][0] == "checks.N1"


def test_a_claim_without_a_formal_statement_says_so():
    assert "it has no formal statement that could be tested" in labels(chain(small(), "K1"))


def test_a_question_rests_on_its_items_each_with_its_reason_and_its_passages() -> None:
    told = str(chain(Study.load("prosoft"), "M7-PUE"))
    for shown in (
        "verdict: less likely than not (odds asked: above 1 to 1), evidence -19.5 to -5.2 dB",
        "M7-PUE.rival: The programme reached firms past an unwilling governor.",
        "-14.8 to -10.0 dB: The programme runs past the state",
        "because: A gate that decides lets nothing pass when it is shut",
        "E201: It applied past the state through the national chamber",
    ):
        assert shown in told

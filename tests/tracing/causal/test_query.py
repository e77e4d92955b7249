"""Case-level answers at the prior: against every causal type listed, against the literature, and by hand."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference.causal_types import Question, See, Twin, acyclic_graphs

from concausa.core.errors import DataError, ExpressionError, OptionError
from concausa.tracing.causal.declare import causal_model
from concausa.tracing.causal.graph import causal_graph
from concausa.tracing.causal.model import CausalModel

F = Fraction
GRAPHS = [graph for size in (1, 2, 3, 4) for graph in acyclic_graphs(size)]


def model_of(graph: dict[str, tuple[str, ...]], **options: object) -> CausalModel:
    arrows = [(parent, node) for node in graph for parent in graph[node]]
    return causal_model(causal_graph(graph, arrows), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("graph", GRAPHS, ids=str)
def test_on_every_graph_of_up_to_four_nodes_answers_are_those_of_all_types_listed(
    graph: dict[str, tuple[str, ...]],
) -> None:
    twin = Twin(graph)
    # As many types as the largest graph has are listed for two questions, others for more.
    first, last = next(iter(graph)), list(graph)[-1]
    asked: list[tuple[str, Question, str, Question]] = [
        (f"{last}==1", lambda s: s(last) == 1, f"{first}==0", lambda s: s(first) == 0),
        (
            f"{last}[{first}=1] > {last}[{first}=0]",
            lambda s: s(last, **{first: 1}) > s(last, **{first: 0}),
            f"{first}==1 & {last}==1",
            lambda s: s(first) == 1 and s(last) == 1,
        ),
    ]
    if len(twin.types) <= 4096:
        middle = list(graph)[len(graph) // 2]
        asked.append(
            (
                f"{last}[{middle}=1] - {last}[{middle}={middle}[{first}=0], {first}=1]",
                lambda s: (
                    s(last, **{middle: 1}) - s(last, **({middle: s(middle, **{first: 0})} | {first: 1}))
                ),
                f"{middle}[{first}=1] >= {last}",
                lambda s: s(middle, **{first: 1}) >= s(last),
            )
        )
        if middle in (first, last):
            asked.pop()
    model = model_of(graph)
    for text, query, known, condition in asked:
        if first == last and "[" in text:
            continue
        assert model.query(text, known).exact == _counted(twin, query, condition), text


def _counted(twin: Twin, query: Question, condition: Question) -> Fraction:
    """Under flat priors every causal type is as likely as the others."""
    worths = [int(query(see)) for see in map(twin.see, twin.types) if condition(see)]
    return F(sum(worths), len(worths))


NODES = ("A", "B", "C")


@st.composite
def questions(draw: st.DrawFn, levels: dict[str, int]) -> tuple[str, Question]:
    """A statement, as text and as a function."""

    def amount() -> tuple[str, Question]:
        node = draw(st.sampled_from(NODES))
        others = [name for name in NODES if name != node]
        held = draw(st.lists(st.sampled_from(others), unique=True, max_size=2))
        values = {name: draw(st.integers(0, levels[name] - 1)) for name in held}
        inside = ", ".join(f"{name}={value}" for name, value in values.items())
        return f"{node}[{inside}]" if held else node, lambda see: see(node, **values)

    (one, left), (other, right) = amount(), amount()
    sign = draw(st.sampled_from(["==", "!=", "<", ">", "<=", ">="]))
    compare = {
        "==": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b,
        ">": lambda a, b: a > b, "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b,
    }[sign]  # fmt: skip
    text = f"{one} {sign} {other}"
    is_denied, has_more = draw(st.booleans()), draw(st.booleans())
    third, extra = amount()
    if is_denied:
        text = f"!({text})"
    if has_more:
        text = f"{text} | {third}==1"

    def said(see: See) -> int:
        agrees = compare(left(see), right(see)) != is_denied
        return int(agrees or (has_more and extra(see) == 1))

    return text, said


@st.composite
def worlds(draw: st.DrawFn) -> tuple[CausalModel, Twin, dict[str, int]]:
    """A model on three nodes with hidden causes, levels, a rule and a prior, and its twin."""
    arrows = draw(st.lists(st.sampled_from([("A", "B"), ("A", "C"), ("B", "C")]), unique=True))
    hidden = draw(st.lists(st.sampled_from([("A", "B"), ("A", "C"), ("B", "C")]), unique=True, max_size=1))
    parents = {node: tuple(a for a, b in arrows if b == node) for node in NODES}
    levels = dict.fromkeys(NODES, 2)
    if len(parents["C"]) < 2:
        levels[draw(st.sampled_from(NODES))] = draw(st.sampled_from([2, 3]))
    model = causal_model(causal_graph(NODES, arrows, hidden), levels=levels)
    keep, alpha = {}, {}
    if "A" in parents["C"] and draw(st.booleans()):
        model = model.restrict(monotone={"C": "+A"})
        others = [range(levels[name]) for name in parents["C"] if name != "A"]
        rest = [name for name in parents["C"] if name != "A"]
        keep["C"] = lambda f: all(
            f(A=a, **dict(zip(rest, way, strict=True))) <= f(A=a + 1, **dict(zip(rest, way, strict=True)))
            for a in range(levels["A"] - 1)
            for way in itertools.product(*others)
        )
    if draw(st.booleans()):
        value = draw(st.fractions(F(1, 10), 5, max_denominator=10))
        model = model.prior("B", alpha=value)
        if parents["B"]:
            model = model.prior("B", alpha=2, where="B[A=1]==1")
            alpha["B"] = lambda f: F(2) if f(A=1) == 1 else value
        else:
            alpha["B"] = lambda f: value
    return model, Twin(parents, levels=levels, hidden=hidden, keep=keep, alpha=alpha), levels


@settings(max_examples=60)
@given(st.data())
def test_models_with_hidden_causes_levels_rules_and_priors_answer_as_their_types_listed(
    data: st.DataObject,
) -> None:
    model, twin, levels = data.draw(worlds())
    text, query = data.draw(questions(levels))
    known, condition = data.draw(questions(levels))
    expected = twin.case(query, condition)
    if expected is None:
        with pytest.raises(DataError):
            model.query(text, known)
    else:
        assert model.query(text, known).exact == expected


@settings(max_examples=25)
@given(st.data())
def test_after_data_with_gaps_answers_and_evidence_are_those_of_every_allotment_listed(
    data: st.DataObject,
) -> None:
    model, twin, levels = data.draw(worlds())
    if len(twin.types) > 40:
        return
    cell = {node: st.one_of(st.none(), st.integers(0, levels[node] - 1)) for node in NODES}
    rows = data.draw(st.lists(st.fixed_dictionaries(cell), min_size=1, max_size=2))
    text, query = data.draw(questions(levels))
    known, condition = data.draw(questions(levels))
    expected = twin.case(query, condition, rows)
    posterior = model.update(rows, method="exact")
    assert posterior.evidence == twin.data_probability(rows)
    if expected is not None:
        assert posterior.query(text, known).exact == expected


def inequality() -> CausalModel:
    """Integrated Inferences, ch. 8: inequality, mobilization, pressure, democratization."""
    return causal_model("I -> M -> D <- I; P -> D").restrict(
        drop=["M[I=1] < M[I=0]", "(D[I=1] > D[I=0]) | (D[M=1] < D[M=0]) | (D[P=1] < D[P=0])"]
    )


@pytest.mark.parametrize(
    ("clues", "printed"),
    [
        ("", ".438"), (" & M==0", ".475"), (" & M==1", ".394"), (" & P==0", ".615"), (" & P==1", ".340"),
        (" & M==0 & P==0", ".667"), (" & M==1 & P==0", ".571"), (" & M==0 & P==1", ".393"),
        (" & M==1 & P==1", ".263"),
    ],
)  # fmt: skip
def test_inequality_and_democratization_is_as_the_guide_to_integrated_inferences_prints_it(
    clues: str, printed: str
) -> None:
    """https://macartan.github.io/causalmodels/process-tracing.html, section 8.1."""
    found = inequality().query("D[I=1] != D[I=0]", f"I==0 & D==1{clues}")
    assert f"{found.value:.3f}"[1:] == printed
    assert found.level == "case"


@pytest.mark.parametrize(("clue", "printed"), [("", ".6154"), (" & M==1", ".6000"), (" & M==0", ".6667")])
def test_a_mediator_lowers_belief_as_in_table_5_1_of_the_guide(clue: str, printed: str) -> None:
    """https://integrated-inferences.github.io/guide/querying-models.html, table 5.1."""
    model = causal_model("X -> M -> Y <- X").restrict(monotone={"M": "+X", "Y": "+M +X"})
    assert f"{model.query('Y[X=1] > Y[X=0]', f'X==1 & Y==1{clue}').value:.4f}"[1:] == printed


def test_thirty_of_thirty_cases_move_three_parents_by_hand_to_158_of_286() -> None:
    """256 types worth 256 cases; 128 of them show Y=1 under the one configuration seen: (128 + 30) / 286."""
    rows = {"A": [1] * 30, "B": [1] * 30, "C": [1] * 30, "Y": [1] * 30}
    posterior = causal_model("A -> Y <- B; C -> Y").update(rows)
    assert posterior.query("Y[A=1, B=1, C=1]==1").exact == F(158, 286)


def test_a_natural_effect_sets_a_mediator_to_what_it_would_have_been() -> None:
    """M moves with X in half of its types, Y with M (X held at 1) in half of its: 1/2 times 1/2."""
    model = causal_model("X -> M -> Y <- X")
    assert model.query("Y[X=1] != Y[X=1, M=M[X=0]]").exact == F(1, 4)


@pytest.mark.parametrize(
    "names", [("Q", "E"), ("E", "Q"), ("node", "lambda"), ("alpha", "given"), ("1", "a b")]
)
def test_renaming_nodes_changes_no_number(names: tuple[str, str]) -> None:
    x, y = (f'"{name}"' for name in names)
    rows = [{names[0]: 1, names[1]: 1}, {names[0]: 0, names[1]: None}, {names[0]: None, names[1]: 1}]
    plain = [{"X": 1, "Y": 1}, {"X": 0, "Y": None}, {"X": None, "Y": 1}]
    model, other = causal_model(f"{x} -> {y}; {x} <-> {y}"), causal_model("X -> Y; X <-> Y")
    one = model.update(rows).query(f"{y}[{x}=1] > {y}[{x}=0]", f"{x}==1")
    assert one.exact == other.update(plain).query("Y[X=1] > Y[X=0]", "X==1").exact
    drawn = model.query(f"{y}[{x}=1] > {y}[{x}=0]", level="population", draws=50)
    assert drawn.value == other.query("Y[X=1] > Y[X=0]", level="population", draws=50).value
    assert model.identified(f"{y}[{x}=1] == 1").is_identified is other.identified("Y[X=1] == 1").is_identified


def test_population_mean_is_the_case_answer_where_nothing_is_given() -> None:
    model = causal_model("X -> Y")
    share = model.query("Y[X=1] > Y[X=0]", level="population", draws=20_000)
    assert abs(share.value - 0.25) < 4 * share.error
    # A share under Dirichlet(1, 1, 1, 1) is Beta(1, 3): variance 3 / (16 * 5).
    assert share.sd == pytest.approx((3 / 80) ** 0.5, rel=0.05)
    assert (share.level, share.r_hat) == ("population", None)


def test_a_seed_gives_the_same_draws() -> None:
    model = causal_model("X -> Y; X <-> Y")
    first, again, other = (
        model.query("Y[X=1]==1", level="population", draws=20, seed=seed).value for seed in (3, 3, 4)
    )
    assert first == again != other


def test_what_cannot_happen_cannot_be_given() -> None:
    model = causal_model("X -> Y").restrict("Y[X=1] >= Y[X=0]")
    with pytest.raises(DataError) as error:
        model.query("Y==1", "Y[X=1] < Y[X=0]")
    assert str(error.value) == (
        "DataError: what is given cannot happen under the model\n  where  given: Y[X=1] < Y[X=0]\n"
        "  fix    check the statement, or lift the restriction that excludes it"
    )
    with pytest.raises(DataError):
        model.query("Y==1", "Y[X=1] < Y[X=0]", level="population", draws=5)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("Z==1", 'the model has no node "Z"'),
        ("Y[Z=1]==1", 'the model has no node "Z"'),
        ("Y==2", '"Y" cannot be 2'),
        ("Y[X=2]==1", '"X" cannot be 2'),
        ("Y[X=Y[X=0]]==1", '"Y" would turn on what "Y" is, which does not come before it'),
        ("Y==high", 'the model has no node or level "high"'),
    ],
)
def test_a_query_that_the_model_does_not_know_is_refused(query: str, message: str) -> None:
    with pytest.raises(ExpressionError) as error:
        causal_model("X -> Y").query(query)
    assert str(error.value).splitlines()[0] == f"ExpressionError: {message}"


def test_a_node_between_cannot_be_set_by_what_comes_after_it() -> None:
    """M would be asked with X set to what M is: M would come before itself."""
    with pytest.raises(ExpressionError) as error:
        causal_model("X -> M -> Y <- X").query("Y[X=M]==1")
    assert '"M" would turn on what "M" is, which does not come before it' in str(error.value)


def test_a_node_with_more_levels_sets_no_other() -> None:
    with pytest.raises(ExpressionError) as error:
        causal_model("X -> M -> Y", levels={"X": 3}).query("Y[M=X]==1")
    assert '"X" has more levels than "M"' in str(error.value)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"level": "cases"}, "there is no level 'cases'"),
        ({"draws": 1}, "draws must be 2 or more"),
        ({"draws": True}, "draws must be 2 or more"),
    ],
)
def test_bad_options_of_a_query_are_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(OptionError) as error:
        causal_model("X -> Y").query("Y==1", **options)  # type: ignore[arg-type]
    assert str(error.value).splitlines()[0] == f"OptionError: {message}"


def test_an_answer_says_its_level_and_prints_well() -> None:
    found = causal_model("X -> Y").query("Y[X=1] > Y[X=0]", "X==1 & Y==1")
    assert repr(found) == "<CausalAnswer case, prior: P(Y[X=1] > Y[X=0] | X==1 & Y==1) = 0.5>"
    assert str(found) == (
        "Y[X=1] > Y[X=0]   given X==1 & Y==1\n"
        "  case level (one more case, of which only this is known), prior: 0.5 (exactly 1/2)"
    )
    assert found.data()["exact"] == "1/2"
    assert found.data()["given_probability"] == 0.25
    assert float(found) == 0.5
    drawn = causal_model("X -> Y").query("Y==1", level="population", draws=100)
    assert "population level (share among all such cases), prior: 0." in str(drawn)
    assert "Monte Carlo error" in str(drawn)

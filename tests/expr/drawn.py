"""Trees to draw: of every kind, and of a few conditions with few values."""

from __future__ import annotations

from hypothesis import strategies as st

from concausa.expr.tree import And, Comparison, Constant, Expression, Name, Not, OneOf, Or

names = st.sampled_from(
    ["EL", "BQ", "BC.x", "cohesión", "two words", "medium-high", "Ñ", "1", "0", "10", 'the "new" law', "国家"]
)
leaves = st.one_of(
    names.map(Name),
    st.booleans().map(Constant),
    st.builds(OneOf, names, st.sets(st.integers(0, 12), min_size=1, max_size=3).map(tuple)),
    st.builds(Comparison, names, st.sampled_from([">=", "<=", "=", ">", "<"]), names),
)


def _flat(kind: type, parts: list[Expression]) -> Expression:
    """Reading flattens nothing and nests nothing, so a part is never of its parent's kind."""
    return kind(tuple(part for part in parts if not isinstance(part, kind)) or (Name("A"), Name("B")))


def _several(kind: type, parts: list[Expression]) -> Expression:
    node = _flat(kind, parts)
    return node if len(node.parts) > 1 else node.parts[0]


expressions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: _several(And, parts)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: _several(Or, parts)),
    ),
    max_leaves=12,
)

#: The conditions of `logical`, with how many values they have; L has the levels "0", "1" and "2".
LEVELS = {"A": 2, "B": 2, "M": 3, "L": 3}

#: Comparisons with one of these levels that hold of some values and not of others.
DIVIDING = [
    *((operator, level) for operator in (">=", "<") for level in "12"),
    *((operator, level) for operator in ("<=", ">") for level in "01"),
    *(("=", level) for level in "012"),
]

logical = st.recursive(
    st.one_of(
        st.sampled_from(["A", "B"]).map(Name),
        st.builds(OneOf, st.just("M"), st.sets(st.integers(0, 2), min_size=1).map(tuple)),
        st.sampled_from(DIVIDING).map(lambda asked: Comparison("L", *asked)),
        st.booleans().map(Constant),
    ),
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(inner, min_size=2, max_size=4).map(lambda parts: Or(tuple(parts))),
    ),
    max_leaves=10,
)


def sums_of(levels: dict[str, int], most: int) -> st.SearchStrategy[Expression]:
    """Disjunctions of conjunctions over conditions that are asked for single values."""
    literals = st.one_of(
        *(
            st.integers(0, number - 1).map(lambda value, name=name: OneOf(name, (value,)))
            for name, number in levels.items()
        )
    )
    terms = st.lists(literals, min_size=2, max_size=len(levels)).map(lambda parts: And(tuple(parts)))
    return st.lists(terms, min_size=2, max_size=most).map(lambda parts: Or(tuple(parts)))

"""Shared choices together: in every combination of them a cell reaches what it may be there, no less, no more."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from tests.audit.worlds.studies import JUST_IN, JUST_OUT, MIDDLE, choice, coded, passage, study

from concausa.audit.worlds.worlds import worlds

EARLY, MIDDLING, LATE = passage("early", "2002"), passage("middling", "2006"), passage("late", "2011")
UNDATED = passage("undated")
PLACES = ("heading", "assessment", "conclusions")
MEANT = {"middle": 0.5, "in": 0.51, "out": 0.49}
#: Whether a passage may lie in period 1 when it ends in 2007 (its codings all count then), or in 2004.
COUNTS = {
    "2007/2008": {"": True, "early": True, "middling": True, "late": True, "undated": True},
    "2004/2005": {"": True, "early": True, "middling": False, "late": False, "undated": True},
}

CODING = st.tuples(
    st.sampled_from(["low", "medium", "high"]),
    st.sampled_from(PLACES),
    st.sampled_from(["", "early", "middling", "late", "undated"]),
)


def by_hand(codings, boundary, place, followed, maps):
    """The states of a cell whose codings are (level, place, passage), without any of the machinery."""
    counting = [coding for coding in codings if COUNTS[boundary][coding[2]]]
    counting.sort(key=lambda coding: PLACES.index(coding[1]))
    if not counting:
        return {(None, None)}
    if followed:
        there = [coding for coding in counting if coding[1] == place]
        counting = there or counting[:1]
    return {
        (level, membership)
        for level, _, _ in counting
        for membership in ({MEANT[id] for id in maps} if level == "medium" else {float(level == "high")})
    }


@given(
    st.lists(CODING, min_size=1, max_size=4),
    st.lists(CODING, max_size=3),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_each_combination_of_shared_choices_reaches_what_can_be_listed_by_hand(
    first, second, by_place, jointly, moved
):
    cells = {"N-1.A": first, "S-1.B": second}
    rows = [
        row
        for wanted, row in (
            (by_place, choice("place", "levels", "by place")),
            (jointly, choice("map", "medium", "jointly")),
            (moved, choice("years", "boundary", "2007/2008", "2004/2005")),
        )
        if wanted
    ]
    found = worlds(
        study(
            *(
                coded(cell, level, id=f"{cell}{at}", place=place, evidence=(id,) if id else ())
                for cell, codings in cells.items()
                for at, (level, place, id) in enumerate(codings)
            ),
            maps=(MIDDLE, JUST_IN, JUST_OUT),
            evidence=(EARLY, MIDDLING, LATE, UNDATED),
            choices=tuple(rows),
        )
    )
    shared = [place for place, item in enumerate(found.space.choices) if item.kind != "cell"]
    seen: dict[tuple[str, tuple[int, ...]], set[tuple[str | None, float | None]]] = {}
    for world in product(*(range(size) for size in found.space.sizes)):
        for cell in cells:
            state = found.cells[cell[:3], cell[4:]].state(world)
            key = (cell, tuple(world[place] for place in shared))
            seen.setdefault(key, set()).add((state.level, state.membership))
    for (cell, picks), states in seen.items():
        option = {
            found.space.choices[place].id: found.space.choices[place].options[pick].id
            for place, pick in zip(shared, picks, strict=True)
        }
        any_medium = any(level == "medium" for codings in cells.values() for level, _, _ in codings)
        assert ("map" in option) == (jointly and any_medium)
        expected = by_hand(
            cells[cell],
            option.get("years", "2007/2008"),
            option.get("place", ""),
            "place" in option,
            [option["map"]] if "map" in option else list(MEANT),
        )
        assert states == expected

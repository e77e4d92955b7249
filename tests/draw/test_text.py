"""Widths of words, and lines that fit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from concausa.draw.text import lines, shortened, width

WORDS = st.text(alphabet="abcdefghij ÁÉñ.,MW", min_size=1, max_size=80)


def test_widths_are_those_of_arial() -> None:
    assert round(width("Puebla", 1000)) == 667 + 556 + 556 + 556 + 222 + 556  # Adobe's metrics of Helvetica
    assert width("á", 10) == width("a", 10)


@given(WORDS, st.integers(30, 300))
def test_what_is_shortened_fits_and_says_so(words: str, room: int) -> None:
    short = shortened(words, room)
    assert width(short) <= room or short == "…"
    assert short == words or short.endswith("…")


@given(WORDS, st.integers(40, 300))
def test_lines_lose_no_word_unless_they_say_so(words: str, room: int) -> None:
    rows = lines(words, room, most=3)
    assert len(rows) <= 3
    assert " ".join(rows).split() == words.split() or rows[-1].endswith("…")

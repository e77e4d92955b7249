"""What acts on a screen is made visible, on the terminal and in results alike."""

from __future__ import annotations

import json
import unicodedata

import pytest

from concausa.core.visible import ACTING, one_line, visible
from concausa.report.results import dumps

#: Unicode 15: Cc, the bidirectional and invisible marks of Cf, tag characters, interlinear annotation.
ACTORS = [
    *(chr(code) for code in range(0x20) if chr(code) not in "\t\n"),
    *(chr(code) for code in range(0x7F, 0xA0)),
    *"\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\ufeff\ufff9\U000e0001\U000e0041\U000e007f",
    "\ud800",
]


@pytest.mark.parametrize("letter", ACTORS, ids=lambda letter: f"U+{ord(letter):04X}")
def test_what_acts_is_shown_and_escaped_by_one_and_the_same_list(letter: str) -> None:
    assert ACTING.fullmatch(letter)
    assert letter not in visible(f"a{letter}b")
    written = dumps([f"a{letter}b"])
    assert letter not in written
    assert json.loads(written) == [f"a{letter}b"]


def test_text_of_any_script_stays() -> None:
    text = "Núñez 北京 עברית नमस्ते 👩‍🔬 a\tb\n"
    assert visible(text) == text
    assert one_line(" a \n\tb ") == "a b"


def test_every_control_character_but_tab_and_line_feed_acts() -> None:
    controls = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Cc"]
    assert [letter for letter in controls if not ACTING.fullmatch(letter)] == ["\t", "\n"]

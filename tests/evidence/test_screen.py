"""Names are found however they are written, and nothing else is."""

from __future__ import annotations

import html
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concausa.evidence.identities import Identity
from concausa.evidence.screen import MASK, Screen, words_in

SCREEN = Screen.of(
    [
        Identity("BS1", "Juan Ángel Pérez de León", ("El Güero",), contact="jperez@firm.example"),
        Identity("BS2", "Zoë Ødegård-Łukasz"),
    ]
)

FOUND = [
    "Juan Ángel Pérez de León", "juan angel perez de leon", "JUAN ÁNGEL PÉREZ", "Juan Perez", "Pérez, Juan",
    "Pe\u0301rez de Leo\u0301n", "Juan\nPérez", "Juan \r\n  Pérez", "Juan\tPérez", "Juan\u00a0Pérez",
    "Juan&nbsp;P&eacute;rez", "Juan&#32;P&#233;rez", "Juan&#x20;P&#xE9;rez", "J&uacute;an P&#101;rez",
    "Juan <b>Pérez</b>", "<i>Juan</i><br>Pérez", "**Juan** _Pérez_", "Juan%20P%C3%A9rez", "juan_perez",
    "juan.perez", "juan-perez", "JuanPérez", "J u a n  P é r e z", "Ju\u00adan Pé\u200brez",
    "Juan\u202ePérez", "ｊｕａｎ ｐéｒｅｚ", "Juan P\\'erez", "Juan P\\'{e}rez", "\\textbf{Juan} Pérez",
    "Juan P\\u00e9rez", "Juan\\nPérez", "El Güero", "el guero", "EL GÜERO", "jperez@firm.example",
    "JPEREZ@FIRM.EXAMPLE", "Zoe Odegard Lukasz", "ødegård łukasz", "Odegard-Lukasz",
    # A title, or initials of the other words, make a single word a name.
    "Sr. Pérez", "SRA PÉREZ", "Lic. Pe\u0301rez", "la señora de León".removeprefix("la "), "Dr.&nbsp;P&eacute;rez",
    "Mr Perez", "Ms. Łukasz", "Don Ángel", "J. Pérez", "J. Á. Pérez", "J.Á. Pérez de León", "JÁ Pérez",
    "J. P. de León", "Á. Pérez", "Pérez J", "Pérez, J. Á", "Z. Ødegård", "J_Pérez", "j. pérez",
]  # fmt: skip

LEFT = [
    "Juan said that Pérez would not", "San Juan de los Lagos", "de León", "Pérez", "un perezoso llamado Juanito",
    "guero", "M. Pérez", "á León", "Sr. Gómez", "el señor Gómez Pérez", "gobernador de León",
    "la señora dijo a Pérez", "Nuevo León", "de Puebla a León", "Pérez a la ministra", "Z. Pérez", "5 Pérez", "R&D 50% <b>bold</b> \\n \\u00e9", "", "[name withheld]", "Juana Pérezs", "Zoë",
]  # fmt: skip


@pytest.mark.parametrize("name", FOUND)
def test_a_name_is_masked_however_it_is_written(name: str) -> None:
    masked = SCREEN.screen(f"Then {name}, who left.")
    before, _, after = masked.partition(MASK)
    # Only markup may stand between the mask and the words around it.
    assert before in ("Then ", "Then **", "Then <i>", "Then \\textbf{")
    assert after in (", who left.", "_, who left.", "</b>, who left.")


@pytest.mark.parametrize("text", LEFT)
def test_a_word_of_a_name_alone_and_other_text_stay(text: str) -> None:
    assert SCREEN.screen(text) == text


def test_the_whole_name_goes_not_only_the_part_that_gave_it_away() -> None:
    assert SCREEN.screen("(León Juan Ángel y Pérez de León)") == f"({MASK})"


def test_a_masked_text_is_left_as_it_is() -> None:
    masked = SCREEN.screen("Juan Pérez and Zoë Ødegård")
    assert masked == f"{MASK} and {MASK}"
    assert SCREEN.screen(masked) == masked


def test_neither_screen_nor_identity_shows_a_name() -> None:
    assert "rez" not in repr(SCREEN)
    assert repr(Identity("BS1", "Juan Pérez", ("x",), "minister", "y")) == "Identity(code='BS1')"


BETWEEN = st.sampled_from(
    [" ", "\n", "  ", "\u00a0", "&nbsp;", "-", "_", ". ", ", ", "<br/>", "\u200b ", "%20", "/"]
)


@given(
    before=st.text(st.characters(categories=("Lo", "Nd", "Po", "Zs")), max_size=10),
    between=BETWEEN,
    form=st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]),
    case=st.sampled_from([str.upper, str.lower, str.title, str.swapcase]),
    escaped=st.booleans(),
)
def test_no_mixture_of_disguises_hides_a_name(before: str, between: str, form, case, escaped: bool) -> None:  # type: ignore[no-untyped-def]
    first, last = (unicodedata.normalize(form, case(word)) for word in ("Ángel", "Pérez"))
    if escaped:
        first, last = (word.encode("ascii", "xmlcharrefreplace").decode() for word in (first, last))
    text = f"{before} {first}{between}{last} ."
    masked = html.unescape(SCREEN.screen(text)).casefold()
    assert MASK in masked
    assert "rez" not in masked
    assert masked.endswith(f"{MASK} .")


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("La ministra Łukasz lo dijo.", True),
        ("Juan Pérez", False),
        ("un perezoso", False),
        ("lukasz", False),
        ("LUKASZ", True),
        ("Nuevo León", False),
        ("Zoë", True),
    ],
)
def test_a_word_that_stands_alone_is_noticed_unless_it_is_known_otherwise(text: str, alone: bool) -> None:
    assert SCREEN.holds_lone_word(text, words_in("Nuevo Leon")) is alone

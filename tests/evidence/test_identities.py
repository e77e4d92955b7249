"""Sealed identities open with their key alone, and no error repeats what they say."""

from __future__ import annotations

import pytest

from concausa.core.errors import IdentityError
from concausa.evidence.access import WITHHELD, shown, shown_source
from concausa.evidence.identities import Identity, decrypt, encrypt, new_key, read_identities
from concausa.evidence.passage import Passage
from concausa.evidence.source import Source

LIST = "code,name,aliases,post,contact\nBS1,Juan Pérez,El Güero; JP,director,\nBS2,Zoë,,,z@example.org\n"


def test_what_is_sealed_is_opened_with_the_same_key() -> None:
    key = new_key()
    sealed = encrypt(LIST, key)
    assert sealed.startswith(b"age-encryption.org/v1")
    assert b"rez" not in sealed
    assert decrypt(sealed, key) == (
        Identity("BS1", "Juan Pérez", ("El Güero", "JP"), "director"),
        Identity("BS2", "Zoë", contact="z@example.org"),
    )


@pytest.mark.parametrize(
    ("data", "key", "what"),
    [
        (encrypt(LIST, new_key()), new_key(), "this key does not open the sealed identities"),
        (b"no age file", new_key(), "this key does not open the sealed identities"),
        (b"", "secret", "this is no key file"),
        (b"", "", "this is no key file"),
    ],
)
def test_another_key_opens_nothing(data: bytes, key: str, what: str) -> None:
    with pytest.raises(IdentityError) as refused:
        decrypt(data, key)
    assert refused.value.what == what


@pytest.mark.parametrize(
    ("text", "what", "where"),
    [
        ("kode,name\nBS1,Juan Pérez\n", "the list of identities has no column code", "line 1"),
        (
            "code,name,Juan Pérez\nBS1,x,y\n",
            "the list of identities has a column that is not known",
            "line 1",
        ),
        ("code,name\nBS1,Pérez, Juan\n", "a row has more or fewer cells than the header", "line 2"),
        ("code,name\nBS1,x\n,Juan Pérez\n", "a row has no code or no name", "line 3"),
        ("code,name\n", "the list of identities is empty", ""),
    ],
)
def test_a_bad_list_is_refused_without_repeating_it(text: str, what: str, where: str) -> None:
    with pytest.raises(IdentityError) as refused:
        read_identities(text)
    assert (refused.value.what, refused.value.where) == (what, where)
    assert "rez" not in str(refused.value)


def passage() -> Passage:
    return Passage(id="E1", summary="secret", note="secret", locator="secret", source="S", direction="high")


@pytest.mark.parametrize("access", ["restricted", "confidential"])
def test_the_text_of_a_closed_source_is_withheld_and_its_coding_stays(access: str) -> None:
    result = shown(passage(), Source(id="S", kind="interview", access=access))
    assert (result.summary, result.note, result.locator) == (WITHHELD["en"], "", "")
    assert (result.id, result.direction, result.source) == ("E1", "high", "S")


def test_the_text_of_an_open_source_is_shown() -> None:
    assert shown(passage(), Source(id="S", kind="interview", access="open")) == passage()


def test_of_a_confidential_source_the_speaker_is_withheld_too() -> None:
    source = Source(id="S", kind="interview", access="confidential", role="mayor", place="Town", note="x")
    assert shown_source(source) == Source(
        id="S", kind="interview", access="confidential", role=WITHHELD["en"]
    )

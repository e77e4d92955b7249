"""The list of names as a spreadsheet saves it, and errors that repeat none of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from concausa.core.errors import IdentityError
from concausa.evidence.identities import Identity, read_identities
from concausa.study.names_list import read_names

NAMES = (
    Identity("A1", "Eulalia Montaño", ("La Güera", "E. M."), "", "e@example.org"),
    Identity("A2", "Bruno Peña"),
)
PLAIN = (
    "code,name,aliases,post,contact\nA1,Eulalia Montaño,La Güera; E. M.,,e@example.org\nA2,Bruno Peña,,,\n"
)


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("; ", "\x00")
        .replace(",", ";")
        .replace("La Güera\x00E. M.", '"La Güera; E. M."')
        .encode(),
        PLAIN.replace(",", "\t").encode(),
        PLAIN.replace("A2", "\nA2").encode(),
        b"name,code,contact,post,aliases\n"
        + "Eulalia Montaño,A1,e@example.org,,La Güera;E. M.\nBruno Peña,A2,,,\n".encode(),
    ],
    ids=["plain", "byte order mark", "CR LF", "semicolons", "tabs", "empty line", "other order"],
)
def test_a_list_is_read_however_a_spreadsheet_saves_it(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_bytes(data)
    listed = read_names(path)
    assert listed.identities == NAMES
    assert read_identities(listed.text()) == NAMES
    assert "Montaño" not in repr(listed)


@pytest.mark.parametrize(
    ("data", "where", "what"),
    [
        ("code,name\nA1,Montaño\n".encode("cp1252"), "line 2", "the list of names is not UTF-8"),
        ("code,name\nA1,Montaño\n".encode("utf-16"), "line 1", "the list of names is not UTF-8"),
        ("code,name\nA1,MontaÃ±o\n".encode(), "line 2", "never be found"),
        ("A1,Eulalia Montaño\nA2,Peña\n".encode(), "line 1", "a column that is not known"),
        ("code,name,x_Montaño\nA1,Eulalia,1\n".encode(), "line 1", "a column that is not known"),
        ("code;aliases\nA1;Montaño\n".encode(), "line 1", "no column name"),
        ("code,name\nA1,Montaño, Eulalia\n".encode(), "line 2", "3 cells; the header has 2"),
        ('code,name\nA1,"Montaño\n'.encode(), "line 2", "never closes"),
        ("code,name\nA1,Montaño\n,Peña\n".encode(), "line 3", "no code or no name"),
        (b"code,name\n", "line 1", "empty"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_by_its_line_and_without_its_words(
    data: bytes, where: str, what: str, tmp_path: Path
) -> None:
    path = tmp_path / "names.csv"
    path.write_bytes(data)
    with pytest.raises(IdentityError) as refused:
        read_names(path)
    told = str(refused.value)
    assert what in told
    assert refused.value.where == f"{path}, {where}"
    assert refused.value.fix
    assert "Monta" not in told
    assert "Peña" not in told

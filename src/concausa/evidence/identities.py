"""Protected identities: who an interview code is, sealed so that only its key opens it.

The list is a CSV text with the columns code, name, aliases, post and contact (aliases separated by
``;``). It is encrypted in the age format (https://age-encryption.org/v1) to an X25519 key, so that
the public ``age`` tool opens it too. No error of this module repeats what the list says.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field

from concausa.core.errors import IdentityError

COLUMNS = ("code", "name", "aliases", "post", "contact")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who an interview code is. Its ``repr`` shows the code alone.

    Parameters
    ----------
    code : str
        The id of the source.
    name : str
        The full name.
    aliases : tuple of str
        Other ways to call the person: nicknames, maiden names, initials that are known.
    post, contact : str
        Kept for the researcher; the contact is screened like a name.
    """

    code: str
    name: str = field(repr=False)
    aliases: tuple[str, ...] = field(default=(), repr=False)
    post: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)


def read_identities(text: str) -> tuple[Identity, ...]:
    """Read the list.

    Raises
    ------
    IdentityError
        If the header is another one, or a row has no code or no name; the line is told, not the row.
    """
    reader = csv.DictReader(io.StringIO(text, newline=""))
    header = [name.strip() for name in reader.fieldnames or []]
    if missing := [name for name in ("code", "name") if name not in header]:
        raise IdentityError(
            f"the list of identities has no column {' and '.join(missing)}",
            where="line 1",
            fix=f"its first line is {','.join(COLUMNS)}",
        )
    if [name for name in header if name not in COLUMNS]:
        raise IdentityError(
            "the list of identities has a column that is not known",
            where="line 1",
            fix=f"its first line is {','.join(COLUMNS)}; several aliases are separated by ;",
        )
    reader.fieldnames = header
    identities = []
    for row in reader:
        if None in row or None in row.values():
            raise IdentityError(
                "a row has more or fewer cells than the header",
                where=f"line {reader.line_num}",
                fix="put a cell that holds a comma in quotation marks",
            )
        if not any(value.strip() for value in row.values()):
            continue
        if not row["code"].strip() or not row["name"].strip():
            raise IdentityError(
                "a row has no code or no name", where=f"line {reader.line_num}", fix="fill in both"
            )
        aliases = tuple(alias.strip() for alias in row.get("aliases", "").split(";") if alias.strip())
        post, contact = row.get("post", "").strip(), row.get("contact", "").strip()
        identities.append(Identity(row["code"].strip(), row["name"].strip(), aliases, post, contact))
    if not identities:
        raise IdentityError("the list of identities is empty", fix="write one line for each interview code")
    return tuple(identities)


def new_key() -> str:
    """A new key file: the secret key, and in a comment the public one."""
    from pyrage import x25519

    identity = x25519.Identity.generate()
    return (
        "# Secret key of protected identities. Keep it outside the study folder, and keep a copy:\n"
        "# without it the names cannot be opened.\n"
        f"# public key: {identity.to_public()}\n{identity}\n"
    )


def encrypt(text: str, key: str) -> bytes:
    """The list, readable only with the key whose key file this is."""
    import pyrage

    sealed: bytes = pyrage.encrypt(text.encode(), [_identity(key).to_public()])
    return sealed


def decrypt(data: bytes, key: str) -> tuple[Identity, ...]:
    """The identities in a sealed list.

    Raises
    ------
    IdentityError
        If the key is none, is another one, or the file is damaged.
    """
    import pyrage

    identity = _identity(key)
    try:
        text = pyrage.decrypt(data, [identity]).decode()
    except (pyrage.DecryptError, UnicodeDecodeError):
        raise IdentityError(
            "this key does not open the sealed identities",
            fix="use the key file that they were sealed with; if it is lost, seal the list again with --replace",
        ) from None
    return read_identities(text)


def _identity(key: str):  # type: ignore[no-untyped-def]
    import pyrage

    lines = [line.strip() for line in key.splitlines() if line.strip() and not line.startswith("#")]
    try:
        return pyrage.x25519.Identity.from_str(lines[0] if lines else "")
    except pyrage.IdentityError:
        raise IdentityError(
            "this is no key file", fix="a key file holds a line that starts with AGE-SECRET-KEY-1"
        ) from None

"""What is typed for a simulation, read: years, sides that are held, a file of scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from concausa.core.errors import DataError, OptionError


def years_of(text: str) -> tuple[int, ...]:
    """Years from ``2005,2010``, in order and each once.

    Examples
    --------
    >>> years_of("2010, 2005")
    (2005, 2010)
    """
    found = set()
    for part in text.split(",") if text.strip() else ():
        word = part.strip()
        if not (word.isdecimal() and len(word) <= 4):
            raise OptionError(f"{word!r} is no year", where=f"--years {text}", fix="write --years 2005,2010")
        found.add(int(word))
    return tuple(sorted(found))


def holds(texts: Sequence[str]) -> dict[str, int]:
    """Sides from ``L=1``.

    Examples
    --------
    >>> holds(["L=1", "C=0"])
    {'L': 1, 'C': 0}
    """
    found: dict[str, int] = {}
    for text in texts:
        name, _, value = (part.strip() for part in text.partition("="))
        if not name or value not in ("0", "1"):
            raise OptionError(
                f"{text!r} is not NAME=0 or NAME=1", where=f"--hold {text}", fix="write --hold L=1"
            )
        if name in found:
            raise OptionError(f"{name} is held twice", where=f"--hold {text}", fix="hold it once")
        found[name] = int(value)
    return found


def scenarios(file: Path) -> str:
    """The text of a file of scenarios."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise DataError("there is no such file", where=str(file), fix="check its name and folder") from error
    except UnicodeDecodeError as error:
        raise DataError(
            "the file is no text in UTF-8", where=str(file), fix="save it as CSV UTF-8"
        ) from error

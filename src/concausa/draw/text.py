"""How much room words take: widths of a sans-serif face, and lines that fit."""

from __future__ import annotations

import unicodedata

#: Thousandths of an em that the letters of Arial and its metric twins take; 556 for all others.
_WIDTHS = {
    letter: width
    for letters, width in (
        ("ijl'", 222), ("ftI.,:;/!|[]\\ ", 278), ("r()-·“”", 333), ("°*", 400), ("cksvxyzJ", 500),
        ("+=<>~→−", 584), ("FTZ", 611), ("ABEKPSVXY&", 667), ("wCDHNRU", 722), ("GOQ", 778),
        ("mM", 833), ("%", 889), ("W", 944), ("—…@", 1000),
    )
    for letter in letters
}  # fmt: skip


def width(words: str, size: float = 12) -> float:
    """How wide *words* are in a face with Arial's widths, in the units of *size*.

    An accent adds nothing. Bold type is about a fifteenth wider.
    """
    plain = unicodedata.normalize("NFD", words)
    letters = (letter for letter in plain if not unicodedata.combining(letter))
    return sum(_WIDTHS.get(letter, 556) for letter in letters) * size / 1000


def lines(words: str, room: float, size: float = 12, most: int = 4) -> tuple[str, ...]:
    """*words* in lines not wider than *room*; what does not fit in *most* lines ends in an ellipsis.

    A single word wider than the room stays whole.

    Examples
    --------
    >>> lines("state and business", 80)
    ('state and', 'business')
    """
    rows: list[str] = []
    for word in words.split():
        if rows and width(f"{rows[-1]} {word}", size) <= room:
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    if len(rows) > most:
        rows = [*rows[: most - 1], shortened(" ".join(rows[most - 1 :]), room, size)]
    return tuple(rows)


def shortened(words: str, room: float, size: float = 12) -> str:
    """*words*, or as many of them as fit in *room* with an ellipsis behind."""
    if width(words, size) <= room:
        return words
    kept = words
    while kept and width(f"{kept}…", size) > room:
        kept = kept[:-1]
    return f"{kept.rstrip(' ,;:')}…"

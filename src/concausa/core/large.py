"""Large numbers: counts that nobody reads digit by digit."""

from __future__ import annotations

import re
from decimal import Decimal

#: From here on a count is told by its first digits and its power of ten.
LARGE = 10**15


def scientific(number: int) -> tuple[Decimal, int]:
    """Three digits and the power of ten, rounded half to even.

    Examples
    --------
    >>> scientific(515_377_520_732_011_331_036)
    (Decimal('5.15'), 20)
    >>> scientific(9_999 * 10**20)
    (Decimal('1.00'), 24)
    """
    digits, exponent = f"{Decimal(number):.2e}".split("e")
    return Decimal(digits), int(exponent)


def legible(text: str) -> str:
    """A sentence in which numbers of five digits and more are told as `counted` tells them.

    Examples
    --------
    >>> legible("100000 of 1000000000000000000000 worlds, seed 7")
    '100,000 of about 1.00 × 10^21 worlds, seed 7'
    """
    return re.sub(r"(?<![\w.,])\d{5,}(?![\w.])", lambda found: counted(int(found[0])), text)


def counted(number: int) -> str:
    """``89,579,520``; a large one as ``about 5.15 × 10^47``."""
    if abs(number) < LARGE:
        return f"{number:,}"
    digits, exponent = scientific(number)
    return f"about {digits} × 10^{exponent}"

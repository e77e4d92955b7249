"""Colours that read on white and on a dark page, in grey and to colour-blind eyes.

Each has a contrast of at least 3:1 against both pages (what WCAG 2.2, 1.4.11, asks of graphics).
Such colours are close in lightness, so none carries meaning alone: shape, dash or a label repeats
it. Text and axes take ``currentColor``, the colour of the text around the picture.
"""

from __future__ import annotations

INK = "currentColor"
BLUE = "#2b83c6"
ORANGE = "#cf6a12"
GREEN = "#178f6b"
PURPLE = "#a060c8"
GREY = "#858b94"
#: Darker ones, on which white words read (4.5:1).
GROUNDS = {BLUE: "#2374b8", ORANGE: "#b85c0c", GREEN: "#137f5e", PURPLE: "#9151bb", GREY: "#6f757e"}
#: In this order for series that have no meaning of their own.
SERIES = (BLUE, ORANGE, GREEN, PURPLE, GREY)
#: The pages on which they are measured.
LIGHT_PAGE, DARK_PAGE = "#ffffff", "#14161a"
#: The text colour of pictures that are drawn on white for good (PNG).
PRINT_INK = "#1b1e23"
#: Drawn as diagonal hatching: "the text does not say". A plain grey where hatching is unknown.
HATCH = "#8b919b"


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, in [0, 1].

    References
    ----------
    .. [1] W3C (2023), Web Content Accessibility Guidelines 2.2, definition of relative luminance.
       https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
    """
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 (none) to 21 (black on white).

    Examples
    --------
    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def tint(colour: str, strength: float) -> str:
    """The colour let through by *strength* in [0, 1]: a shade that works on any page.

    Examples
    --------
    >>> tint("#2b83c6", 0.5)
    'rgba(43,131,198,0.5)'
    """
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{round(strength, 3):g})"


def ramp(colour: str, steps: int, strongest: float = 1.0) -> tuple[str, ...]:
    """*steps* tints from faint to *strongest*: more is stronger, on a light page and on a dark one."""
    if steps <= 1:
        return (tint(colour, strongest),) * steps
    return tuple(tint(colour, 0.16 + (strongest - 0.16) * step / (steps - 1)) for step in range(steps))

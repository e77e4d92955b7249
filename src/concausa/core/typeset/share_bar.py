"""A share bar: parts of a whole as one strip, told apart by shape as well as by colour."""

from __future__ import annotations

from collections.abc import Sequence

#: Width and height of the strip, and the least width of a part that is not nought.
_WIDTH, _HEIGHT, _LEAST = 100.0, 10.0, 2.0


def share_bar(parts: Sequence[tuple[str, int]]) -> str:
    """An ``<svg>`` of one strip; empty where there is nothing to share.

    ``good`` and ``plain`` are filled, ``bad`` is hollow, any other tone is a line: the parts differ in
    grey, in print and for readers who see no colours. A part that is not nought is never too thin to see.
    The strip says nothing that the text beside it does not.

    Parameters
    ----------
    parts : sequence of (str, int)
        The tone and the amount of each part, in order; amounts are not negative.

    Examples
    --------
    >>> share_bar([("good", 3), ("bad", 1)]).count("<rect")
    2
    >>> share_bar([("good", 0)])
    ''
    """
    kept = [(tone, amount) for tone, amount in parts if amount > 0]
    if not kept:
        return ""
    total = sum(amount for _, amount in kept)
    widths = [max(_LEAST, _WIDTH * amount / total) for _, amount in kept]
    scale = _WIDTH / sum(widths)
    shapes, start = [], 0.0
    for (tone, _), width in zip(kept, widths, strict=True):
        shapes.append(_shape(tone, start, width * scale))
        start += width * scale
    return (
        '<svg class="share" viewBox="0 0 100 10" width="100" height="10" preserveAspectRatio="none" '
        f'fill="currentColor" aria-hidden="true" focusable="false">{"".join(shapes)}</svg>'
    )


def _shape(tone: str, start: float, width: float) -> str:
    if tone in ("good", "plain"):
        return f'<rect class="{tone}" x="{_digits(start)}" y="0" width="{_digits(width)}" height="10"/>'
    if tone == "bad":
        return (
            f'<rect class="bad" x="{_digits(start + 0.4)}" y="0.8" width="{_digits(max(width - 0.8, 0.4))}" '
            'height="8.4" fill="none" stroke="currentColor" stroke-width="2" vector-effect="non-scaling-stroke"/>'
        )
    return f'<rect class="quiet" x="{_digits(start)}" y="4" width="{_digits(width)}" height="2"/>'


def _digits(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")

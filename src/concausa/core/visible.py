"""Text made safe to show: what would act on a screen, or hide in it, is made visible instead."""

from __future__ import annotations

import re

#: C0 controls except tab and line feed, DEL, C1 controls, line and paragraph separators, marks that turn
#: the reading direction, tag characters, lone surrogates.
ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")


def visible(text: str) -> str:
    """The text with every acting character replaced by a sign that one can see.

    A terminal obeys escape sequences, a browser obeys marks that turn the reading direction, and
    both can make a text look like another one. Nothing is dropped: a control character becomes its
    picture (ESC becomes U+241B), any other acting character the replacement character U+FFFD. Tabs
    and line breaks stay, every kind of line break as a line feed.

    Examples
    --------
    >>> visible("\\x1b[2Jgone")
    '␛[2Jgone'
    """
    if text.isprintable():
        return text
    return ACTING.sub(_picture, _BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """The visible text with every run of white space as one space."""
    return " ".join(visible(text).split())


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"

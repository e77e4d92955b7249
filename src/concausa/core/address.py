"""An address that may be made clickable: http, https or a DOI, and nothing else."""

from __future__ import annotations

import re
from urllib.parse import quote

_WEB = re.compile(
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?(?:[/?#][^\s<>\"'`\\{}|^]*)?", re.I
)
_DOI = re.compile(r"(?:doi:\s*|(?:https?://)?(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.I)


def address(text: str) -> str | None:
    """The address that a text as a whole is, ready for ``href``; None if it is not a safe one.

    Only ``http``, ``https`` and DOIs (bare, with ``doi:``, or as an address) are accepted;
    ``javascript:``, ``data:``, ``file:`` and anything else stay plain text.

    Examples
    --------
    >>> address("doi:10.1017/bap.2025.1")
    'https://doi.org/10.1017/bap.2025.1'
    >>> address("javascript:alert(1)") is None
    True
    """
    text = text.strip()
    if match := _DOI.fullmatch(text):
        return f"https://doi.org/{quote(match[1], safe='/:;().-_')}"
    if _WEB.fullmatch(text):
        return quote(text, safe="/:?#[]@!$&()*+,;=%~.-_")
    return None

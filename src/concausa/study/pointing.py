"""Pointing: what is wrong with a text, and at which of its characters."""

from __future__ import annotations

from concausa.core.errors import ConcausaError


def pointed(error: ConcausaError, text: str) -> str:
    """What an error says, with the place in *text* where its caret stands, if it points there.

    Examples
    --------
    >>> from concausa.core.errors import ExpressionError
    >>> pointed(ExpressionError("expected a condition", where="A*\\n  ^"), "A*")
    'expected a condition, at character 3'
    >>> pointed(ExpressionError("expected a condition"), "A*")
    'expected a condition'
    """
    caret = error.where.removeprefix(f"{text}\n")
    if caret == error.where or caret.strip() != "^":
        return error.what
    return f"{error.what}, at character {len(caret)}"

"""The terminal, or the pipe, that an answer goes to.

Text of a study is data: nothing in it may steer a terminal. Everything that a command writes goes
through here, so it is made visible here (see :mod:`concausa.core.visible`).
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
from typing import Any, TextIO

from concausa.core.visible import visible


class ReaderGoneError(Exception):
    """Whoever read the answer has closed the pipe; no OSError, for at one typer ends the process."""


def width(default: int = 80) -> int:
    """Columns of the terminal, at least 40; *default* in a pipe unless COLUMNS is set."""
    return max(40, shutil.get_terminal_size((default, 24)).columns)


def is_terminal() -> bool:
    """Whether the answer is read by a person at a terminal."""
    return sys.stdout.isatty()


def typed(*words: str) -> str:
    """Words as one types them at this system's prompt, in quotation marks where they need them."""
    if os.name != "nt":
        return shlex.join(words)
    import subprocess

    return subprocess.list2cmdline(words)


def write(text: str) -> None:
    """One piece of the answer, to standard output."""
    _put(sys.stdout, visible(text))


def remark(text: str) -> None:
    """What is not part of the answer, to standard error."""
    _put(sys.stderr, visible(text))


def write_json(value: Any) -> None:
    """The answer for machines: one JSON document, in ASCII, so that no terminal or pipe alters it."""
    _put(sys.stdout, json.dumps(value, indent=2, default=str))


def forsake_output() -> None:
    """Send what is still unwritten nowhere: the reader of the pipe has gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _put(stream: TextIO, text: str) -> None:
    try:
        stream.write(_encodable(text, stream.encoding or "ascii") + "\n")
        stream.flush()
    except BrokenPipeError as gone:
        raise ReaderGoneError from gone


def _encodable(text: str, encoding: str) -> str:
    return text.encode(encoding, "backslashreplace").decode(encoding)

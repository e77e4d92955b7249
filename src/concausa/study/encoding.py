"""The encoding of a file: UTF-8 is read, everything else is refused with the way out, nothing is garbled."""

from __future__ import annotations

import re

from concausa.core.problem import Problem

_SAVE_AS = (
    "in Excel choose File, Save As, “CSV UTF-8 (Comma delimited)”; in an editor save with encoding UTF-8"
)

_UTF_16_32 = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)

#: What UTF-8 looks like after it was once read as Windows-1252: Ã³ for ó.
_TWICE_ENCODED = re.compile("[\u00c2\u00c3][\u0080-\u00bf\u0152-\u2122]|\u00e2\u20ac.")
_TWICE_ENCODED_STARTS = ("\u00c2", "\u00c3", "\u00e2\u20ac")
_NO_CHARACTERS = ("\x00", "\ufffe", "\uffff")
_NOT_TEXT = re.compile(f"[{''.join(_NO_CHARACTERS)}]")


def decode(data: bytes, file: str) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file, and what is wrong with its encoding.

    A byte order mark of UTF-8 is accepted and taken off. Text in any other encoding gives an empty
    text with an error: which of the many it is cannot be known from the bytes, and a wrong guess
    would change names without anybody seeing it.
    """
    for mark, name in _UTF_16_32:
        if data.startswith(mark):
            return "", (_refused(file, 1, "", f"the file is written in {name}, not in UTF-8"),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "", (_not_utf8(data, error.start, file),)
    if any(mark in text for mark in _NO_CHARACTERS) and (found := _NOT_TEXT.search(text)):
        line = _line(text, found.start())
        what = f"the character U+{ord(found[0]):04X} is no text; the file is damaged, or is not a text file"
        return "", (_refused(file, line, "", what),)
    return text, _doubts(text, file)


def _not_utf8(data: bytes, start: int, file: str) -> Problem:
    # utf-8-sig counts positions after the mark.
    position = start + 3 if data.startswith(b"\xef\xbb\xbf") else start
    line = len(re.findall(rb"\r\n|\r|\n", data[:position])) + 1
    word = re.search(rb"[^\s,;\t\"]*$", data[:position])
    rest = re.match(rb"[^\s,;\t\"]*", data[position:])
    raw = (word[0] if word else b"") + (rest[0] if rest else b"")
    guess = raw.decode("cp1252", errors="replace")
    what = (
        f"byte 0x{data[position]:02X} is not UTF-8; in Windows-1252, which older Excel writes, "
        f"the word would be “{guess}”"
    )
    return _refused(file, line, guess, what)


def _refused(file: str, line: int, value: str, what: str) -> Problem:
    return Problem(file, line, "", "error", "wrong-encoding", what, value, ("UTF-8",), _SAVE_AS)


def _doubts(text: str, file: str) -> tuple[Problem, ...]:
    doubts = []
    if "\ufffd" in text:
        doubts.append(
            Problem(
                file,
                _line(text, text.index("\ufffd")),
                "",
                "doubt",
                "lost-letters",
                "a letter was lost (�) before the file came here",
                "\ufffd",
                fix="restore it from the original",
            )
        )
    if any(start in text for start in _TWICE_ENCODED_STARTS) and (found := _TWICE_ENCODED.search(text)):
        start = max(text.rfind("\n", 0, found.start()) + 1, found.start() - 20)
        around = text[start : found.end() + 20].split("\n", maxsplit=1)[0].rstrip("\r")
        doubts.append(
            Problem(
                file,
                _line(text, found.start()),
                "",
                "doubt",
                "garbled-letters",
                f"“{found[0]}” looks like one letter that was read in the wrong encoding",
                around,
                fix="restore the text from before it was opened as Windows-1252",
            )
        )
    return tuple(doubts)


def _line(text: str, position: int) -> int:
    return len(re.findall(r"\r\n|\r|\n", text[:position])) + 1

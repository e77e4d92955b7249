"""A failure: what the user is told, and the exit status that goes with it."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import Any

from concausa.core.errors import ConcausaError, OptionError, UnknownNameError
from concausa.core.problem import Problem

#: Exit statuses. 141 is what a shell reports for a command whose reader has gone.
FINE, PROBLEMS, MISUSE, INTERRUPTED, READER_GONE = 0, 1, 2, 130, 141

_FIXES = {
    errno.ENOSPC: "free space on the disk, or name another place",
    errno.EDQUOT: "free space within your quota, or name another place",
    errno.EROFS: "name a place that can be written to",
    errno.EACCES: "name a place that you may read and write, or change its permissions",
    errno.EPERM: "name a place that you may read and write, or change its permissions",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.EISDIR: "name a file, not a folder",
    errno.ENOTDIR: "name a folder, not a file",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a command did not do what was asked.

    Parameters
    ----------
    type : str
        Name of the error, such as ``StudyError``.
    what, where, fix : str
        What is wrong, where, how to mend it; where and fix may be empty.
    status : int
        1: the study, or a file, stands in the way; 2: the command was called wrongly.
    problems : tuple of Problem
        Every problem of a study that was refused.
    """

    type: str
    what: str
    where: str
    fix: str
    status: int
    problems: tuple[Problem, ...] = ()

    def data(self) -> dict[str, Any]:
        """``{"error": {type, what, where, fix, problems}, "status": n}``."""
        error: dict[str, Any] = {name: getattr(self, name) for name in ("type", "what", "where", "fix")}
        error["problems"] = [problem.data() for problem in self.problems]
        return {"error": error, "status": self.status}

    def __str__(self) -> str:
        lines = [f"{self.type}: {self.what}"]
        lines += [f"  where  {line}" for line in self.where.splitlines()]
        lines += [f"  fix    {line}" for line in self.fix.splitlines()]
        return "\n".join(lines)


def failure(error: ConcausaError) -> Failure:
    """What to tell the user about an error of the package.

    A name that does not exist, an option with a value that it cannot have, and a study that cannot be
    found, are wrong usage; all else is something in the way.
    """
    problems: tuple[Problem, ...] = tuple(getattr(error, "problems", ()))
    misuse = isinstance(error, UnknownNameError | OptionError) or bool(getattr(error, "misuse", False))
    return Failure(
        type(error).__name__, error.what, error.where, error.fix, MISUSE if misuse else PROBLEMS, problems
    )


def of_the_system(error: OSError) -> Failure:
    """A file or folder that the operating system refuses."""
    fix = _FIXES.get(error.errno or 0, "look at the file and its folder, and try again")
    what = f"the system refuses a file: {error.strerror or error}"
    return Failure("OSError", what, str(error.filename or ""), fix, PROBLEMS)


def misuse(what: str, *, fix: str = "") -> Failure:
    """The command line itself is wrong."""
    return Failure("UsageError", what, "", fix, MISUSE)

"""Pages that are made from the code: the commands, the tables of a study, the Python modules.

A page asks for them with a line such as ``<!-- commands -->``. What stands between it and
``<!-- end of commands -->`` is for readers of the repository, and is made anew for the site.
``python docs/hooks.py`` writes commands and tables into their pages; a test says when that is due.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "reference"

#: Layers from the top of the page down, with what each is for.
LAYERS = (
    "cli",
    "report",
    "audit",
    "study",
    "typology",
    "qca",
    "selection",
    "rivals",
    "tracing",
    "dynamics",
    "registry",
    "measurement",
    "evidence",
    "record",
    "theory",
    "sets",
    "expr",
    "draw",
    "core",
    "_kernels",
)


#: What one wants to read beside the columns of a table.
MORE = {
    "claims": "How a claim is stated, kind by kind, and what a sentence in `states` may say: "
    "[sentences of claims](sentences.md).",
    "choices": "What each kind of choice does to claims: [claims, worlds and findings](../explanation/worlds.md).",
}


def commands() -> str:
    """Every command with its own help, as a terminal of 80 columns shows it."""
    from concausa.cli.main import app, main

    parts = []
    for command in app.registered_commands:
        out = io.StringIO()
        with redirect_stdout(out), patch.dict(os.environ, {"COLUMNS": "82"}):
            main([str(command.name), "--help"])
        parts.append(f"## concausa {command.name}\n\n```text\n{out.getvalue().strip()}\n```\n")
    return "\n".join(parts)


def tables() -> str:
    """Every table of a study with its file and columns."""
    from concausa.study.schema import SETTINGS, TABLES

    parts = []
    for spec in (SETTINGS, *TABLES.values()):
        home = f"`[[{spec.name}]]` in `study.toml`" if spec.home == "toml" else f"`{spec.file}`"
        if spec is SETTINGS:
            home = "`[study]` in `study.toml`"
        said = " ".join(filter(None, (spec.doc, f"Stands in {home}.", MORE.get(spec.name))))
        lines = [f"## {spec.name}", "", said, ""]
        lines += ["| column | kind | | meaning |", "|---|---|---|---|"]
        for name, column in spec.columns.items():
            kind = column.kind + (f" of {', '.join(column.to)}" if column.to else "")
            allowed = f" One of: {', '.join(column.allowed)}." if column.allowed else ""
            required = "required" if column.required else ""
            lines.append(f"| `{name}` | {kind} | {required} | {escaped(column.doc + allowed)} |")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def modules() -> str:
    """A request to mkdocstrings for every module, layer by layer."""
    parts = []
    for layer in LAYERS:
        found = sorted((ROOT / "src" / "concausa" / layer).rglob("*.py"))
        names = [".".join(path.relative_to(ROOT / "src").with_suffix("").parts) for path in found]
        names = [name for name in names if not name.rpartition(".")[2].startswith("_")]
        if names:
            parts.append("\n\n".join(f"::: {name}" for name in names))
    return "\n\n".join(["::: concausa", *parts])


def escaped(text: str) -> str:
    """The text for a cell of a Markdown table."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("~", "\\~")


MADE: dict[str, Callable[[], str]] = {"commands": commands, "tables": tables, "modules": modules}
#: What is kept in the repository too; modules need the site's builder to be shown.
KEPT = ("commands", "tables")

_ASKED = re.compile(r"^<!-- (?P<what>\w+) -->\n(?:.*?^<!-- end of (?P=what) -->\n)?", re.M | re.S)


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put what is made from the code where a page asks for it."""
    _find_package()
    return _ASKED.sub(lambda asked: MADE[asked["what"]](), markdown)


def kept(markdown: str) -> str:
    """The page as the repository keeps it, with what is made from the code between its two lines."""
    _find_package()

    def made(asked: re.Match[str]) -> str:
        what = asked["what"]
        if what not in KEPT:
            return asked[0]
        return f"<!-- {what} -->\n\n{MADE[what]()}\n<!-- end of {what} -->\n"

    return _ASKED.sub(made, markdown)


def _find_package() -> None:
    if str(ROOT / "src") not in sys.path:
        sys.path.insert(0, str(ROOT / "src"))


if __name__ == "__main__":
    for page in sorted(PAGES.glob("*.md")):
        page.write_text(kept(page.read_text("utf-8")), "utf-8", newline="\n")

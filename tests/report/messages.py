"""Every message that the package says to readers, found in its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import jinja2
from jinja2 import nodes

SOURCE = Path(__file__).parents[2] / "src" / "concausa"
REPORT = SOURCE / "report"


def said() -> dict[str, str]:
    """Messages given to ``say`` in code and templates, each with the file that says it."""
    found: dict[str, str] = {}
    for path in sorted(REPORT.rglob("*.py")):
        for call in _calls(path):
            if _name(call) == "say" and call.args:
                for message in _texts(call.args[0]):
                    found.setdefault(message, path.name)
    for path in sorted((REPORT / "templates").glob("*.j2")):
        tree = jinja2.Environment().parse(path.read_text("utf-8"))
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "say":
                argument = call.args[0]
                assert isinstance(argument, nodes.Const), f"{path.name}: a message must be a plain text"
                found.setdefault(argument.value, path.name)
    return found


def counted() -> dict[tuple[str, str], str]:
    """Pairs of messages given to ``plural``, each with the file that says it."""
    found: dict[tuple[str, str], str] = {}
    for path in sorted(REPORT.rglob("*.py")):
        for call in _calls(path):
            if _name(call) == "plural" and len(call.args) >= 2:
                for one, many in zip(_texts(call.args[0]), _texts(call.args[1]), strict=True):
                    found.setdefault((one, many), path.name)
    return found


def unreadable() -> list[str]:
    """Places where ``say`` or ``plural`` is given something else than plain texts."""
    return [
        f"{path.name}:{call.lineno}"
        for path in sorted(REPORT.rglob("*.py"))
        if path.name != "language.py"
        for call in _calls(path)
        if (_name(call) == "say" and call.args and not list(_texts(call.args[0])))
        or (_name(call) == "plural" and len(call.args) >= 2 and not list(_texts(call.args[0])))
    ]


def words() -> dict[str, str]:
    """Words of closed lists that a report may show, each with the column that allows it."""
    from concausa.study.schema import TABLES

    return {
        word: f"{table.name}.{name}"
        for table in TABLES.values()
        for name, column in table.columns.items()
        if column.kind == "choice" and name not in ("language", "unit_code", "sign")
        for word in column.allowed
    }


def doubted() -> dict[str, str]:
    """Sentences and fixes of the doubts that the checker may raise, each with the file that raises it."""
    found: dict[str, str] = {}
    for path in sorted((SOURCE / "study").glob("*.py")):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            named = {
                target.id: node.value
                for node in ast.walk(function)
                if isinstance(node, ast.Assign)
                for target in node.targets
                if isinstance(target, ast.Name)
            }
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and _name(call) == "doubt":
                    fixes = [keyword.value for keyword in call.keywords if keyword.arg == "fix"]
                    for node in (call.args[3], *fixes):
                        text = named.get(node.id, node) if isinstance(node, ast.Name) else node
                        for message in _texts(text):
                            found.setdefault(message, path.name)
    return found


def _calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield node


def _name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)

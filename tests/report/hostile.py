"""A study whose every field is an attack on whoever shows it."""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from typing import Any

from concausa.core.columns import Column
from concausa.core.date import Date
from concausa.core.problem import Problem
from concausa.study.schema import TABLES
from concausa.study.settings import Settings
from concausa.study.study import Study

PAYLOADS = (
    "<script>document.title='owned'</script>",
    '"><img src=x onerror="document.title=\'owned\'">',
    "javascript:document.title='owned'",
    "https://example.org/\"onmouseover=\"document.title='owned'",
    "\\input{/etc/passwd}",
    "$x$ \\end{tabular}",
    "a | b",
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "@SUM(1)",
    "-2+3+cmd|' /C calc'!A0",
    "\t=1+1",
    "x;=1+1",
    "\x1b[2J\x1b]0;owned\x07",
    "\x9b31mred",
    "\u202etxt.exe",
    "{{7*7}} {% raw %} ${7*7} {0.__class__}",
    "]]> <!-- --> <![CDATA[ x",
    "</script><svg onload=\"document.title='owned'\">",
    "</style><style>*{display:none}</style>",
    "</table></main>",
    "line one\nline two\r\nline three",
    "`code` [link](javascript:alert(1)) ![i](http://example.org/x.png)",
    "&lt;b&gt; &amp; &#60;",
    "\u2028\u2029\u0000",
)

#: Columns read as a grammar, and tables whose ids stand in expressions: the checker refuses attacks there.
GRAMMAR = {
    ("level_maps", "points"): ("low=0", "high=1"),
    ("patterns", "when"): None,
    ("rules", "clauses"): ("A => high", "else => low"),
    ("checks", "formula"): "1 + 1",
    ("conditions", "levels"): ("low", "high"),
    ("codings", "level"): "high",
    ("patterns", "expects"): "high",
    ("facts", "measured_in"): "percent",
    ("facts", "rounding"): "exact",
    ("funds", "currency"): "million MXN",
    ("claims", "when"): "A*B",
    ("claims", "outcome"): "C=high",
    ("claims", "under"): "",
    ("claims", "part"): "",
    ("claims", "states"): "",
    ("claims", "cases"): (),
    ("choices", "kind"): "number",
    ("choices", "options"): ("1", "2"),
    ("measures", "values"): (),
    ("measures", "cuts"): (),
    ("rivals", "variable"): "alignment",
    ("rivals", "predicts"): ("aligned=high", "not aligned=low"),
    ("rivals", "measures"): (),
    ("rivals", "outcomes"): (),
    ("predictions", "expects"): "high",
    ("predictions", "span"): None,
    ("periods", "start"): Date.parse("2004"),
    ("periods", "end"): Date.parse("2008"),
    ("questions", "residual_low"): None,
    ("questions", "residual_high"): None,
    ("hypotheses", "prior_low"): None,
    ("hypotheses", "prior_high"): None,
    ("likelihoods", "low"): None,
    ("likelihoods", "high"): None,
    ("likelihoods", "measure"): "",
    ("likelihoods", "reach_low"): None,
    ("likelihoods", "reach_high"): None,
}
PLAIN_IDS = ("units", "periods", "conditions", "facts", "series", "level_maps", "patterns")
_WHEN = ("A*B", "~A*B", "A*~B", "~A*~B")


def hostile_study() -> Study:
    """Four rows a table; text, words and ids hold the attacks in turn, each with its own number."""
    numbers = count(1)

    def attack() -> str:
        number = next(numbers)
        return f"{PAYLOADS[number % len(PAYLOADS)]} #{number}#"

    ids = {
        name: ["A", "B", "C", "D"]
        if name == "conditions"
        else [f"{name}{row}" if name in PLAIN_IDS else f"{name}{row} {attack()}" for row in range(4)]
        for name in TABLES
    }

    grades = [attack() for _ in range(4)]
    # Two questions with two hypotheses each; their items are passages, a package and a trace, judged by words.
    judged: dict[tuple[str, str], list[str]] = {
        ("wordings", "word"): grades,
        ("hypotheses", "question"): [ids["questions"][row // 2] for row in range(4)],
        ("likelihoods", "question"): [ids["questions"][row // 2] for row in range(4)],
        ("likelihoods", "hypothesis"): [ids["hypotheses"][row // 2 * 2] for row in range(4)],
        ("likelihoods", "item"): [*ids["evidence"][:2], ids["packages"][2], ids["traces"][3]],
        ("likelihoods", "word"): grades,
    }

    def value(table: str, name: str, column: Column, row: int) -> Any:
        if (table, name) in judged:
            return judged[table, name][row]
        if (table, name) == ("patterns", "when"):
            return _WHEN[row]
        if (table, name) in GRAMMAR:
            return GRAMMAR[table, name]
        if column.kind == "id":
            return ids[table][row]
        if (table, name) == ("conditions", "role"):
            return ("condition", "condition", "outcome", "pattern")[row]
        if (table, name) in (("mechanisms", "cause"), ("mechanisms", "effect")):
            return ("A",) if name == "cause" else ("B",)
        if column.kind == "ref":
            return ids[column.to[0]][row % 2]
        if column.kind == "refs":
            return tuple(ids[target][row] for target in column.to)
        return {
            "text": attack,
            "words": lambda: (attack(), attack()),
            "choice": lambda: column.allowed[row % len(column.allowed)],
            "number": lambda: Decimal("12.5"),
            "share": lambda: Decimal("12.5"),
            "integer": lambda: 3,
            "boolean": lambda: True,
            "date": lambda: Date.parse(("2001", "2004-05-19", "2006~", "2008/2010")[row]),
        }[column.kind]()

    tables = {
        spec.name: tuple(
            spec.noun(**{name: value(spec.name, name, column, row) for name, column in spec.columns.items()})
            for row in range(4)
        )
        for spec in TABLES.values()
    }
    tables["questions"] = tables["questions"][:2]
    doubts = (Problem(attack(), 3, attack(), "doubt", attack(), attack(), attack(), (attack(),), attack()),)
    settings = Settings(
        id="hostile", title=attack(), question=attack(), authors=(attack(),), year=2024, citation=attack(),
        doi="javascript:document.title='owned'", licence=attack(), language="en", outcome="C", pattern="D",
        level_map="level_maps0", scope=attack(), selection=attack(), note=attack(),
    )  # fmt: skip
    for with_files in ("series", "maps"):
        tables.pop(with_files, None)
    return Study(settings=settings, doubts=doubts, **tables)

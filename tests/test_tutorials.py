"""The tutorials' commands run, their edits are made, and what they show is what comes out."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from concausa.audit.numbers import audit_number
from concausa.cli.main import main
from concausa.study.scaffold import new
from concausa.study.study import Study
from concausa.theory.claim import KINDS, requires
from concausa.typology.gate import clauses
from concausa.typology.pattern import Rule

TUTORIALS = Path(__file__).resolve().parent.parent / "docs" / "tutorial"
BLOCK = re.compile(
    r'^```(console|csv|toml)(?: title="([\w.-]+), (add|last line|new)")?\n(.*?)^```$', re.M | re.S
)


@pytest.mark.parametrize("page", sorted(TUTORIALS.glob("*.md")), ids=lambda page: page.stem)
def test_a_tutorial_does_what_it_says(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    place = tmp_path
    commands = 0
    for kind, file, how, body in BLOCK.findall(page.read_text("utf-8")):
        if kind != "console":
            edit(place / file, how, body)
            continue
        for command, *shown in (entry.splitlines() for entry in re.split(r"^\$ ", body, flags=re.M)[1:]):
            words = shlex.split(command)
            commands += 1
            if words[0] == "cd":
                place = place / words[1]
                monkeypatch.chdir(place)
                continue
            assert words[0] == "concausa"
            capsys.readouterr()
            status = main(words[1:])
            answer = capsys.readouterr()
            assert status == int(any(line.startswith("error:") for line in shown)), answer.err
            in_order(shown, answer.out, command)
    assert commands >= 6


def edit(file: Path, how: str, body: str) -> None:
    text = "" if how == "new" else file.read_text("utf-8")
    kept = text if how in ("add", "new") else text[: text.rstrip("\n").rindex("\n") + 1]
    file.write_text(kept + body, "utf-8")


def in_order(shown: list[str], answer: str, command: str) -> None:
    """What is shown is the whole answer, but for what ``…`` stands for; runs of spaces do not count."""
    pieces = [" ".join(piece.split()) for piece in "\n".join(shown).split("…")]
    rest = " ".join(answer.split())
    if shown:
        assert rest.startswith(pieces[0]), f"{command}: {pieces[0]!r} does not begin {rest[:2000]!r}"
        assert rest.endswith(pieces[-1]), f"{command}: {pieces[-1]!r} does not end {rest[-2000:]!r}"
        assert len(pieces) > 1 or rest == pieces[0], f"{command}: there is more than shown: {rest[:2000]!r}"
    for wanted in pieces:
        assert wanted in rest, f"{command}: {wanted!r} is not in {rest[:2000]!r}"
        rest = rest.partition(wanted)[2] if wanted else rest


def test_the_check_that_the_tutorial_declares_reproduces_its_number(tmp_path: Path) -> None:
    # 8.3 million crowns over 110 boats is 0.0755, which rounds to the 0.08 expected.
    study = tmp_path / "study"
    new(study)
    page = (TUTORIALS / "first-study.md").read_text("utf-8")
    (row,) = (body for _, file, how, body in BLOCK.findall(page) if file == "checks.csv")
    edit(study / "checks.csv", "add", row)
    assert audit_number(Study.load(study), "N-coast").verdict == "reproduces"
    edit(study / "checks.csv", "last line", row.replace("crown/boat", "crowns/boat"))
    told = audit_number(Study.load(study), "N-coast")
    assert told.verdict == "cannot be computed"
    assert "crowns" in told.message


def test_the_property_space_of_the_how_to_can_be_read() -> None:
    page = (TUTORIALS.parent / "how-to" / "property-space.md").read_text("utf-8")
    blocks = re.findall(r"^```toml\n(.*?)^```$", page, re.M | re.S)
    rules = [tomllib.loads(block) for block in blocks if "clauses" in block]
    listed = [rule.get("clauses") or rule["rules"][0]["clauses"] for rule in rules]
    read = [clauses(Rule(id="r", label="r", clauses=tuple(one))) for one in listed]
    assert [clause.outcomes for clause in read[-1]] == [("low",), ("high",), ("low", "high")]
    assert "\\|" not in page, "a bar in a table of Markdown is copied with its backslash"


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("README.md", "docs/reference/sentences.md"),
        ("docs/index.md", "reference/sentences.md"),
        ("docs/tutorial/first-study.md", "../reference/sentences.md"),
        ("docs/explanation/worlds.md", "../reference/sentences.md"),
        ("docs/reference/tables.md", "sentences.md"),
    ],
)
def test_how_a_claim_is_written_is_linked_where_one_looks_for_it(page: str, link: str) -> None:
    assert f"]({link})" in (TUTORIALS.parent.parent / page).read_text("utf-8")


def test_the_table_of_claims_leads_to_the_page_on_sentences() -> None:
    page = (TUTORIALS.parent / "reference" / "tables.md").read_text("utf-8")
    assert "](sentences.md)" in page.partition("\n## claims\n")[2].partition("\n## ")[0]


def test_the_template_lists_each_kind_of_claim_with_the_keys_that_state_it(tmp_path: Path) -> None:
    new(tmp_path)
    comment = re.search(r"((?:^#.*\n)+)\n\[\[claims\]\]", (tmp_path / "study.toml").read_text("utf-8"), re.M)
    assert comment
    listed: dict[str, list[str]] = {}
    kinds: list[str] = []
    for line in comment[1].splitlines():
        if row := re.fullmatch(r"# {3}(\S.*?)?(?: {2,}((?:when|states)[\w, ]*?)(?: {2,}.*)?)?", line):
            kinds += re.split(", ", row[1]) if row[1] else []
            if row[2]:
                listed |= dict.fromkeys(kinds, sorted(row[2].split(", ")))
                kinds = []
    assert listed == {kind: sorted(requires(kind).needs or ("states",)) for kind in KINDS}
    assert '"Sentences of claims"' in comment[1]

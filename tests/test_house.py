"""The house: layers, a light start, pages for everything public, a README that is true."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

import concausa
from concausa.cli.main import app
from concausa.core.date import Date
from concausa.evidence.access import PASSAGE_TEXTS, SPEAKER_TEXTS, shown_source
from concausa.evidence.source import Source
from concausa.study.schema import SETTINGS, TABLES

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "concausa"
DOCS = ROOT / "docs"
HEAVY = set("altair babel jinja2 jsonschema numpy pydantic pyrage python_calamine rich".split()) | set(
    "tomlkit typer vl_convert xlsxwriter".split()
)


def modules_after(statement: str) -> set[str]:
    """Top-level modules that a fresh interpreter has loaded after *statement*."""
    code = f"{statement}\nimport sys; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT / "src"
    )
    return set(done.stdout.splitlines()[-1].split())


def commands_of_readme() -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```$", (ROOT / "README.md").read_text("utf-8"), flags=re.M | re.S)


@pytest.fixture(scope="module")
def hooks() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_hooks", DOCS / "hooks.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_imports_go_down_the_layers_and_every_package_has_its_layer() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert modules_after("import concausa") & HEAVY == set()


def test_public_names_are_listed_and_found_without_loading_what_draws_or_writes() -> None:
    assert set(concausa.__all__) <= set(dir(concausa))
    loaded = modules_after("import concausa as cc\nfor name in cc.__all__: getattr(cc, name)")
    assert loaded & HEAVY == {"numpy"}


def test_reading_a_study_and_looking_at_it_does_without_arrays() -> None:
    loaded = modules_after("import concausa as cc\nstudy = cc.Study.load('prosoft')\ncc.placements(study)")
    assert "numpy" not in loaded


def test_help_loads_typer_and_none_of_what_commands_need_to_work() -> None:
    loaded = modules_after("from concausa.cli.main import main\nmain(['--help'])")
    assert loaded & HEAVY <= {"typer", "pydantic"}


def test_a_name_that_the_package_does_not_have_is_refused_with_those_it_has() -> None:
    with pytest.raises(AttributeError, match=r"it has .*Study"):
        concausa.Stduy  # noqa: B018


def test_no_module_is_a_drawer_of_odds_and_ends() -> None:
    assert [p for p in SOURCE.rglob("*.py") if p.stem in {"utils", "util", "helpers", "common", "misc"}] == []


def test_every_module_says_what_it_is_and_fits_a_sitting() -> None:
    silent = [
        path.name for path in SOURCE.rglob("*.py") if not path.read_text("utf-8").startswith(('"""', 'r"""'))
    ]
    long = [path.name for path in SOURCE.rglob("*.py") if len(path.read_text("utf-8").splitlines()) > 400]
    assert (silent, long) == ([], [])


def test_every_command_and_option_has_its_page(hooks: ModuleType) -> None:
    assert "<!-- commands -->" in (DOCS / "reference" / "commands.md").read_text("utf-8")
    page = hooks.on_page_markdown((DOCS / "reference" / "commands.md").read_text("utf-8"))
    for command in app.registered_commands:
        help_text = page.partition(f"## concausa {command.name}\n")[2].partition("\n## ")[0]
        assert f"Usage: concausa {command.name}" in help_text
        assert "Example" in help_text, f"{command.name} shows no example"
        assert "--json" in help_text, f"{command.name} cannot answer machines"
        assert "JSON:" in help_text, f"{command.name} does not name its keys"


def test_every_table_and_column_has_its_page(hooks: ModuleType) -> None:
    page = hooks.on_page_markdown((DOCS / "reference" / "tables.md").read_text("utf-8"))
    for spec in (SETTINGS, *TABLES.values()):
        section = page.partition(f"\n## {spec.name}\n")[2].partition("\n## ")[0]
        assert spec.doc in section
        missing = [name for name in spec.columns if f"| `{name}` |" not in section]
        assert not missing, f"{spec.name} lacks {missing}"


@pytest.mark.parametrize("name", ["commands", "tables"])
def test_what_is_made_from_the_code_stands_in_the_repository_as_it_is_now(
    name: str, hooks: ModuleType
) -> None:
    page = (DOCS / "reference" / f"{name}.md").read_text("utf-8")
    assert hooks.kept(page) == page, "write it anew with: python docs/hooks.py"
    assert "<!--" not in hooks.on_page_markdown(page)


def test_every_public_module_has_its_page(hooks: ModuleType) -> None:
    page = hooks.on_page_markdown((DOCS / "reference" / "python.md").read_text("utf-8"))
    for path in SOURCE.rglob("*.py"):
        name = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
        if not path.stem.startswith("_") and "/studies/" not in path.as_posix():
            assert f"::: {name}\n" in f"{page}\n", f"{name} has no page: add its layer to docs/hooks.py"


def test_every_public_name_has_its_line() -> None:
    page = (DOCS / "reference" / "python.md").read_text("utf-8")
    listed = page.partition("## Public names")[2].partition("<!-- modules -->")[0]
    assert [name for name in concausa.__all__ if f"`{name}`" not in listed] == []


def test_every_page_is_in_the_contents_and_the_contents_name_no_other() -> None:
    contents = (ROOT / "mkdocs.yml").read_text("utf-8").partition("\nnav:")[2]
    named = set(re.findall(r"[\w/-]+\.md", contents))
    assert named == {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}


def test_the_glossary_names_the_words_of_every_table() -> None:
    glossary = (DOCS / "reference" / "glossary.md").read_text("utf-8")
    words = (
        "unit, period, case, condition, indicator, source, passage, coding, fact, check, claim, rival, "
        "mechanism, pattern, rule, event, prerequisite, office term, level map, series"
    ).split(", ")
    assert [word for word in words if f"\n| {word} |" not in glossary] == []


def test_the_page_on_identities_names_every_text_that_is_withheld_and_what_is_not() -> None:
    page = (DOCS / "how-to" / "identities.md").read_text("utf-8")
    (restricted,) = re.findall(r"^\| restricted \|(.+)\|$", page, flags=re.M)
    (confidential,) = re.findall(r"^\| confidential \|(.+)\|$", page, flags=re.M)
    assert set(re.findall(r"`(\w+)`", restricted)) == set(PASSAGE_TEXTS)
    assert set(re.findall(r"`(\w+)`", confidential)) == {*SPEAKER_TEXTS, "date"}
    source = Source(
        id="I1", kind="interview", access="confidential", date=Date.parse("2010-03"), side="press"
    )
    assert {name for name in SPEAKER_TEXTS if getattr(shown_source(source), name) != ""} == {"role"}
    assert shown_source(source).date is None
    assert (shown_source(source).side, shown_source(source).kind) == ("press", "interview")


def test_the_readme_shows_exactly_two_commands_of_one_line_each() -> None:
    blocks = commands_of_readme()
    assert [len(block.splitlines()) for block in blocks] == [1, 1]
    assert blocks[0].rstrip().endswith("concausa run prosoft")
    assert "pytest" in blocks[1]
    for named in re.findall(r"-r (\S+)", " ".join(blocks)):
        assert (ROOT / named).is_file()


def test_the_readme_links_to_files_that_exist() -> None:
    links = re.findall(r"\]\(([^)]+)\)", (ROOT / "README.md").read_text("utf-8"))
    assert links
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [
        command.name for command in app.registered_commands if f"`concausa {command.name} " not in readme
    ] == []


def test_ci_runs_the_test_command_of_the_readme_literally() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    awk = re.search(r"awk '(.+)' README\.md", script)
    assert awk
    done = subprocess.run(["awk", awk[1], "README.md"], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == commands_of_readme()[1]
    assert "pytest" not in script.replace("pytest's", "")


def pinned(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", text, flags=re.M))


@pytest.mark.parametrize("name", ["run", "build", "dev"])
def test_requirements_are_pinned_and_hashed_and_name_no_address(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    assert "://" not in text
    assert "--index" not in text
    for entry in re.split(r"\n(?=[a-z])", text.strip()):
        assert re.match(r"[a-z0-9._-]+==\S+", entry)
        assert "--hash=sha256:" in entry


def test_what_is_tested_is_what_is_installed() -> None:
    everything = pinned("dev")
    assert pinned("run").items() <= everything.items()
    assert pinned("build").items() <= everything.items()


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = {re.match(r"[\w-]+", entry)[0] for entry in project["dependencies"]}  # type: ignore[index]
    assert names <= set(pinned("run"))


def test_versions_agree() -> None:
    assert f"\nversion: {concausa.__version__}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"\n## {concausa.__version__} " in (ROOT / "CHANGELOG.md").read_text("utf-8")

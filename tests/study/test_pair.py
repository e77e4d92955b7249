"""Two studies shown side by side: names and passages that either protects are shown by neither."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest

from concausa.core.errors import IdentityError
from concausa.evidence.access import WITHHELD
from concausa.study.folder import load
from concausa.study.pair import Pair, admit_pair, guard_of
from concausa.study.seal import seal
from concausa.study.study import Study

ONE, OTHER = "Juan Ángel Zubízar", "Roberta Salvatierra Luna"


def sealed(folder: Path, name: str, key: Path) -> Path:
    names = folder.parent / "names.csv"
    names.write_text(f"code,name\nINT-S1,{name}\n", "utf-8")
    seal(names, folder, key, replace=True)
    return folder


@pytest.fixture
def other(folder: Path) -> Path:
    """A copy of the example beside it."""
    shutil.copytree(folder, folder.parent / "other")
    return folder.parent / "other"


def said(study: Study, summary: str) -> Study:
    """The study with another summary of its first passage."""
    first, *rest = study.evidence
    return study.replace(evidence=(dataclasses.replace(first, summary=summary), *rest))


def write(folder: Path, summary: str) -> None:
    said(load(folder), summary).save()


def test_a_name_that_one_study_protects_is_masked_in_the_other_as_well(folder: Path, other: Path) -> None:
    key = folder.parent / "k"
    sealed(folder, ONE, key)
    write(other, f"As {ONE} told.")
    for pair in (admit_pair(folder, other, keys=[key]), admit_pair(other, folder, keys=[key])):
        shown = [study.evidence[0].summary for study in (pair.before, pair.after)]
        assert "As [name withheld] told." in shown
        assert "Zub" not in repr([pair.before, pair.after])
        assert pair.screened([f"{ONE} said"]) == ["[name withheld] said"]
        assert [caveat.kind for caveat in pair.caveats] == ["masked"]


def test_each_study_may_have_a_key_of_its_own_or_both_the_same(folder: Path, other: Path) -> None:
    first, second = folder.parent / "k1", folder.parent / "k2"
    sealed(folder, ONE, first)
    sealed(other, OTHER, second)
    text = f"{ONE} and {OTHER}"
    guard = guard_of((folder, other), (first, second))
    assert guard is not None
    assert guard.screen(text) == "[name withheld] and [name withheld]"
    sealed(other, OTHER, first)
    guard = guard_of((folder, other), (first,))
    assert guard is not None
    assert guard.screen(text) == "[name withheld] and [name withheld]"


def test_a_study_that_no_key_opens_is_refused_unless_one_goes_on_unscreened(
    folder: Path, other: Path
) -> None:
    first, second = folder.parent / "k1", folder.parent / "k2"
    sealed(folder, ONE, first)
    sealed(other, OTHER, second)
    for keys, unopened in (((), folder), ((first,), other), ((second,), folder)):
        with pytest.raises(IdentityError, match="without their key") as refused:
            guard_of((folder, other), keys)
        assert refused.value.where == str(unopened / "protected" / "identities.age")
    guard = guard_of((folder, other), (first,), unscreened=True)
    assert guard is not None
    assert guard.screen(f"{ONE} and {OTHER}") == f"[name withheld] and {OTHER}"
    assert guard_of((folder, other), (), unscreened=True) is None


def test_a_key_that_opens_nothing_is_never_ignored(folder: Path, other: Path) -> None:
    first, second = folder.parent / "k1", folder.parent / "k2"
    with pytest.raises(IdentityError, match="has no sealed identities"):
        guard_of((folder, other), (first,))
    sealed(folder, ONE, second)
    sealed(folder, ONE, first)
    for keys in ((first, second), (second, first), (second,)):
        with pytest.raises(IdentityError, match="does not open"):
            guard_of((folder, other), keys, unscreened=True)
    with pytest.raises(IdentityError, match="no such key file"):
        guard_of((folder, other), (first, folder.parent / "none"))


def test_a_row_whose_id_holds_a_name_is_the_same_row_in_both(folder: Path, other: Path) -> None:
    key = folder.parent / "k"
    sealed(folder, ONE, key)
    study = load(folder)
    named = [dataclasses.replace(study.units[0], id=f"{word} {ONE}", name=word) for word in ("A", "B", "C")]
    before, after = study.replace(units=tuple(named[:2])), study.replace(units=tuple(reversed(named)))
    pair = Pair.of(before, after, guard_of([folder], [key]))
    ids = [{unit.name: unit.id for unit in shown.units} for shown in (pair.before, pair.after)]
    assert ids[0].items() < ids[1].items()
    assert set(ids[1].values()) == {"withheld1", "withheld2", "withheld3"}


@pytest.mark.parametrize(("one", "two"), [("open", "restricted"), ("restricted", "open")])
def test_a_passage_that_one_study_withholds_is_withheld_in_both(one: str, two: str, folder: Path) -> None:
    study = load(folder)
    passage = study.evidence[0]

    def under(access: str) -> Study:
        return study.replace(
            sources=tuple(
                dataclasses.replace(source, access=access) if source.id == passage.source else source
                for source in study.sources
            )
        )

    pair = Pair.of(under(one), under(two))
    for shown, access in ((pair.before, one), (pair.after, two)):
        assert shown.row("evidence", passage.id).summary == WITHHELD["en"]
        assert shown.row("sources", passage.source).access == access
    assert pair.before.replace(sources=study.sources) == pair.after.replace(sources=study.sources)


def test_the_speaker_of_a_source_that_became_confidential_is_shown_by_neither(folder: Path) -> None:
    study = load(folder)
    (speaker,) = (source for source in study.sources if source.id == "INT-S1")
    closed = tuple(
        dataclasses.replace(source, access="confidential") if source is speaker else source
        for source in study.sources
    )
    pair = Pair.of(study, study.replace(sources=closed))
    for shown in (pair.before, pair.after):
        source = shown.row("sources", "INT-S1")
        assert (source.role, source.date, source.place) == (WITHHELD["en"], None, "")


def test_open_studies_without_names_are_shown_as_they_are(folder: Path) -> None:
    study = load(folder)
    pair = Pair.of(study, study)
    assert (pair.before, pair.after, pair.caveats) == (study, study, ())
    assert pair.screened("text") == "text"


def test_an_error_of_either_study_repeats_no_protected_name(folder: Path, other: Path) -> None:
    key = folder.parent / "k"
    sealed(folder, ONE, key)
    codings = other / "codings.csv"
    codings.write_text(codings.read_text("utf-8").replace(",high,", f",{ONE},", 1), "utf-8")
    with pytest.raises(Exception, match="is not a level") as refused:
        admit_pair(folder, other, keys=[key])
    assert "name withheld" in str(refused.value)
    assert "Zub" not in str(refused.value)

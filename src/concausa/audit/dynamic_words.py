"""The words in which changes of a study's dynamic model may be asked for: its levels and labels."""

from __future__ import annotations

from collections import Counter

from concausa.audit.dynamic_levels import Levels
from concausa.dynamics.change_text import Words
from concausa.dynamics.model import Model
from concausa.dynamics.quantity import Range
from concausa.study.study import Study


def change_words(study: Study, model: Model, *, level_map: str = "") -> Words:
    """Levels of the conditions that inputs stand for, and the labels of inputs and of these conditions.

    The first word of a label, if it has more than three letters, does as well where no other input's begins with it.

    Parameters
    ----------
    level_map : str
        The map that is used where it covers a condition; the study's own if empty.

    Examples
    --------
    >>> from concausa.audit.dynamic_study import study_dynamics
    >>> study = Study.load("prosoft")
    >>> words = change_words(study, study_dynamics(study, "FORUM").model)
    >>> words.labels["leadership"], words.of("L")["low"].text
    ('L', '0 to 0.125')
    """
    levels = Levels(study, level_map)
    bands: dict[str, dict[str, Range]] = {}
    labels: dict[str, str] = {}
    for part in model.inputs:
        found = [part.label]
        if part.condition:
            bands[part.name] = {
                level: Range.of(*ends) for level, ends in levels.of_condition(part.condition).items()
            }
            found.append(study.row("conditions", part.condition).label)
        labels |= {label.casefold(): part.name for label in found if label}
    meant = Counter(first for first, _ in {(label.split()[0], name) for label, name in labels.items()})
    short = {
        first: name
        for label, name in labels.items()
        if len(first := label.split()[0]) > 3 and meant[first] == 1
    }
    return Words(bands, {**short, **labels})

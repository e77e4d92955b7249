"""Words of a study that a change may be written in: levels, conditions and their labels."""

from __future__ import annotations

from collections import Counter

from concausa.audit.dynamic_levels import Levels
from concausa.dynamics.change_text import Words
from concausa.dynamics.model import Model
from concausa.dynamics.quantity import Range
from concausa.study.study import Study


def words_of(study: Study, model: Model, *, level_map: str = "") -> Words:
    """What may stand for an input of a model, and what its levels are worth.

    Parameters
    ----------
    study : Study
    model : Model
    level_map : str
        The map by which levels become memberships; the study's own if empty.

    Returns
    -------
    Words
        An input goes by its label, by the label of its condition, and by any word of the latter that stands in the
        label of no other condition of the study; each as written and in small letters. A level stands for its
        whole band.

    Raises
    ------
    ScaleError
        If no level map covers the condition of an input.

    Examples
    --------
    >>> from concausa.audit.dynamic_study import study_dynamics
    >>> study = Study.load("prosoft")
    >>> found = words_of(study, study_dynamics(study, "FORUM").model)
    >>> found.labels["leadership"], found.of("L")["low"].text
    ('L', '0 to 0.125')
    """
    levels = Levels(study, level_map)
    conditions = {row.id: row for row in study.conditions}
    spoken = Counter(word for row in study.conditions for word in set(row.label.casefold().split()))
    bands: dict[str, dict[str, Range]] = {}
    named: dict[str, set[str]] = {}
    for part in model.inputs:
        texts = {part.label}
        if part.condition:
            label = conditions[part.condition].label
            texts |= {label, *(word for word in label.split() if spoken[word.casefold()] == 1)}
            bands[part.name] = {
                level: Range.of(*band) for level, band in levels.every(part.condition).items()
            }
        for text in texts - {""}:
            for form in (text, text.casefold()):
                named.setdefault(form, set()).add(part.name)
    labels = {text: next(iter(parts)) for text, parts in named.items() if len(parts) == 1}
    return Words(bands, labels)

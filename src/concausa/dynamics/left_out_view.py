"""Items left out and foretold, as they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from concausa.core.table import Cell, Heading, Table, Tone
from concausa.dynamics.share import finite

if TYPE_CHECKING:
    from concausa.dynamics.left_out import Foretold, Guess, Guesser, LeftOut, Score

#: Baselines in the order of columns.
_SHOWN: tuple[Guesser, ...] = ("no change", "mean", "static typology", "prior")


def table(found: LeftOut) -> Table:
    """A row a band: the band, what the model foretells, and the errors of all."""
    headings = (
        Heading("band", "left out"),
        Heading("range", "band", "right"),
        Heading("median", "foretold", "right"),
        Heading("inside", "inside", "right"),
        Heading("model", "error", "right"),
        *(Heading(name.replace(" ", "_"), name, "right") for name in _SHOWN),
    )
    notes = ["Inside: share of draws in the band. Errors are distances from the middle of the band."]
    notes += [_told(score) for score in found.scores]
    notes += [f"Caveat: {caveat}." for caveat in found.caveats]
    title = f"{found.model}: each item foretold from all others"
    return Table.of("left_out", title, headings, map(_row, found.foretold), notes=notes)


def memo(found: LeftOut) -> str:
    """Who is nearer, and on how few bands that rests."""
    lines = [_told(score) for score in found.scores]
    models = [one.guesses["model"] for one in found.foretold if "model" in one.guesses]
    if models:
        hits = sum(guess.hits for guess in models)
        lines.insert(
            0, f"Left out and foretold from the rest, {hits} of {len(models)} bands are met by the median."
        )
    missed = [
        one.band.id for one in found.foretold if "model" in one.guesses and not one.guesses["model"].hits
    ]
    if missed:
        lines.append(f"Not foretold: {', '.join(missed)}.")
    return "\n".join([*lines, *(f"Caveat: {caveat}." for caveat in found.caveats)])


def data(found: LeftOut) -> dict[str, Any]:
    """Everything in it as plain JSON values."""
    return {
        "model": found.model,
        "bands": [
            {
                "band": one.band.id,
                "item": one.band.evidence,
                "low": one.band.low,
                "high": one.band.high,
                "guesses": {name: _guess(guess) for name, guess in one.guesses.items()},
            }
            for one in found.foretold
        ],
        "scores": [
            {
                "baseline": one.baseline,
                "bands": one.bands,
                "model_error": finite(one.model_error),
                "error": finite(one.error),
                "model_hits": one.model_hits,
                "hits": one.hits,
                "word": one.word,
            }
            for one in found.scores
        ],
        "caveats": [caveat.data() for caveat in found.caveats],
    }


def _told(one: Score) -> str:
    if not one.bands:
        return f"Beside {one.baseline}: {one.word}."
    return (
        f"Beside {one.baseline}, on {one.bands} band{'' if one.bands == 1 else 's'}: {one.word}"
        f" (mean error {one.model_error:.2f} and {one.error:.2f}; inside {one.model_hits} and {one.hits})."
    )


def _guess(one: Guess) -> dict[str, Any]:
    return {"value": one.value, "inside": one.inside, "error": one.error, "hits": one.hits}


def _row(one: Foretold) -> list[Cell]:
    model = one.guesses.get("model")
    cells = [Cell(one.band.id), Cell(f"{one.band.low:g} to {one.band.high:g}", [one.band.low, one.band.high])]
    if model is None:
        cells += [Cell("", missing=True)] * 3
    else:
        tone: Tone = "good" if model.hits else "bad"
        cells += [
            Cell(f"{model.value:.2f}", model.value, tone=tone),
            Cell(f"{model.inside:.0%}", model.inside),
            Cell(f"{model.error:.2f}", model.error),
        ]
    for name in _SHOWN:
        guess = one.guesses.get(name)
        cells.append(Cell("", missing=True) if guess is None else Cell(f"{guess.error:.2f}", guess.error))
    return cells

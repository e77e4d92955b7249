"""Options of the commands that analyse a data file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[Path, typer.Argument(help="A CSV file or a workbook with one sheet: a row a case.")]
Outcome = Annotated[str, typer.Option(help="Column of the outcome; ~Y for its absence, Y{2} for a value.")]
Conditions = Annotated[str, typer.Option(help="Columns of the conditions, separated by commas.")]
Cases = Annotated[str | None, typer.Option(help="Column with the names of the cases.")]
DontCare = Annotated[str, typer.Option(help="What stands for “don't care” in a condition.")]

"""A table set for a reader: plain text, HTML, LaTeX, Markdown, CSV.

Every writer takes a value and returns a text, the same one for the same table. The texts of a study
are data: whatever they hold, no writer lets it act (see :mod:`concausa.core.visible`).
"""

from concausa.core.typeset.csv_table import csv
from concausa.core.typeset.html_table import html
from concausa.core.typeset.latex_table import latex
from concausa.core.typeset.markdown_table import markdown
from concausa.core.typeset.plain_text import text

__all__ = ["csv", "html", "latex", "markdown", "text"]

"""A source: an interview, a press item, a report, a plan, a law, a register, a data set."""

from __future__ import annotations

from dataclasses import dataclass

from concausa.core.columns import column
from concausa.core.date import Date

KINDS = (
    "interview",
    "newspaper",
    "report",
    "evaluation",
    "plan",
    "law",
    "register",
    "census",
    "data set",
    "presentation",
    "article",
    "book",
    "web page",
    "other",
)
SIDES = ("business", "government", "academia", "press", "civil society", "consultant")
ACCESS = ("open", "restricted", "confidential")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where evidence comes from, and how far it may be shown."""

    id: str = column("id", "Short name; for an interview its code, never a person's name.", required=True)
    kind: str = column("choice", "What it is.", required=True, allowed=KINDS)
    title: str = column("text", "Title, or what the interview was about.")
    author: str = column("text", "Author or issuing body; empty for interviews.")
    publisher: str = column("text", "Newspaper, journal or publisher.")
    date: Date | None = column("date", "When it was published or the interview held (EDTF).")
    place: str = column("text", "Where.")
    side: str = column("choice", "Which side speaks.", allowed=SIDES)
    role: str = column("text", "Speaker's role, as coarse as confidentiality asks.")
    access: str = column(
        "choice",
        "open: may be shown; restricted: its passages are withheld from every output; confidential: "
        "also the speaker's role, place and date.",
        required=True,
        allowed=ACCESS,
    )
    link: str = column("text", "DOI or address.")
    footnotes: tuple[str, ...] = column("words", "Notes of the study's own text that cite it.")
    note: str = column("text", "Source criticism: interest, recall, second hand, odd date.")

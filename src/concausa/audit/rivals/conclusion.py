"""A conclusion: what a study's own text concludes on a rival, beside the verdict over all worlds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from concausa.audit.rivals.standing import Standing
from concausa.core.caveat import Caveat

#: Overall verdicts that bear out each word of the text.
_AGREES = {
    "fits": ("fits",),
    "fails": ("fails", "fails in part"),
    "does not discriminate": ("does not discriminate",),
}

Agreement = Literal["", "agrees", "depends on the reading", "differs"]


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Text and verdict side by side.

    Parameters
    ----------
    text : str
        The word for what the text concludes; empty where the study gives none.
    worlds, total : int
        Worlds whose verdict bears the text out, and all.
    verdict : str
        The overall verdict, counted over worlds.
    """

    text: str
    worlds: int
    total: int
    verdict: str

    @property
    def agreement(self) -> Agreement:
        """Whether text and verdict agree; empty where the text leaves it open or says nothing."""
        if self.text not in _AGREES:
            return ""
        if self.worlds == self.total:
            return "agrees"
        return "depends on the reading" if self.worlds else "differs"

    @property
    def taken_up(self) -> bool:
        """Whether the text takes the rival up; not where the study says that it does not."""
        return self.text != "not taken up"

    @property
    def remark(self) -> Caveat | None:
        """What a reader should see; None where there is nothing to point out."""
        match self.agreement:
            case "differs":
                return Caveat.of(
                    "text differs",
                    "the text concludes that it {text}; over the cases compared here it does so in no world: {verdict}",
                    text=self.text,
                    verdict=self.verdict,
                )
            case "depends on the reading":
                return Caveat.of(
                    "text depends",
                    "the text concludes that it {text}; over the cases compared here it does so in {worlds} of {total} "
                    "worlds",
                    text=self.text,
                    worlds=f"{self.worlds:,}",
                    total=f"{self.total:,}",
                )
        return None

    def data(self) -> dict[str, object]:
        """``{"text", "agreement", "worlds", "total"}``."""
        return {
            "text": self.text,
            "agreement": self.agreement,
            "worlds": self.worlds,
            "total": self.total,
        }


def conclusion(standing: Standing) -> Conclusion:
    """The text's word on a rival beside its verdict; a rule of the theory has none."""
    text = getattr(standing.account.row, "concludes", "")
    overall = standing.overall
    worlds = sum(overall.counts.get(word, 0) for word in _AGREES.get(text, ()))
    return Conclusion(text, worlds, overall.total, str(overall))

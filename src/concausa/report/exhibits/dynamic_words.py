"""How exhibits of a dynamic model write its names and numbers in the language of the report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite

from concausa.core.caveat import Caveat
from concausa.core.table import Cell, Link, Tone
from concausa.dynamics.chart_parts import Mark, marks
from concausa.dynamics.envelope import Envelope
from concausa.dynamics.model import Model
from concausa.dynamics.prior import Unknown
from concausa.dynamics.setting import Setting
from concausa.dynamics.share import Share, times
from concausa.report.exhibits.scribe import MISSING, Scribe
from concausa.theory.dynamic_spec import QuantitySpec

#: Shares above this are written in percent, others as one in so many.
_PERCENT = 0.01
#: Smaller ratios are not told apart.
_SMALL = 0.01


@dataclass(frozen=True, slots=True)
class Teller:
    """Writes about one dynamic model.

    Parameters
    ----------
    scribe : Scribe
    model : Model
    suffix : str
        Put behind the names of tables and charts where a study has several models; else empty.
    """

    scribe: Scribe
    model: Model
    suffix: str = ""

    def name(self, stem: str) -> str:
        """The name of a table or chart."""
        return f"{stem}-{self.suffix}" if self.suffix else stem

    def titled(self, title: str) -> str:
        """A title, led by the model where there are several."""
        return f"{self.model.name}. {title}" if self.suffix else title

    @property
    def rows(self) -> dict[str, QuantitySpec]:
        """The model's rows of ``dynamic_quantities`` by symbol."""
        return {row.name: row for row in self.scribe.study.dynamic_quantities if row.model == self.model.name}

    def say(self, message: str, /, **values: object) -> str:
        """As charts of the engine speak: stocks, inputs and patterns by what readers call them."""
        speak = self.scribe.language.say
        return self._known().get(message) or speak(message, **values)

    def _known(self) -> dict[str, str]:
        """Words of the model as the engine writes them, with those of the report."""
        scribe = self.scribe
        of = scribe.language.of
        known = {corner.name: scribe.name("patterns", corner.name) for corner in self.model.corners}
        known |= {
            corner.label: scribe.name("patterns", corner.name)
            for corner in self.model.corners
            if corner.label
        }
        for table in (scribe.study.interventions, scribe.study.dynamic_quantities):
            kind = "interventions" if table is scribe.study.interventions else "dynamic_quantities"
            for row in table:
                if row.model == self.model.name and row.label:
                    known[row.label] = of(scribe.study, kind, row, "label")
        return known | {symbol: self.label(symbol) for symbol in self.rows}

    def label(self, symbol: str) -> str:
        """What readers call a quantity."""
        row = self.rows.get(symbol)
        return (
            self.scribe.language.of(self.scribe.study, "dynamic_quantities", row, "label") if row else symbol
        )

    def flow(self, id: str) -> str:
        """What readers call a flow."""
        return self.scribe.name("dynamic_flows", id)

    def quantity(self, symbol: str) -> Cell:
        """The symbol of a quantity, linked to it."""
        row = self.rows.get(symbol)
        return Cell(symbol, links=(Link("dynamic_quantities", row.id),)) if row else Cell(symbol)

    def quantities(self, symbols: Iterable[str]) -> Cell:
        """Several symbols."""
        cells = [self.quantity(symbol) for symbol in symbols]
        if not cells:
            return MISSING
        return Cell(
            ", ".join(cell.text for cell in cells),
            value=[cell.text for cell in cells],
            links=tuple(link for cell in cells for link in cell.links),
        )

    def pattern(self, name: str) -> str:
        """A pattern, or what is none."""
        return self._known().get(name) or self.scribe.language.level(name)

    def way(self, forum: str) -> str:
        """A way of the forum."""
        say = self.scribe.language.say
        return {"as it was": say("as it was"), "none": say("none"), "consolidated": say("consolidated")}[
            forum
        ]

    def marks(self, setting: Setting, unit: str) -> tuple[Mark, ...]:
        """What happened in a unit, in the words of the report."""
        return marks(setting, self.model, unit, say=self.say)

    def marked(self, name: str) -> str:
        """What readers call an input, or an intervention of the model."""
        for row in self.scribe.study.interventions:
            if row.model == self.model.name and row.asked == name:
                return self.scribe.language.of(self.scribe.study, "interventions", row, "label")
        return self.label(name)

    def unknown(self, one: Unknown) -> Cell:
        """An unknown, linked to the quantity, term or event that it is about."""
        return self.unknown_name(one.name, one.kind)

    def unknown_name(self, name: str, kind: str = "") -> Cell:
        """The same by its name."""
        say = self.scribe.language.say
        if name in self.rows:
            return Cell(
                f"{name}: {self.label(name)}", name, (Link("dynamic_quantities", self.rows[name].id),)
            )
        symbol, _, rest = name.partition(" of ")
        if symbol in self.rows and rest:
            unit, _, when = rest.rpartition(" in ")
            told = say("{quantity} of {unit} in {when}", quantity=symbol, unit=unit, when=when)
            return Cell(told, name, (Link("dynamic_quantities", self.rows[symbol].id),))
        symbol, _, rest = name.partition(" in ")
        if symbol in self.rows and rest:
            links = (Link("terms", rest),) if self.scribe.home(["terms"], rest) else ()
            return Cell(say("{quantity} in {when}", quantity=symbol, when=rest), name, links)
        if name.startswith("year of "):
            event = name.removeprefix("year of ")
            links = (Link("events", event),) if self.scribe.home(["events"], event) else ()
            return Cell(say("year of {event}", event=event), name, links)
        return Cell(name)

    def item(self, item: str) -> Cell:
        """A piece of evidence: a case or an event, linked."""
        scribe = self.scribe
        if home := scribe.home(["events", "bands"], item):
            return Cell(item, links=(Link(home, item),))
        for unit in scribe.study.units:
            if item.startswith(f"{unit.id}-") and scribe.home(["periods"], item[len(unit.id) + 1 :]):
                return scribe.case(unit.id, item[len(unit.id) + 1 :])
        return Cell(item)

    def number(self, value: float, digits: int = 2) -> str:
        """A number; a sign of infinity for what has no end."""
        return self.scribe.language.number(float(value) + 0.0, digits)

    def figure(self, value: float | None, digits: int = 2) -> Cell:
        """A number as a cell; missing if it is none."""
        if value is None or value != value:
            return MISSING
        return Cell(self.number(value, digits), value=float(value) if isfinite(value) else None)

    def span(self, low: float, high: float, digits: int = 2) -> str:
        """``0.1 to 0.3``."""
        return self.scribe.language.say(
            "{low} to {high}", low=self.number(low, digits), high=self.number(high, digits)
        )

    def middle(self, values: Sequence[float], *, signed: bool = False) -> Cell:
        """A median with the range of nine in ten draws, of five or of three values."""
        low, middle, high = values[0], values[len(values) // 2], values[-1]
        if middle != middle:
            return MISSING
        sign = "+" if signed and round(middle, 2) > 0 else ""
        told = self.scribe.language.say(
            "{middle} ({low} to {high})", middle=sign + self.number(middle), low=self.number(low),
            high=self.number(high),
        )  # fmt: skip
        return Cell(told, value=[float(one) if isfinite(one) else None for one in values])

    def part(self, value: float) -> str:
        """A share of the prior: in percent, or one in so many."""
        say, number = self.scribe.language.say, self.scribe.language.number
        if value == 0:
            return say("nothing")
        if value >= _PERCENT:
            return say("{percent} %", percent=number(100 * value, 0 if value >= 0.1 else 1))
        whole = round(1 / value)
        return say("1 in {number}", number=number(round(whole, 2 - len(str(whole)))))

    def shared(self, share: Share) -> Cell:
        """A share of the prior as a cell."""
        return MISSING if share.value != share.value else Cell(self.part(share.value), value=share.data)

    def times(self, share: Share) -> Cell:
        """How many times as much, with its range."""
        if share.value != share.value:
            return MISSING
        told = self.scribe.language.say(
            "{middle} ({low} to {high})", middle=self._times(share.value), low=self._times(share.low),
            high=self._times(share.high),
        )  # fmt: skip
        return Cell(told, value=share.data)

    def _times(self, value: float) -> str:
        if not isfinite(value):
            return "∞"
        if 0 < value < _SMALL:
            return f"< {self.number(_SMALL)}"
        if value < 10:
            return self.number(value, 2 if value < 1 else 1)
        return self.scribe.language.number(int(times(value).replace(",", "")))

    def probability(self, share: Share) -> Cell:
        """A probability with two decimals; its range is in the value."""
        return MISSING if share.value != share.value else Cell(self.number(share.value), value=share.data)

    def caveats(self, found: Iterable[Caveat]) -> tuple[str, ...]:
        """Caveats, each once, with a capital at the start and a stop."""
        say = self.scribe.language.say
        told = (caveat.told(say) for caveat in found)
        return tuple(dict.fromkeys(f"{one[0].upper()}{one[1:]}." for one in told if one))

    def worth(self, draws: int, effective: float) -> str:
        """How many draws there are, and what they are worth."""
        return self.scribe.language.say(
            "{draws} draws that meet every band, worth {effective} independent ones; ranges hold nine in ten.",
            draws=self.scribe.language.number(draws),
            effective=self.scribe.language.number(round(effective)),
        )

    def envelope_cells(self, told: Envelope, year: int) -> list[Cell]:
        """The five values of a year."""
        return [self.figure(value) for value in told.at(year)]


def toned(word: str, tone: Tone, value: str) -> Cell:
    """A word with a tone."""
    return Cell(word, value=value, tone=tone)

"""A goal: the corner states that are to be reached."""

from __future__ import annotations

from concausa.core.errors import ExpressionError, OptionError, UnknownNameError
from concausa.core.nearest import nearest, some
from concausa.dynamics.model import Corner, Model
from concausa.dynamics.skeleton import Skeleton
from concausa.expr.boolean import Comparison, Expression, Name, OneOf, atoms, parse, truth
from concausa.sets.membership import CROSSOVER


class Goal:
    """Which corner states are in the goal.

    Parameters
    ----------
    text : str
        A pattern of the model, or a Boolean expression over stocks, inputs and conditions.

    Raises
    ------
    UnknownNameError, ExpressionError
        If it cannot be read, or names what the model does not have.
    """

    def __init__(self, model: Model, text: str) -> None:
        self.text = text
        self.model = model
        self._met = False
        self.gated = False
        self.parts = {name: name for name in (*model.stock_names, *(part.name for part in model.inputs))}
        self.parts = {**model.conditions, **self.parts}
        found = next((one for one in model.corners if one.name == text), None)
        self.expression = self._pattern(found) if found else self._read(text)

    def _pattern(self, corner: Corner) -> Expression:
        self.gated = corner.gated
        self.parts = dict(self.model.conditions)
        return parse(corner.when)

    def _read(self, text: str) -> Expression:
        patterns = {one.name: one.when for one in self.model.corners}
        near = nearest(text, patterns)
        try:
            expression = parse(text)
        except ExpressionError as error:
            if not near:
                raise
            what = f"there is no pattern {text!r}"
            raise UnknownNameError(what, where=self.model.name, fix=f"did you mean {near}?") from error
        alone = isinstance(expression, Name)
        for atom in atoms(expression):
            if isinstance(atom, Comparison | OneOf):
                what = f"the goal asks for a level or value of {atom.name}"
                raise ExpressionError(what, where=text, fix=f"name {atom.name} alone")
            if atom.name not in self.parts:
                known = [*(patterns if alone else ()), *self.parts]
                near = nearest(atom.name, known)
                fix = f"did you mean {near}?" if near else f"one of {some(known)}"
                if atom.name in patterns:
                    fix = f"a pattern stands alone; write {patterns[atom.name]} for it"
                what = f"there is no {'pattern, ' if alone else ''}stock, input or condition {atom.name!r}"
                raise UnknownNameError(what, where=f"the goal {text}", fix=fix)
        return expression

    def states(self, found: Skeleton) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
        """The states that are in the goal surely, that may be, and that are if the gate is open."""
        inside = set()
        for state in found.states:
            at = dict(zip(found.model.stock_names, state.values, strict=True)) | dict(found.inputs)
            memberships = {name: float(at[part]) for name, part in self.parts.items()}
            if truth(self.expression, memberships, lambda _: False) > CROSSOVER:
                inside.add(state.number)
        self._met = self._met or bool(inside)
        if not self.gated:
            return frozenset(inside), frozenset(inside), frozenset(inside)
        sure = {number for number in inside if found.states[number].gate == "open"}
        may = {number for number in inside if found.states[number].gate != "shut"}
        return frozenset(sure), frozenset(may), frozenset(inside)

    def refuse_empty(self) -> None:
        """OptionError if no state of any skeleton so far was in the goal."""
        if not self._met:
            raise OptionError(
                f"no corner state is in the goal {self.text}",
                where=self.model.name,
                fix="ask for what stocks and inputs can be at once",
            )

"""What data could settle: known results on identification."""

from __future__ import annotations

import pytest

from concausa.core.errors import DataError, OptionError, UnknownNameError
from concausa.tracing.causal.declare import causal_model
from concausa.tracing.causal.model import CausalModel

ATE, PNS = "Y[X=1] - Y[X=0]", "Y[X=1] > Y[X=0]"
XY, CONFOUNDED = causal_model("X -> Y"), causal_model("X -> Y; X <-> Y")
IV = causal_model("Z -> X -> Y; X <-> Y")
FRONT, BOW = causal_model("X -> M -> Y; X <-> Y"), causal_model("X -> M -> Y; M <-> Y")
BACK = causal_model("C -> X -> Y <- C")
COMPLIER = "X[Z=1] > X[Z=0]"


@pytest.mark.parametrize(
    ("model", "query", "given", "observed", "is_identified"),
    [
        (XY, ATE, "", (), True),
        # Pearl 2009, 9.2: necessity and sufficiency only with monotonicity.
        (XY, PNS, "", (), False),
        (XY.restrict(monotone={"Y": "+X"}), PNS, "", (), True),
        (XY, PNS, "X==1 & Y==1", (), False),
        (XY.restrict(monotone={"Y": "+X"}), PNS, "X==1 & Y==1", (), True),
        (CONFOUNDED, ATE, "", (), False),
        # Pearl 2009, 3.3.1 and 3.3.2: back door and front door.
        (BACK, ATE, "", (), True),
        (BACK, ATE, "", ("X", "Y"), False),
        (FRONT, ATE, "", (), True),
        (FRONT, ATE, "", ("X", "Y"), False),
        (BOW, "Y[M=1] - Y[M=0]", "", (), False),
        # Imbens & Angrist 1994: the effect on compliers with monotonicity.
        (IV, ATE, "", (), False),
        (IV, "Y[Z=1] - Y[Z=0]", "", (), True),
        (IV, ATE, COMPLIER, (), False),
        (IV.restrict(monotone={"X": "+Z"}), ATE, COMPLIER, (), True),
        (IV.restrict(monotone={"X": "+Z"}), ATE, "", (), False),
    ],
)
def test_known_results_on_identification_are_found(
    model: CausalModel, query: str, given: str, observed: tuple[str, ...], is_identified: bool
) -> None:
    assert model.identified(query, given, observed=observed).is_identified is is_identified


def test_what_is_settled_is_counted() -> None:
    """X -> Y: 1 + 3 free weights; P(X) and P(Y | X) settle 1 + 2 of them."""
    found = XY.identified(PNS)
    assert (found.weights, found.settled, found.observed) == (4, 3, ("X", "Y"))
    assert str(found) == (
        "Y[X=1] > Y[X=0]: data on X, Y cannot settle it, however many; part of every answer is the "
        "prior's (they settle 3 of 4 free weights)"
    )
    assert "data on X, Y would settle it" in str(XY.identified(ATE))


def test_what_cannot_be_checked_is_refused() -> None:
    with pytest.raises(UnknownNameError):
        XY.identified(ATE, observed=["W"])
    with pytest.raises(DataError):
        XY.restrict(monotone={"Y": "+X"}).identified(ATE, "Y[X=1] < Y[X=0]")
    with pytest.raises(OptionError) as error:
        causal_model("A -> Y <- B; C -> Y <- D").identified("Y==1")
    assert "the model is too large to be checked" in str(error.value)

"""Calibrated scores that are printed beside their raw values."""

from __future__ import annotations

import pytest
from tests.gold.study import columns

import concausa as cc

# Rihoux & Ragin (eds., 2009), *Configurational Comparative Methods*, chapter 5: anchors for full
# non-membership, crossover and full membership. Political stability is few cabinets.
ANCHORS = {
    "Developed": (400, 550, 900),
    "Urban": (25, 50, 65),
    "Literate": (50, 75, 90),
    "Industrial": (20, 30, 40),
    "Unstable": (15, 9.5, 5),
    "Survived": (-9, 0, 10),
}


@pytest.mark.parametrize("raw", ANCHORS)
def test_all_lipset_scores_are_the_published_ones(raw: str) -> None:
    # Ragin's rule: log odds of 3 at full membership. With .95 instead 24 of 108 scores differ in the second
    # digit; here none does.
    table = columns("Lipset_fs")
    found = cc.calibrate(table[raw], anchors=ANCHORS[raw], idm="ragin").memberships
    printed = table["Stable.FZ" if raw == "Unstable" else f"{raw}.FZ"]
    assert [round(score, 2) for score in found.tolist()] == printed


def test_development_with_953_as_full_membership() -> None:
    # Vignette of the R package QCA3 (2015, BSD licence), page 4, which takes .953 for e³ / (1 + e³).
    printed = [
        *(0.811798852, 0.991092956, 0.576774248, 0.161762067, 0.585147064, 0.976411872),
        *(0.891545632, 0.038787464, 0.073921688, 0.723727959, 0.340271893, 0.980887270),
        *(0.017764604, 0.009809787, 0.012202676, 0.024806018, 0.951831001, 0.985168469),
    ]
    found = cc.calibrate(columns("Lipset_fs")["Developed"], anchors=(400, 550, 900), idm=0.953)
    assert found.memberships.tolist() == pytest.approx(printed, abs=5e-10)


def test_development_with_95_as_full_membership() -> None:
    # A worked example of R's QCA with anchors 300, 600 and 800 (RPubs 553549, section 4.1.1, after Thomann,
    # Oana & Wittwer 2018), two digits.
    printed = [0.85, 1, 0.47, 0.21, 0.48, 1, 0.95, 0.11, 0.15, 0.71, 0.31, 1, 0.08, 0.06, 0.07, 0.09, 0.99, 1]
    found = cc.calibrate(columns("Lipset")["GNPCAP"], anchors=(300, 600, 800), idm=0.95)
    assert [round(score, 2) for score in found.memberships.tolist()] == printed


RAW = [0, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 100]
# QCA 3.25 as kept by setqca 0.2 for its parity tests (`validation/fixtures/r_qca.json`, MIT).
QCA_95 = [
    *(0.00733745807066141, 0.01934249769983508, 0.05, 0.07916845804317633, 0.1231471380298757),
    *(0.2725982855090026, 0.5, 0.7274017144909974, 0.8768528619701244, 0.9208315419568237),
    *(0.95, 0.9806575023001649, 0.9926625419293386),
]
QCA_99 = [
    *(0.0004717766085013785, 0.002178742102633038, 0.01, 0.02126358167546157, 0.04464190557436309),
    *(0.1777441246000219, 0.5, 0.8222558753999781, 0.9553580944256369, 0.9787364183245384),
    *(0.99, 0.997821257897367, 0.9995282233914986),
]


@pytest.mark.parametrize(
    ("anchors", "idm", "printed"),
    [((20, 50, 80), 0.95, QCA_95), ((80, 50, 20), 0.95, QCA_95[::-1]), ((20, 50, 80), 0.99, QCA_99)],
)
def test_direct_calibration_is_that_of_qca_325(
    anchors: tuple[int, ...], idm: float, printed: list[float]
) -> None:
    assert cc.calibrate(RAW, anchors=anchors, idm=idm).memberships.tolist() == pytest.approx(
        printed, abs=1e-15
    )


def test_linear_calibration_is_that_of_qca_325() -> None:
    printed = [0, 0, 0, 1 / 12, 1 / 6, 1 / 3, 1 / 2, 2 / 3, 5 / 6, 11 / 12, 1, 1, 1]
    found = cc.calibrate(RAW, method="linear", anchors=(20, 50, 80))
    assert found.memberships.tolist() == pytest.approx(printed, abs=1e-15)


def test_scores_far_outside_the_anchors_stay_below_one() -> None:
    # A wanted difference: QCA 3.25 gives exactly 0 and 1 here. By hand: log odds of ±ln(19) · 100 / 30.
    odds = 19 ** (100 / 30)
    found = cc.calibrate([-50, 150], anchors=(20, 50, 80)).memberships.tolist()
    assert found == pytest.approx([1 / (1 + odds), odds / (1 + odds)], rel=1e-12)
    assert 0 < found[0] < found[1] < 1


def test_schneiders_and_katzs_scores_rise_with_their_raw_values() -> None:
    # Their anchors were not available to us. Both printed calibrations are monotone, wealth up and distance
    # down, but for Turkey's democratic experience (17 years: .40, Brazil's 17: .57).
    table = columns("CoD")
    for raw, score, sign in (("GDP", "econdev", 1), ("EDUCATION", "eduhi", 1), ("DIST", "close", -1)):
        pairs = sorted(zip(table[raw], table[score], strict=True), key=lambda pair: sign * pair[0])
        assert [score for _, score in pairs] == sorted(score for _, score in pairs)

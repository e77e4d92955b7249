"""Colours: readable on a light and on a dark page."""

from __future__ import annotations

import pytest

from concausa.draw.palette import DARK_PAGE, GROUNDS, HATCH, LIGHT_PAGE, SERIES, contrast, ramp


@pytest.mark.parametrize("colour", [*SERIES, HATCH])
@pytest.mark.parametrize("page", [LIGHT_PAGE, DARK_PAGE])
def test_every_mark_stands_out_from_the_page(colour: str, page: str) -> None:
    assert contrast(colour, page) >= 3  # WCAG 2.2, 1.4.11


@pytest.mark.parametrize("ground", GROUNDS.values())
def test_white_words_read_on_their_grounds(ground: str) -> None:
    assert contrast("#ffffff", ground) >= 4.5  # WCAG 2.2, 1.4.3


def test_contrast_of_black_on_white_is_the_greatest_there_is() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#123456", "#123456") == pytest.approx(1)


def test_a_ramp_rises_from_faint_to_full() -> None:
    strengths = [float(shade.rpartition(",")[2].rstrip(")")) for shade in ramp(SERIES[0], 5)]
    assert strengths == sorted(strengths)
    assert len(set(strengths)) == 5
    assert strengths[-1] == 1

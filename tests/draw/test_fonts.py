"""Fonts: those that come with the drawing library, unless a script needs others."""

import os
import subprocess
import sys

import pytest

from concausa.draw.fonts import foreign


@pytest.mark.parametrize("text", ["Nuevo León – «¿Qué?»", "Κρήτη", "Москва", "→ ≥ − × ½ …"])
def test_latin_greek_and_cyrillic_need_no_font_of_the_system(text):
    assert not foreign(text)


@pytest.mark.parametrize("text", ["四川", "ประเทศไทย", "العربية", "हिन्दी", "한국", "Unit 四"])
def test_other_scripts_do(text):
    assert foreign(text)


def test_the_setting_for_fonts_is_put_back_so_that_a_browser_opened_later_has_its_fonts():
    code = (
        "import os; from concausa.draw.fonts import drawer; drawer(system=False); "
        "print(os.environ.get('FONTCONFIG_FILE'))"
    )
    for before in (None, "/etc/fonts/fonts.conf"):
        env = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
        env |= {"FONTCONFIG_FILE": before} if before else {}
        told = subprocess.run(
            [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
        )
        assert told.stdout.strip() == str(before)

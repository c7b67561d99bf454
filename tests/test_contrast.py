"""Every pair of colours that stand on each other, computed in every mode (WCAG 2.2, 1.4.3)."""

import re

import pytest

from tests.helpers.styles import CSS, SHEETS

TOKENS = CSS / "tokens.css"
COLOUR = re.compile(r"--([\w-]+): (#[0-9A-F]{3,6});")
TEXT, CONTROL = 4.5, 3.0  # 1.4.3 for text, 1.4.11 for controls

TEXT_ON_BACKGROUND = {
    "paper": ["ink", "ink-2", "ink-3", "red", "red-2", "gold", "pine", "indigo"],
    # Gold never stands on the second paper (4.40): the style sheet says so, and the test below.
    "paper-2": ["ink", "ink-2", "ink-3", "red", "red-2", "pine", "indigo"],
    "hover": ["ink", "ink-2", "ink-3", "red", "red-2", "gold"],
    "red": ["on-red"],
    "red-2": ["on-red"],
}
CONTROLS = [("paper", "indigo"), ("paper-2", "indigo"), ("paper", "red"), ("paper", "ink-3")]


def tokens_by_mode() -> dict[str, dict[str, str]]:
    """Mode → its tokens, each mode completed by the standard ones."""
    css = TOKENS.read_text().split("@layer modes {")[0]
    dark_at = css.index("@media screen and (prefers-color-scheme: dark)")
    contrast_at = css.rindex(':root[data-mode="contrast"] {')
    normal = dict(COLOUR.findall(css[:dark_at]))
    return {
        "normal": normal,
        "dark": normal | dict(COLOUR.findall(css[dark_at:contrast_at])),
        "contrast": normal | dict(COLOUR.findall(css[contrast_at:])),
    }


def grey_of(colour: str) -> str:
    """What `filter: grayscale(1)` makes of it (Filter Effects, 0.2126 R + 0.7152 G + 0.0722 B)."""
    red, green, blue = channels(colour)
    grey = round(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return f"#{grey:02X}{grey:02X}{grey:02X}"


def channels(colour: str) -> list[int]:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    return [int(digits[place : place + 2], 16) for place in (0, 2, 4)]


def luminance(colour: str) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def modes() -> dict[str, dict[str, str]]:
    colour_modes = tokens_by_mode()
    grey_modes = {
        f"{name} in grey": {token: grey_of(colour) for token, colour in tokens.items()}
        for name, tokens in colour_modes.items()
    }
    return colour_modes | grey_modes


def test_the_measure_is_the_one_of_the_standard():
    assert contrast("#000", "#FFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("mode", modes())
def test_every_text_can_be_read_on_its_ground(mode):
    tokens = modes()[mode]
    insufficient = {
        f"{text} on {background}": round(contrast(tokens[text], tokens[background]), 2)
        for background, texts in TEXT_ON_BACKGROUND.items()
        for text in texts
        if contrast(tokens[text], tokens[background]) < TEXT
    }
    assert insufficient == {}


@pytest.mark.parametrize("mode", modes())
def test_focus_and_controls_are_seen(mode):
    tokens = modes()[mode]
    insufficient = [
        pair for pair in CONTROLS if contrast(*(tokens[name] for name in pair)) < CONTROL
    ]
    assert insufficient == []


def test_every_colour_is_a_token():
    """A colour outside the tokens would stay as it is in every mode."""
    literal_colours = {
        f"{sheet.name}: {line.strip()}"
        for sheet in SHEETS
        if sheet.name not in {"tokens.css", "print.css"}
        for line in sheet.read_text().splitlines()
        if re.search(r":[^;]*(#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\()", line) and "url(" not in line
    }
    assert literal_colours == set()

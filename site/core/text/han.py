"""Chinese text: phrases, width, line breaks."""

import re
import unicodedata

CLOSING_MARKS = "，。、；：！？）》」』】”’…·,.;:!?)"
OPENING_MARKS = "（《「『【“‘("
PHRASE = re.compile(r".+?(?:[，。：；！？]+[”’」』）》]*|$)", re.DOTALL)
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def is_han(text: str) -> bool:
    """Return whether `text` consists of Han characters alone."""
    return bool(text) and all(HAN.match(character) for character in text)


def split_phrases(title: str) -> list[str]:
    """Return a title split after its marks: 周三夜灯：党员教师作业辅导 → two; nothing is lost."""
    return PHRASE.findall(title)


def text_width(text: str) -> float:
    """Return about how wide `text` is, in squares of a Chinese character."""
    return sum(
        1 if unicodedata.east_asian_width(character) in "WFA" else 0.56 for character in text
    )


def wrap_text(text: str, width: float, max_lines: int) -> list[str]:
    """Return `text` in at most `max_lines` lines of `width` squares, shortened with an ellipsis.

    A line breaks at a space if there is one, as between the halves of a slogan, and never before
    a closing mark.
    """
    lines: list[str] = []
    rest = " ".join(text.split())
    while rest:
        if len(lines) == max_lines:
            lines[-1] = _shorten(lines[-1] + "…", width)
            break
        line = _first_line(rest, width)
        lines.append(line.strip())
        rest = rest[len(line) :].lstrip()
    return lines


def _first_line(text: str, width: float) -> str:
    if text_width(text) <= width:
        return text
    end = 1
    while text_width(text[: end + 1]) <= width:
        end += 1
    space = text.rfind(" ", 0, end + 1)
    # A break at a space that leaves the line nearly empty looks like a mistake, except that a
    # Latin word is not broken where that can be avoided.
    if space > 0 and (text_width(text[:space]) >= width / 3 or text[end : end + 1].isascii()):
        return text[:space]
    while end > 1 and (text[end] in CLOSING_MARKS or text[end - 1] in OPENING_MARKS):
        end -= 1
    return text[:end]


def _shorten(text: str, width: float) -> str:
    """Return `text` without characters before its last one, so that it fits."""
    while text_width(text) > width and len(text) > 1:
        text = text[:-2] + text[-1]
    return text

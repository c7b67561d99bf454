"""Small text functions for Chinese titles."""

import re
import unicodedata

CLOSING = "，。、；：！？）》」』】”’…·,.;:!?)"
OPENING = "（《「『【“‘("
PHRASE = re.compile(r".+?(?:[，。：；！？]+[”’」』）》]*|$)", re.DOTALL)
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def is_han(text: str) -> bool:
    """Whether `text` consists of Han characters alone."""
    return bool(text) and all(HAN.match(character) for character in text)


def phrases_of(title: str) -> list[str]:
    """A title cut behind its marks: 周三夜灯：党员教师作业辅导 → two; nothing is lost."""
    return PHRASE.findall(title)


def width_of(text: str) -> float:
    """About how wide `text` is, in squares of a Chinese character."""
    return sum(1 if unicodedata.east_asian_width(one) in "WFA" else 0.56 for one in text)


def wrapped(text: str, room: float, most: int) -> list[str]:
    """`text` in at most `most` lines of `room` squares; an ellipsis where that is not enough.

    A space is the best place to break, as between the halves of a slogan; no line begins with a
    mark that closes.
    """
    lines, rest = [], " ".join(text.split())
    while rest:
        if len(lines) == most:
            lines[-1] = _cut_to(lines[-1] + "…", room)
            break
        head = _first_line(rest, room)
        lines.append(head.strip())
        rest = rest[len(head) :].lstrip()
    return lines


def _first_line(text: str, room: float) -> str:
    if width_of(text) <= room:
        return text
    end = 1
    while width_of(text[: end + 1]) <= room:
        end += 1
    space = text.rfind(" ", 0, end + 1)
    # A break at a space that leaves the line nearly empty looks like a mistake, except that
    # a Latin word is never broken where it can be helped.
    if space > 0 and (width_of(text[:space]) >= room / 3 or text[end : end + 1].isascii()):
        return text[:space]
    while end > 1 and (text[end] in CLOSING or text[end - 1] in OPENING):
        end -= 1
    return text[:end]


def _cut_to(text: str, room: float) -> str:
    while width_of(text) > room and len(text) > 1:
        text = text[:-2] + text[-1]
    return text

"""Path geometry in picture units: every function returns SVG path data in absolute M L C Q Z.

Only coordinate pairs occur, so a path can be moved, turned and mirrored by mapping its pairs.
"""

import math
import re
from collections.abc import Callable, Iterable
from functools import lru_cache

Point = tuple[float, float]
TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")
PAIRS = re.compile(r"(-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)")
KAPPA = 0.5523  # control length that makes four cubic curves a circle


def num(value: float) -> str:
    """Return a number as short decimal text, one decimal place."""
    text = f"{value:.1f}"
    text = text[:-2] if text.endswith(".0") else text
    return "0" if text == "-0" else text


def pairs(points: Iterable[Point]) -> str:
    """Return points as 'x y x y'."""
    return " ".join(f"{num(x)} {num(y)}" for x, y in points)


def path(*parts: str | Point) -> str:
    """Return path data from letters and points: path("M", a, "Q", b, c, "Z")."""
    out = ""
    for part in parts:
        if isinstance(part, str):
            out += part
        else:
            out += (
                "" if out[-1:].isalpha() or out[-1:] == " " else " "
            ) + f"{num(part[0])} {num(part[1])}"
    return out


def poly(*points: Point) -> str:
    """Return a closed polygon."""
    return f"M{pairs(points[:1])}L{pairs(points[1:])}Z"


def rect(x: float, y: float, w: float, h: float) -> str:
    """Return a rectangle from its top left corner."""
    return poly((x, y), (x + w, y), (x + w, y + h), (x, y + h))


def trapezoid(x: float, y: float, foot: float, top: float, h: float) -> str:
    """Return an upright trapezoid, centred on x, standing on y."""
    return poly((x - foot, y), (x - top, y - h), (x + top, y - h), (x + foot, y))


def spline(points: list[Point]) -> str:
    """Return an open smooth curve (Catmull-Rom) through the points."""
    last = len(points) - 1
    out = f"M{pairs(points[:1])}"
    for i in range(last):
        a, b = points[max(i - 1, 0)], points[i]
        c, d = points[i + 1], points[min(i + 2, last)]
        one = (b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6)
        two = (c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6)
        out += f"C{pairs((one, two, c))}"
    return out


def ribbon(upper: list[Point], lower: list[Point]) -> str:
    """Return the closed area between two smooth curves that run the same way."""
    return f"{spline(upper)}L{spline(lower[::-1])[1:]}Z"


def ellipse(x: float, y: float, rx: float, ry: float | None = None) -> str:
    """Return an ellipse, a circle when ry is left out."""
    ry = rx if ry is None else ry
    a, b = rx * KAPPA, ry * KAPPA
    return (
        f"M{pairs(((x - rx, y),))}"
        f"C{pairs(((x - rx, y - b), (x - a, y - ry), (x, y - ry)))}"
        f"C{pairs(((x + a, y - ry), (x + rx, y - b), (x + rx, y)))}"
        f"C{pairs(((x + rx, y + b), (x + a, y + ry), (x, y + ry)))}"
        f"C{pairs(((x - a, y + ry), (x - rx, y + b), (x - rx, y)))}Z"
    )


def arch(x: float, y: float, r: float, legs: float = 0, rise: float = 1.0) -> str:
    """Return a doorway: half an ellipse on two legs, standing on y."""
    top = y - legs
    b = r * KAPPA
    h = r * rise
    return (
        f"M{pairs(((x - r, y),))}L{pairs(((x - r, top),))}"
        f"C{pairs(((x - r, top - h * KAPPA), (x - b, top - h), (x, top - h)))}"
        f"C{pairs(((x + b, top - h), (x + r, top - h * KAPPA), (x + r, top)))}"
        f"L{pairs(((x + r, y),))}Z"
    )


def bow(x: float, y: float, r: float, rise: float = 1.0) -> str:
    """Return the open half ellipse over (x, y)."""
    b, h = r * KAPPA, r * rise
    return (
        f"M{pairs(((x - r, y),))}"
        f"C{pairs(((x - r, y - h * KAPPA), (x - b, y - h), (x, y - h)))}"
        f"C{pairs(((x + b, y - h), (x + r, y - h * KAPPA), (x + r, y)))}"
    )


def capsule(x: float, y: float, w: float, h: float) -> str:
    """Return a bar with round ends from its top left corner."""
    r = h / 2
    k = r * KAPPA
    a, b, mid = x + r, x + w - r, y + r
    return (
        f"M{pairs(((a, y),))}L{pairs(((b, y),))}"
        f"C{pairs(((b + k, y), (x + w, mid - k), (x + w, mid)))}"
        f"C{pairs(((x + w, mid + k), (b + k, y + h), (b, y + h)))}L{pairs(((a, y + h),))}"
        f"C{pairs(((a - k, y + h), (x, mid + k), (x, mid)))}"
        f"C{pairs(((x, mid - k), (a - k, y), (a, y)))}Z"
    )


def lens(x: float, y: float, w: float, h: float) -> str:
    """Return a lying leaf with pointed ends, w wide and h thick."""
    left, right = (x - w / 2, y), (x + w / 2, y)
    return f"M{pairs((left,))}Q{pairs(((x, y - h), right))}Q{pairs(((x, y + h), left))}Z"


def leaf(x: float, y: float, length: float, width: float, angle: float) -> str:
    """Return a leaf that starts at (x, y) and points along the angle (radians)."""
    ca, sa = math.cos(angle), math.sin(angle)

    def at(u: float, v: float) -> Point:
        return x + u * ca - v * sa, y + u * sa + v * ca

    one, tip, two = at(length * 0.35, -width), at(length, 0), at(length * 0.35, width)
    return f"M{pairs(((x, y),))}Q{pairs((one, tip))}Q{pairs((two, (x, y)))}Z"


def segment(*points: Point) -> str:
    """Return an open line through the points."""
    return f"M{pairs(points[:1])}L{pairs(points[1:])}"


def mapped(d: str, fn: Callable[[float, float], Point]) -> str:
    """Return path data with every coordinate pair sent through fn."""

    def swap(match: re.Match[str]) -> str:
        x, y = fn(float(match[1]), float(match[2]))
        return f"{num(x)} {num(y)}"

    return PAIRS.sub(swap, d)


def moved(
    d: str, x: float = 0, y: float = 0, k: float = 1, flip: int = 1, rot: float = 0, ky: float = 1
) -> str:
    """Return path data scaled by k (height by k times ky), mirrored, turned (degrees), shifted."""
    ca, sa = math.cos(math.radians(rot)), math.sin(math.radians(rot))

    def fn(u: float, v: float) -> Point:
        u, v = u * k * flip, v * k * ky
        return x + u * ca - v * sa, y + u * sa + v * ca

    return mapped(d, fn)


@lru_cache(maxsize=256)
def shape(d: str) -> str:
    """Return hand-written path data (also relative, with H and V) as absolute pairs."""
    tokens = TOKEN.findall(d)
    need = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4}
    out, i, command = "", 0, "M"
    x = y = sx = sy = 0.0
    while i < len(tokens):
        if tokens[i].isalpha():
            command = tokens[i]
            i += 1
        upper = command.upper()
        if upper == "Z":
            out, x, y = out + "Z", sx, sy
            continue
        values = [float(t) for t in tokens[i : i + need[upper]]]
        i += need[upper]
        ox, oy = (x, y) if command.islower() else (0.0, 0.0)
        if upper == "H":
            points = [(values[0] + ox, y)]
        elif upper == "V":
            points = [(x, values[0] + oy)]
        else:
            points = [(values[j] + ox, values[j + 1] + oy) for j in range(0, len(values), 2)]
        x, y = points[-1]
        if upper == "M":
            sx, sy = x, y
            command = "l" if command == "m" else "L"
        out += ("L" if upper in "HV" else upper) + pairs(points)
    return out

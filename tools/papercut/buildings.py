"""Roofs, houses, towers and pagodas; each returns a sheet standing on (0, 0)."""

import random

from .geometry import arch, ellipse, lens, moved, num, pairs, path, rect, segment, shape, trapezoid
from .palette import Palette, mix
from .sheet import Sheet


def roof(
    x: float,
    y: float,
    w: float,
    h: float,
    ridge: float = 0.62,
    over: float = 0.1,
    lift: float = 0.22,
) -> str:
    """Return a hipped roof: eave at y, concave slopes, lifted corners, ridge with finials."""
    t, a, r, k = h * 0.13, w / 2 * (1 + over), ridge * w / 2, h * 0.2
    left, right, top = x - r - 0.012 * w, x + r + 0.012 * w, y - h * 0.94
    foot, low = y - h * lift, y + t
    rise, lip = (k * 0.75, k * 0.05), (k * 0.8, k * 0.72)
    d = path("M", (x - a, foot), "C", (x - a + 0.13 * w, y - h * 0.02))
    d += path(" ", (x - r - 0.1 * w, y - 0.42 * h), (left, top))
    d += path("l", (-k * 0.45, -k * 0.95), "q", rise, lip)
    d += path("Q", (x, y - h * 0.98), (right - k * 0.35, top - k * 0.23))
    d += path("q", (k * 0.05, -k * 0.67), (k * 0.8, -k * 0.72), "l", (-k * 0.45, k * 0.95))
    d += path("C", (x + r + 0.1 * w, y - 0.42 * h), (x + a - 0.13 * w, y - h * 0.02), (x + a, foot))
    d += path("Q", (x + a - 0.05 * w, y + t * 0.9), (x + a - 0.2 * w, low))
    d += path("L", (x - a + 0.2 * w, low), "Q", (x - a + 0.05 * w, y + t * 0.9), (x - a, foot))
    return shape(d + "Z")


def tiles(x: float, y: float, w: float, h: float, ridge: float = 0.62, n: int = 0) -> str:
    """Return the fan of tile lines on a roof of the same measures."""
    n, out = n or max(5, int(w / 16)), ""
    for i in range(1, n):
        u = -1 + 2 * i / n
        top, foot = x + u * ridge * w / 2, x + u * w / 2 * 0.97
        bend = (top + (foot - top) * 0.35, y - h * 0.35)
        end = (foot, y - h * 0.05 - h * 0.1 * abs(u) ** 4)
        out += f"M{pairs(((top, y - h * 0.9),))}Q{pairs((bend, end))}"
    return out


def roofed(
    out: Sheet,
    x: float,
    y: float,
    w: float,
    h: float,
    tone: str,
    ridge: float = 0.62,
    lift: float = 0.22,
) -> None:
    """Add a tiled roof to a sheet."""
    d = roof(x, y, w, h, ridge, 0.1, lift)
    out.cut(d, tone)
    out.line(tiles(x, y, w, h, ridge), "#FFFFFF", max(1.2, w / 160), 0.15)
    out.line(d, "#FFFFFF", 1.2, 0.25)


def lattice(out: Sheet, x: float, y: float, w: float, h: float, glow: str, bar: str) -> None:
    """Add a lattice window from its top left corner."""
    out.mark(rect(x, y, w, h), glow)
    d = segment((x + w / 2, y), (x + w / 2, y + h)) + segment((x, y + h / 2), (x + w, y + h / 2))
    if w > 16:
        d += rect(x + w * 0.25, y + h * 0.25, w * 0.5, h * 0.5)
    out.line(d, bar, max(1.2, w / 12))


def house(pal: Palette, w: float, storeys: int = 1, wall: str = "", tone: str = "") -> Sheet:
    """Return a house w wide with one or two storeys."""
    wall, tone, h, out = wall or pal.wall, tone or pal.roof, w * 0.36, Sheet()
    out.cut(rect(-w * 0.42, -h * storeys, w * 0.84, h * storeys + 30), wall)
    n = 3 if w > 90 else 2
    for storey in range(storeys):
        top, pane = -h * storeys + storey * h, w * 0.13
        for i in range(n):
            x = -w * 0.42 + (i + 0.5) * w * 0.84 / n - pane / 2
            if storey == storeys - 1 and i == n // 2 and n == 3:
                out.mark(arch(x + pane / 2, 0, pane / 2, h * 0.5), tone)
            else:
                lattice(out, x, top + h * 0.34, pane, h * 0.36, pal.glow, tone)
        if storey:
            out.cut(roof(0, top + h * 0.1, w * 0.92, w * 0.1, 0.9, 0.1, 0.5), tone)
    roofed(out, 0, -h * storeys, w, w * 0.3, tone)
    return out


def row(
    rng: random.Random, pal: Palette, y: float, left: float, right: float, size: float = 1.0
) -> tuple[Sheet, list[float]]:
    """Return a row of houses between two x and the gaps where trees may stand."""
    out, gaps, x = Sheet(), [], left
    while x < right:
        w = rng.uniform(92, 146) * size
        out.put(house(pal, w, rng.choice((1, 1, 2))), x + w / 2, y)
        x += w * rng.uniform(0.98, 1.12)
        gaps.append(x)
        if rng.random() < 0.25:
            x += rng.uniform(30, 90) * size
    return out, gaps


def pagoda(pal: Palette, w: float, h: float, tiers: int) -> Sheet:
    """Return a pagoda h high with the given number of tiers."""
    out, each, y = Sheet(), h * 0.8 / tiers, 0.0
    stone = mix(pal.wall, pal.halo, 0.25)
    for i in range(tiers):
        share = i / (tiers - 1)
        wide, tall = w * (1 - 0.52 * share), each * (1.12 - 0.24 * share)
        out.cut(trapezoid(0, y, wide * 0.38, wide * 0.35, tall), stone)
        for u in (-0.22, 0, 0.22) if i < tiers - 2 else (0,):
            out.mark(
                arch(u * wide, y - tall * 0.1, wide * 0.065, tall * 0.3),
                mix(pal.glow, pal.roof, 0.3),
            )
        eave = roof(0, y - tall, wide, tall * 0.52, 0.62, 0.2, 0.55)
        out.cut(eave, pal.roof).line(eave, "#FFFFFF", 1.1, 0.25)
        y -= tall
    top = y - each * 0.26
    spire = (
        f"M{-w * 0.12:.1f} {top:.1f}q{pairs(((w * 0.09, -h * 0.02), (w * 0.1, -h * 0.06)))}"
        f"l{pairs(((w * 0.02, -h * 0.13),))}l{pairs(((w * 0.02, h * 0.13),))}"
        f"q{pairs(((w * 0.01, h * 0.04), (w * 0.1, h * 0.06)))}Z"
    )
    out.cut(shape(spire), pal.roof)
    for j in range(4):
        out.mark(
            lens(0, top - h * 0.05 - j * h * 0.022, w * (0.16 - 0.025 * j), h * 0.007), pal.roof
        )
    return out.mark(ellipse(0, top - h * 0.16, w * 0.03), pal.roof)


def tower(pal: Palette, w: float) -> Sheet:
    """Return a pavilion with two eaves on a crenellated brick terrace, w wide at the pavilion."""
    h, base = w * 0.32, mix(pal.hills[2], pal.wall, 0.35)
    out = Sheet().cut(trapezoid(0, 0, w * 0.62, w * 0.56, h), base)
    out.cut(
        "".join(
            rect(-w * 0.56 + i * w * 1.12 / 15, -h - w * 0.03, w * 0.045, w * 0.04)
            for i in range(15)
        ),
        base,
    )
    for i in range(1, 6):
        out.line(
            segment((-w * 0.57, -h + i * h / 6), (w * 0.57, -h + i * h / 6)), "#FFFFFF", 1.4, 0.2
        )
    out.mark(
        arch(0, 0, w * 0.08, h * 0.45), mix(pal.roof, pal.glow, 0.15 if not pal.night else 0.9)
    )
    y = -h
    for last, wide, tall in ((False, w * 0.8, w * 0.2), (True, w * 0.6, w * 0.17)):
        out.cut(rect(-wide * 0.42, y - tall, wide * 0.84, tall), pal.wall)
        cell = wide * 0.84 / 5
        for i in range(5):
            lattice(
                out,
                -wide * 0.42 + (i + 0.2) * cell,
                y - tall * 0.72,
                cell * 0.6,
                tall * 0.66,
                pal.glow,
                pal.roof,
            )
        eave = w * (0.2 if last else 0.11)
        roofed(
            out,
            0,
            y - tall,
            wide * 1.12,
            eave,
            pal.roof,
            0.5 if last else 0.8,
            0.3 if last else 0.5,
        )
        y -= tall + (0 if last else w * 0.06)
    return out


def pavilion(pal: Palette, w: float, tone: str = "") -> Sheet:
    """Return an open garden pavilion: base, columns, railing and one soaring roof."""
    tone, h = tone or pal.roof, w * 0.52
    out = Sheet().cut(
        rect(-w * 0.46, -w * 0.07, w * 0.92, w * 0.1), mix(pal.wall, pal.hills[2], 0.4)
    )
    for u in (-0.36, -0.14, 0.14, 0.36):
        out.cut(rect(u * w - w * 0.018, -h, w * 0.036, h), pal.wood)
    out.cut(rect(-w * 0.38, -h, w * 0.76, w * 0.05), pal.wood)
    bars = "".join(
        segment((w * (-0.34 + 0.068 * i), -w * 0.17), (w * (-0.34 + 0.068 * i), -w * 0.07))
        for i in range(11)
    )
    out.line(
        segment((-w * 0.36, -w * 0.17), (w * 0.36, -w * 0.17)) + bars, pal.wood, max(1.4, w / 90)
    )
    roofed(out, 0, -h, w * 1.02, w * 0.4, tone, 0.16, 0.4)
    return out.cut(ellipse(0, -h - w * 0.44, w * 0.035), tone)


def school(pal: Palette, w: float, wings: bool = True) -> Sheet:
    """Return a school front: clock bay under a gable roof, long window wings, wide steps."""
    h, out = w * 0.2, Sheet()
    if wings:
        out.cut(rect(-w * 0.5, -h, w, h + 20), pal.wall)
        for storey in range(2):
            y = -h + h * (0.14 + 0.46 * storey)
            for i in range(14):
                if 4 <= i <= 9:
                    continue
                lattice(
                    out,
                    -w * 0.485 + i * w * 0.97 / 14 + w * 0.014,
                    y,
                    w * 0.038,
                    h * 0.28,
                    pal.glow,
                    pal.roof,
                )
        out.line(segment((-w * 0.5, -h * 0.46), (w * 0.5, -h * 0.46)), pal.hills[2], 2.4, 0.6)
        for x in (-w * 0.325, w * 0.325):
            roofed(out, x, -h, w * 0.37, w * 0.075, pal.roof, 0.86, 0.3)
    bay = w * 0.31
    out.cut(
        rect(-bay / 2, -h * 1.34, bay, h * 1.34 + 20),
        mix(pal.wall, "#FFFFFF", 0.3 if not pal.night else 0.08),
    )
    for i in range(4):
        x = -bay * 0.42 + i * bay * 0.225
        lattice(out, x, -h * 1.16, bay * 0.15, h * 0.34, pal.glow, pal.roof)
    for u in (-0.3, 0, 0.3):
        out.mark(arch(u * bay, 0, bay * 0.09, h * 0.42), mix(pal.roof, pal.glow, 0.12))
    out.line(segment((-bay / 2, -h * 0.7), (bay / 2, -h * 0.7)), pal.hills[2], 3, 0.7)
    roofed(out, 0, -h * 1.34, bay * 1.16, w * 0.13, pal.roof, 0.6, 0.28)
    steps = "".join(
        rect(-bay * (0.5 + 0.05 * i), 2 + 5 * i, bay * (1 + 0.1 * i), 4) for i in range(4)
    )
    return out.mark(steps, mix(pal.wall, pal.hills[2], 0.5))


def long_roof(w: float, h: float, pal: Palette, tone: str) -> Sheet:
    """Return a tiled roof seen from above the street: ridge, tile rows, round eave tiles."""
    out = Sheet()
    out.cut(roof(0, 0, w, h, 0.84, 0.06, 0.2), tone)
    out.line(tiles(0, 0, w, h, 0.84, max(8, int(w / 15))), "#FFFFFF", 1.6, 0.16)
    out.line(moved(roof(0, 0, w, h, 0.84, 0.06, 0.2), 0, 0), "#FFFFFF", 1.4, 0.28)
    n = max(8, int(w / 15))
    dots = "".join(
        ellipse(-w * 0.43 + w * 0.86 * i / n, h * 0.1, min(4.4, w / n * 0.36)) for i in range(n + 1)
    )
    out.mark(dots, mix(tone, "#FFFFFF", 0.28))
    ridge = (
        f"M{num(-w * 0.41)} {num(-h * 0.93)}Q0 {num(-h * 0.97)} {num(w * 0.41)} {num(-h * 0.93)}"
    )
    return out.line(ridge, mix(tone, pal.near, 0.5), 7).line(ridge, "#FFFFFF", 1.4, 0.25)

"""Books and the things on a desk; each returns a sheet standing on (0, 0)."""

import math
import random

from .geometry import bow, ellipse, leaf, path, rect, segment
from .palette import RED, Palette, mix
from .sheet import Sheet


def spines(pal: Palette) -> tuple[str, ...]:
    """Return the tones of book spines."""
    return (
        pal.hills[1], pal.hills[2], pal.hills[3], pal.sail, pal.wall, pal.green,
        mix(pal.glow, pal.wood, 0.3), mix(pal.hills[4], pal.light, 0.15),
        mix(pal.bloom, pal.sail, 0.45),
    )  # fmt: skip


def book_row(rng: random.Random, pal: Palette, width: float, tall: float) -> Sheet:
    """Return books side by side from (0, 0) to the right; some lean, some gaps hold a vase."""
    out, x, tones = Sheet(), 0.0, spines(pal)
    reds = 0
    while x < width - 16:
        chance = rng.random()
        if chance < 0.06 and width - x > 110:
            out.put(stack(rng, pal, rng.choice((2, 3, 4))), x + 48, 0, 0.72)
            x += 100
            continue
        if chance < 0.1 and width - x > 80:
            x += rng.uniform(24, 50)
            continue
        thick, h = rng.uniform(13, 30), tall * rng.uniform(0.66, 1)
        thick = min(thick, width - x)
        tone = rng.choice(tones)
        if reds == 0 and rng.random() < 0.008:
            tone, reds = RED, 1
        out.cut(rect(x, -h, thick - 1.4, h), tone, 0.18)
        band = mix(tone, pal.near, 0.45)
        bars = rect(x + 2.5, -h + h * 0.12, thick - 6.4, 3.4) + rect(
            x + 2.5, -h * 0.16, thick - 6.4, 3.4
        )
        out.mark(bars, band, 0.7)
        if thick > 21:
            out.mark(ellipse(x + thick / 2 - 0.7, -h * 0.6, thick * 0.18), band, 0.6)
        x += thick
    return out


def stack(rng: random.Random, pal: Palette, n: int) -> Sheet:
    """Return n books lying on each other, about 130 wide."""
    out, y, tones = Sheet(), 0.0, spines(pal)
    for i in range(n):
        w, h = rng.uniform(104, 138) - i * 5, rng.uniform(17, 25)
        x = rng.uniform(-9, 9) - w / 2
        tone = mix(rng.choice(tones), pal.roof, 0.12)
        out.cut(rect(x, y - h, w, h - 1), tone, 0.3)
        out.mark(rect(x + w - 12, y - h + 4, 12, h - 9), pal.sail)
        out.mark(rect(x + 14, y - h, 5, h - 1), mix(tone, pal.near, 0.4), 0.7)
        y -= h
    return out


def open_book(pal: Palette) -> Sheet:
    """Return a book lying open, about 210 wide, its pages blank but for faint rules."""
    out = Sheet().cut(
        path("M", (-108, 0), "L", (-96, -12), "L", (96, -12), "L", (108, 0), "Z"), pal.roof
    )
    for s in (-1, 1):
        page = path("M", (0, -6), "C", (s * 20, -40), (s * 66, -38), (s * 100, -26), "L",
                    (s * 100, -8), "C", (s * 66, -20), (s * 20, -20), (0, -4), "Z")  # fmt: skip
        out.cut(page, mix(pal.sail, "#FFFFFF", 0.45), 0.4)
        for i in range(2):
            rule = path(
                "M",
                (s * 14, -16 - 7 * i),
                "C",
                (s * 34, -30 - 6 * i),
                (s * 66, -28 - 5 * i),
                (s * 90, -20 - 4 * i),
            )
            out.line(rule, pal.hills[2], 1.5, 0.5)
    return out


def lamp(pal: Palette) -> Sheet:
    """Return a reading lamp about 210 high, its shade to the right."""
    tone = mix(pal.hills[4], pal.roof, 0.3)
    out = Sheet().cut(
        path("M", (-52, 0), "Q", (-46, -20), (0, -20), "Q", (46, -20), (52, 0), "Z"), tone, 0.3
    )
    out.line("M0 -18L0 -120C0 -176 34 -190 62 -178", tone, 8)
    out.mark(
        path("M", (20, -128), "L", (104, -128), "L", (156, -10), "L", (-30, -10), "Z"),
        pal.glow,
        0.2,
    )
    return out.cut(
        path("M", (8, -126), "Q", (20, -186), (62, -190), "Q", (104, -186), (118, -126), "Z"),
        mix(pal.glow, pal.wood, 0.3),
        0.35,
    )


def globe(pal: Palette) -> Sheet:
    """Return a globe on its stand, about 190 high; land only as loose patches."""
    out = Sheet().cut(rect(-42, -12, 84, 12), pal.wood, 0.3).cut(rect(-5, -46, 10, 40), pal.wood)
    out.line("M-40 -166C-96 -130 -70 -40 0 -40C44 -40 70 -70 70 -108", pal.wood, 7)
    out.cut(ellipse(0, -112, 60), mix(pal.water, pal.hills[2], 0.35), 0.4)
    for x, y, a, b in (
        (-22, -132, 22, 13),
        (14, -112, 15, 24),
        (-26, -92, 14, 11),
        (32, -140, 11, 8),
    ):
        out.mark(ellipse(x, y, a, b), pal.green, 0.85)
    return out.line(bow(0, -112, 60, 0.3) + "M0 -172C26 -150 26 -74 0 -52", "#FFFFFF", 1.6, 0.4)


def pot_plant(rng: random.Random, pal: Palette) -> Sheet:
    """Return a leafy plant in a pot, about 210 high."""
    out, kind = Sheet(), rng.randrange(3)
    green = mix(pal.green, pal.near, 0.2)
    if kind == 0:
        for i in range(11):
            a = -math.pi * (0.08 + 0.84 * i / 10)
            out.cut(
                leaf(0, -70, rng.uniform(110, 160), 10, a),
                mix(green, pal.hills[2], 0.3 * (i % 2)),
                0.2,
            )
    elif kind == 1:
        for i in range(7):
            a = -math.pi * (0.12 + 0.76 * i / 6)
            tip = (math.cos(a) * 88, -86 + math.sin(a) * 100)
            out.line(segment((0, -60), tip), green, 3)
            out.cut(ellipse(*tip, 32, 24), mix(green, pal.hills[2], 0.3 * (i % 2)), 0.25)
    else:
        out.line("M0 -60C-6 -110 6 -130 -14 -190M0 -80C14 -110 30 -120 42 -166", pal.wood, 5)
        for x, y in ((-14, -190), (42, -166), (-4, -130), (24, -122), (-34, -160), (10, -176)):
            out.cut(ellipse(x, y, 27, 18), mix(green, pal.hills[2], 0.2), 0.25)
            out.mark(ellipse(x + 6, y - 3, 6), pal.bloom)
    pot = path("M", (-46, -76), "L", (46, -76), "L", (34, 0), "L", (-34, 0), "Z")
    out.cut(pot, mix(pal.bloom, pal.wood, 0.55), 0.35).cut(
        rect(-52, -84, 104, 18), mix(pal.bloom, pal.wood, 0.7), 0.3
    )
    return out


def stationery(rng: random.Random, pal: Palette) -> Sheet:
    """Return a brush pot with pencils and brushes, about 170 high."""
    out = Sheet()
    for i in range(6):
        lean = (i - 2.5) * 10 + rng.uniform(-3, 3)
        tall = rng.uniform(120, 168)
        tone = (pal.glow, pal.hills[3], pal.wood, pal.green, RED, pal.hills[2])[i]
        out.line(segment((lean * 0.4, -30), (lean, -tall)), tone, 8)
        if i % 2:
            out.mark(leaf(lean, -tall + 4, 26, 6, -math.pi / 2 + lean / 160), pal.near)
    body = path("M", (-40, -88), "L", (40, -88), "L", (36, 0), "L", (-36, 0), "Z")
    out.cut(body, mix(pal.hills[2], pal.wall, 0.4), 0.4)
    return out.line("M-38 -70Q0 -62 38 -70M-37 -18Q0 -10 37 -18", pal.hills[3], 2.4, 0.6)

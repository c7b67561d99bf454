"""Bridges, boats, lanterns and rails."""

import math
import random

from .geometry import arch, bow, ellipse, lens, pairs, path, poly, rect, segment, shape, spline
from .palette import RED, Palette, mix
from .sheet import Sheet

HULL = shape("M-104 -24C-84 -10 -50 -6 0 -6C44 -6 82 -10 108 -30C104 -4 86 16 62 18L-62 18"
             "C-86 16 -102 0 -104 -24Z")  # fmt: skip
SAIL = shape(
    "M-14 -160C24 -164 58 -140 74 -98C84 -70 84 -46 78 -24L-26 -30C-14 -70 -10 -116 -14 -160Z"
)
SAMPAN = shape("M-100 -20C-70 -2 -40 -2 0 -2C40 -2 80 -4 112 -24C106 4 80 16 52 16L-48 16"
               "C-78 16 -98 4 -100 -20Z")  # fmt: skip


def bridge(span: float, rise: float, r: float, side: float, tone: str, deck: float = 26) -> Sheet:
    """Return a humped stone bridge centred on the water line (0, 0) with one or three arches."""
    half = span / 2

    def top(t: float) -> float:
        hump = math.cos(t * math.pi / 2) ** 1.5 if abs(t) < 1 else 0
        return -14 - rise * hump - deck

    d = spline([(half * t / 20, top(t / 20)) for t in range(-20, 21)])
    d += f"L{pairs(((half, 6), (-half, 6)))}Z"
    arches = [(0.0, r)]
    if side:
        arches += [(s * (r + side * 1.45), side) for s in (-1, 1)]
    for x, radius in arches:
        d += arch(x, 7, radius, 0, 1.02)
    out = Sheet()
    posts = ""
    for i in range(23):
        t = -0.94 + 1.88 * i / 22
        posts += rect(half * t - 3, top(t) - 27, 6, 30) + ellipse(half * t, top(t) - 30, 4.4)
    out.cut(d, tone).mark(posts, tone)
    for up, width in ((-20, 4.5), (-9, 2.4)):
        out.line(spline([(half * t / 20, top(t / 20) + up) for t in range(-19, 20)]), tone, width)
    out.line(
        spline([(half * t / 20, top(t / 20) + 10) for t in range(-19, 20)]), "#FFFFFF", 1.6, 0.25
    )
    for x, radius in arches:
        out.parts.extend(voussoirs(x, 4, radius).parts)
    return out.line(d, "#FFFFFF", 1.4, 0.25)


def voussoirs(x: float, y: float, r: float) -> Sheet:
    """Return the ring of wedge stones around an arch, as marks."""
    ring = r + max(9, r * 0.12)
    joints = ""
    n = max(9, int(r / 9))
    for i in range(1, n):
        a = math.pi * i / n
        ca, sa = math.cos(a), math.sin(a)
        joints += segment((x + ca * (r + 1), y + 2 - sa * r * 1.02), (x + ca * ring, y - sa * ring))
    return Sheet().line(bow(x, y, ring), "#FFFFFF", 1.6, 0.3).line(joints, "#FFFFFF", 1.3, 0.2)


def long_bridge(
    left: float, right: float, arches: int, h: float, tone: str, sag: float = 0
) -> Sheet:
    """Return a level bridge from left to right over the water line y=0, `sag` higher mid-way."""
    width = right - left
    cell = width / arches

    def top(x: float) -> float:
        return -h - sag * math.sin(math.pi * (x - left) / width)

    line = [(left + width * i / 24, top(left + width * i / 24)) for i in range(25)]
    d = f"{spline(line)}L{pairs(((right, 8), (left, 8)))}Z"
    ring = Sheet()
    for i in range(arches):
        x = left + (i + 0.5) * cell
        r = cell * 0.37
        legs = max(0.0, -top(x) - r - 16)
        d += arch(x, 9, r, legs + 9)
        ring.line(bow(x, -legs, r + 8), "#FFFFFF", 1.5, 0.28)
    out = Sheet().cut(d, tone)
    out.put(ring)
    posts, n = "", int(width / 34)
    for i in range(n + 1):
        x = left + width * i / n
        posts += rect(x - 2.6, top(x) - 24, 5.2, 26)
    out.mark(posts, tone).line(spline([(x, y - 20) for x, y in line]), tone, 4)
    return out.line(spline([(x, y + 8) for x, y in line]), "#FFFFFF", 1.5, 0.25)


def junk(hull: str, sail: str, rib: str, streamer: bool = True) -> Sheet:
    """Return a one-masted sailing boat about 210 long floating on (0, 0)."""
    out = Sheet().line("M-4 -8L-4 -168", hull, 4.5).cut(SAIL, sail, 0.3)
    for i in range(5):
        t = (i + 1) / 6
        y = -160 + t * 130
        out.line(
            path(
                "M", (-13 - 11 * t * t, y), "Q", (36, y - 7), (44 + 38 * math.sin(t * 1.9), y + 5)
            ),
            rib,
            2.2,
            0.55,
        )
    if streamer:
        out.mark(shape("M-4 -168q16 -4 26 4q-14 2 -26 5Z"), RED)
    out.cut(shape("M-62 -6v-18q0 -10 10 -10h22q10 0 10 10v18Z"), hull)
    out.line("M-56 -22L-28 -22M-56 -14L-28 -14", "#FFFFFF", 2, 0.3)
    return out.cut(HULL, hull).line("M-92 -9C-50 4 60 6 98 -14", "#FFFFFF", 2, 0.35)


def sampan(hull: str, awning: str) -> Sheet:
    """Return an awning boat about 210 long, moored, nobody aboard."""
    out = Sheet().cut(shape("M-46 -4C-44 -38 -10 -40 -6 -4Z"), awning)
    out.cut(shape("M-14 -4C-12 -44 30 -44 32 -4Z"), awning)
    out.line(shape("M-38 -5C-36 -30 -14 -30 -12 -5M-6 -5C-4 -36 22 -36 24 -5"), "#FFFFFF", 1.8, 0.3)
    out.line("M70 -4L104 -70", hull, 2.6)
    return out.cut(SAMPAN, hull).line("M-86 -4C-40 8 60 8 98 -8", "#FFFFFF", 1.8, 0.3)


def barge(rng: random.Random, pal: Palette, length: float, load: str, cabin: bool) -> Sheet:
    """Return a canal barge `length` long on (0, 0): load is 'coal', 'crates' or 'hay'."""
    half, hull = length / 2, mix(pal.roof, pal.near, rng.uniform(0.1, 0.6))
    out = Sheet()
    inner = half - (96 if cabin else 30)
    left = -half + 34
    if load == "crates":
        x = left
        while x < inner - 30:
            w = rng.uniform(34, 50)
            for level in range(rng.choice((1, 2, 2))):
                tone = mix(pal.wood, pal.sail, rng.uniform(0.15, 0.75))
                box = rect(x, -44 - level * 28, w - 3, 28)
                out.cut(box, tone, 0.3)
                out.line(
                    segment((x, -44 - level * 28), (x + w - 3, -16 - level * 28)),
                    pal.roof,
                    1.5,
                    0.35,
                )
            x += w
    else:
        tone = mix(pal.glow, pal.sail, 0.35) if load == "hay" else mix(pal.near, pal.hills[3], 0.25)
        n = 3 if length > 330 else 2
        cell = (inner - left) / n
        for i in range(n):
            x, h = left + i * cell, rng.uniform(44, 60)
            mound = path("M", (x, -14), "C", (x + cell * 0.25, -14 - h * 1.25))
            mound += path(" ", (x + cell * 0.7, -14 - h * 1.15), (x + cell, -14), "Z")
            out.cut(mound, tone, 0.25)
            ribs = path("M", (x + cell * 0.3, -22), "Q", (x + cell * 0.5, -h * 0.8))
            ribs += path(" ", (x + cell * 0.72, -22))
            out.line(ribs, "#FFFFFF", 1.8, 0.28)
    if cabin:
        x = half - 92
        out.cut(rect(x, -66, 58, 54), pal.wall).cut(rect(x - 7, -74, 72, 10), pal.roof)
        for i in range(2):
            out.mark(rect(x + 8 + i * 25, -52, 17, 17), pal.glow)
        out.cut(rect(x + 40, -98, 8, 24), pal.roof)
    d = path("M", (-half - 26, -34), "C", (-half + 6, -20), (-half + 30, -16), (-half + 60, -16))
    d += path("L", (half - 20, -16), (half + 8, -24), "C", (half + 6, 2), (half - 6, 16))
    d += path(" ", (half - 26, 18), "L", (-half + 20, 18), "C", (-half - 6, 14), (-half - 24, -8))
    d += path(" ", (-half - 26, -34), "Z")
    out.cut(d, hull).line(segment((-half - 10, -12), (half - 2, -6)), "#FFFFFF", 2, 0.3)
    return out.line(segment((-half - 4, 4), (half - 14, 6)), pal.glow, 3, 0.6)


def lantern(tone: str, gold: str, rope: float = 60, kind: int = 0) -> Sheet:
    """Return a lantern on a rope, its middle at (0, 0): round (0), long (1) or square (2)."""
    out = Sheet().line(segment((0, -rope - 30), (0, -30)), gold, 2)
    if kind == 1:
        body, ribs = (
            "M-14 -40C-34 -36 -34 42 -14 46L14 46C34 42 34 -36 14 -40Z",
            "M-10 -40C-20 -20 -20 26 -10 46M10 -40C20 -20 20 26 10 46",
        )
        low = 46
    elif kind == 2:
        body, ribs = (
            poly((-22, -30), (22, -30), (28, 30), (-28, 30)),
            "M-8 -30L-10 30M8 -30L10 30M-25 0L25 0",
        )
        low = 30
    else:
        body, ribs = (
            "M-16 -27C-52 -20 -52 26 -16 32L16 32C52 26 52 -20 16 -27Z",
            "M-14 -26C-34 -12 -34 18 -14 31M0 -27L0 32M14 -26C34 -12 34 18 14 31",
        )
        low = 32
    out.cut(body, tone).line(ribs, "#FFFFFF", 1.8, 0.35)
    cap = -40 if kind == 1 else -34
    out.mark(rect(-16, cap, 32, 7) + rect(-16, low, 32, 7), gold)
    return out.line(
        "".join(segment((x, low + 7), (x, low + 49)) for x in (-8, -3, 3, 8)),
        gold,
        2,
    )


def train(pal: Palette, cars: int) -> Sheet:
    """Return a white fast train that runs to the right on the rail y=0, its nose at x=0."""
    out, body, x = Sheet(), mix(pal.wall, "#FFFFFF", 0.75), 0.0
    stripe = RED if pal.name not in {"ochre", "persimmon"} else pal.hills[4]
    for i in range(cars):
        w = 176.0 if i == 0 else 158.0
        left = x - w
        if i == 0:
            d = path("M", (left, -4), "L", (left, -50), (left + 96, -50), "C", (left + 136, -50))
            d += path(" ", (x - 10, -28), (x, -8), "L", (x - 4, -4), "Z")
        else:
            d = rect(left, -50, w, 46)
        out.cut(d, body, 0.2)
        panes = "".join(rect(left + 12 + j * 24, -39, 16, 12) for j in range(3 if i == 0 else 6))
        out.mark(panes, pal.roof)
        if i == 0:
            out.mark(poly((x - 84, -44), (x - 60, -42), (x - 44, -33), (x - 84, -33)), pal.roof)
        out.line(segment((left + 2, -18), (x - (22 if i == 0 else 2), -18)), stripe, 3.4)
        out.mark("".join(ellipse(left + u * w, -2, 6) for u in (0.16, 0.28, 0.72, 0.84)), pal.near)
        x = left - 5
    return out


def ripple_foot(w: float, tone: str) -> Sheet:
    """Return the wet line under a hull w wide."""
    return Sheet().mark(lens(0, 16, w, 3) + lens(w * 0.06, 24, w * 0.66, 2.4), tone, 0.75)

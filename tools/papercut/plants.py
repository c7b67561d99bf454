"""Trees, leaves and flowers; each returns a sheet standing on (0, 0) unless said otherwise."""

import math
import random

from .geometry import Point, ellipse, leaf, lens, pairs, poly, segment, shape, spline
from .palette import PAPER, Palette, mix
from .sheet import Sheet


def leafy(tone: str, trunk: str, kind: str = "oval") -> Sheet:
    """Return a tree about 170 high: oval, round, poplar, pine or cypress."""
    out = Sheet().cut(shape("M-7 0q6 -30 4 -80h6q0 50 6 80Z"), trunk)
    if kind == "round":
        out.cut(ellipse(0, -112, 62, 56), tone).cut(ellipse(-34, -84, 34, 30), tone)
        out.cut(ellipse(36, -86, 36, 30), tone)
        out.line(spline([(-40, -120), (-10, -142), (26, -138)]), "#FFFFFF", 2.2, 0.3)
        out.line(spline([(-24, -94), (4, -110), (40, -104)]), "#FFFFFF", 2.2, 0.25)
        return out
    if kind == "pine":
        for i, (half, y) in enumerate(((66, -44), (54, -82), (40, -118), (24, -150))):
            d = f"M{-half} {y}Q0 {y + 14} {half} {y}Q{half * 0.3:.1f} {y - 20} 0 {y - 58}"
            out.cut(f"{d}Q{-half * 0.3:.1f} {y - 20} {-half} {y}Z", tone, 0.18)
            if i < 3:
                out.line(segment((-half * 0.5, y - 6), (half * 0.4, y - 9)), "#FFFFFF", 1.8, 0.25)
        return out
    if kind in ("poplar", "cypress"):
        half, top = (30, -232) if kind == "poplar" else (38, -206)
        out.cut(
            f"M0 {top}C{half + 8} {top + 70} {half + 6} -40 0 -26"
            f"C{-half - 6} -40 {-half - 8} {top + 70} 0 {top}Z",
            tone,
        )
    else:
        out.cut("M0 -170C62 -160 66 -60 0 -52C-66 -60 -62 -160 0 -170Z", tone)
        top = -150
    veins = segment((0, top + 24), (0, -40))
    reach = 26 if kind == "oval" else 15
    for j in range(4 if kind == "oval" else 6):
        y = -70 - j * 22
        veins += segment((0, y), (reach - j * 2, y - 20)) + segment(
            (0, y), (-reach + j * 2, y - 20)
        )
    return out.line(veins, "#FFFFFF", 2.1, 0.32)


def grove(
    rng: random.Random, pal: Palette, spots: list[Point], size: float = 0.66, kind: str = ""
) -> Sheet:
    """Return trees of one kind standing at the given points."""
    kind = kind or rng.choice(("oval", "round", "poplar", "pine"))
    out = Sheet()
    for x, y in spots:
        tone = mix(pal.green, pal.hills[3], rng.uniform(0, 0.5))
        out.put(leafy(tone, pal.roof, kind), x, y, size * rng.uniform(0.82, 1.18))
    return out


def willow(
    rng: random.Random, x: float, spread: float, drop: float, lean: float, tone: str
) -> Sheet:
    """Return willow strands that hang from the upper edge of the picture."""
    out, leaves = Sheet(), ""
    strands = 10
    for i in range(strands):
        at = x + spread * i / (strands - 1) + rng.uniform(-14, 14)
        drop_i = drop * rng.uniform(0.45, 1) * (1 - 0.35 * abs(i / (strands - 1) - 0.35))
        sway = rng.uniform(-0.5, 1) * lean * drop_i

        def point(
            t: float, at: float = at, sway: float = sway, n: int = i, d: float = drop_i
        ) -> Point:
            return at + sway * t * t + 8 * math.sin(t * 3 + n), -20 + d * t

        out.line(spline([point(j / 9) for j in range(10)]), tone, 2.4)
        y, side = 24.0, 1
        while y < drop_i:
            t = y / drop_i
            px, py = point(t)
            angle = math.pi / 2 + side * 0.62 * (1 - 0.35 * t)
            leaves += leaf(px, py, rng.uniform(30, 44) * (1 - 0.35 * t), 4.6, angle)
            y, side = y + drop_i / max(8, drop_i / 17) * rng.uniform(0.75, 1.05), -side
    return out.cut(leaves, tone, holes=False)


def lotus_leaf(w: float, tone: str, tilt: float = 0.34) -> Sheet:
    """Return a lotus leaf w wide lying on the water, centred on (0, 0)."""
    h = w * tilt
    out = Sheet().cut(
        f"M{pairs(((w * 0.06, -h * 0.9),))}"
        f"C{pairs(((w * 0.62, -h * 1.05), (w * 0.72, h * 0.9), (0, h)))}"
        f"C{pairs(((-w * 0.72, h * 0.9), (-w * 0.6, -h * 1.05), (-w * 0.04, -h * 0.92)))}"
        f"L{pairs(((w * 0.01, -h * 0.1),))}Z",
        tone,
        0.18,
    )
    veins = ""
    for i in range(11):
        a = math.tau * i / 11 + 0.3
        if abs(a % math.tau - 4.71) < 0.25:
            continue
        ca, sa = math.cos(a), math.sin(a)
        tip = (ca * w * 0.45, sa * h * 0.8)
        bend = (math.cos(a + 0.1) * w * 0.28, math.sin(a + 0.1) * h * 0.5)
        veins += f"M{pairs(((ca * w * 0.08, sa * h * 0.12),))}Q{pairs((bend, tip))}"
    return out.line(veins, "#FFFFFF", max(1.6, w / 80), 0.28)


def lotus(pal: Palette, stem: float = 120) -> Sheet:
    """Return an open lotus whose heart is at (0, 0), about 150 wide."""
    pale, tone = mix(pal.bloom, PAPER, 0.55), mix(pal.bloom, PAPER, 0.14)
    out = Sheet()
    if stem:
        out.line(f"M0 0Q-8 {stem * 0.5:.0f} 4 {stem:.0f}", mix(pal.near, pal.green, 0.5), 4)
    outer = ((-2.75, 60), (-0.39, 60), (-2.3, 70), (-0.84, 70), (-1.9, 74), (-1.24, 74))
    inner = ((-2.5, 52), (-0.64, 52), (-1.57, 72), (-2.05, 60), (-1.09, 60))
    for petals, width, fill in ((outer, 24, pale), (inner, 21, tone)):
        for angle, length in petals:
            out.cut(leaf(0, 0, length, width, angle), fill, 0.4)
    return out


def bud(pal: Palette, stem: float = 90) -> Sheet:
    """Return a closed lotus bud with its foot at (0, 0)."""
    out = Sheet().line(f"M0 0Q8 {stem * 0.5:.0f} -3 {stem:.0f}", mix(pal.near, pal.green, 0.5), 4)
    out.cut(leaf(0, 4, 62, 24, -math.pi / 2), mix(pal.bloom, PAPER, 0.25), 0.35)
    return out.line("M0 -2Q10 -22 0 -48", "#FFFFFF", 1.6, 0.4)


def reeds(
    rng: random.Random, x: float, y: float, n: int, h: float, spread: float, tone: str
) -> Sheet:
    """Return a stand of reeds around x, standing on y."""
    d = ""
    for _ in range(n):
        at, tall = x + rng.uniform(-1, 1) * spread, h * rng.uniform(0.5, 1)
        bend = rng.uniform(-0.3, 0.3) * tall
        d += f"M{pairs(((at - 4, y),))}Q{pairs(((at - 2, y - tall * 0.6), (at + bend, y - tall)))}"
        d += f"Q{pairs(((at + 4, y - tall * 0.55), (at + 5, y)))}Z"
    return Sheet().cut(d, tone, holes=False)


def branch(rng: random.Random, pal: Palette, kind: str, tone: str) -> Sheet:
    """Return a bough that enters from the left edge at (0, 0): pine, plum or maple."""
    out, limbs = Sheet(), []
    for length, angle in ((430, 0.16), (300, -0.2), (340, 0.5)):
        length *= rng.uniform(0.85, 1.1)
        angle += rng.uniform(-0.07, 0.07)
        dx, dy = math.cos(angle) * length, math.sin(angle) * length
        limb = [(-60.0, -20.0), (dx * 0.3, dy * 0.2 - 8), (dx * 0.65, dy * 0.6 + 10), (dx, dy)]
        limbs.append(limb)
        upper = [(px, py - 9 * (1 - i / 3.4)) for i, (px, py) in enumerate(limb)]
        lower = [(px, py + 9 * (1 - i / 3.4)) for i, (px, py) in enumerate(limb)]
        out.cut(f"{spline(upper)}L{spline(lower[::-1])[1:]}Z", tone)
    for limb in limbs:
        for i in range(7):
            t = 0.22 + 0.78 * i / 6
            seg = min(2, int(t * 3))
            u = t * 3 - seg
            (ax, ay), (bx, by) = limb[seg], limb[seg + 1]
            spot = (ax + (bx - ax) * u + rng.uniform(-16, 16), ay + (by - ay) * u)
            _twig(out, rng, pal, kind, spot, i)
    return out


def _twig(out: Sheet, rng: random.Random, pal: Palette, kind: str, at: Point, n: int) -> None:
    """Add needles, blossom or leaves at one spot of a bough."""
    x, y = at
    if kind == "pine":
        d = "".join(leaf(x, y - 4, 44, 2.2, -math.pi + math.pi * j / 10) for j in range(11))
        out.cut(d, mix(pal.near, pal.green, 0.3 + 0.25 * (n % 2)), holes=False)
    elif kind == "plum":
        y += rng.uniform(-26, 22)
        r = rng.uniform(9, 15)
        d = "".join(
            ellipse(x + math.cos(a) * r * 0.86, y + math.sin(a) * r * 0.86, r * 0.62)
            for a in (math.tau * j / 5 + n for j in range(5))
        )
        out.cut(d, mix(pal.bloom, PAPER, 0.3), holes=False)
        out.mark(ellipse(x, y, r * 0.34), pal.halo)
    else:
        d = "".join(leaf(x, y, rng.uniform(30, 42), 8, a + n) for a in (0.4, 1.3, 2.2, 3.3, 4.6))
        out.cut(d, mix(pal.glow, pal.roof, 0.12 + 0.2 * (n % 3)), holes=False)


def fruit(rng: random.Random, tone: str, r: float) -> Sheet:
    """Return a round fruit hanging from (0, 0)."""
    out = Sheet().cut(ellipse(0, r, r, r * 0.92), tone)
    out.mark(lens(0, 2, r * 1.3, r * 0.22), mix(tone, "#2A3A22", 0.7))
    return out.line(
        f"M{-r * 0.5:.1f} {r * 0.8:.1f}Q{-r * 0.4:.1f} {r * 1.4:.1f} 0 {r * 1.6:.1f}",
        "#FFFFFF",
        1.6,
        0.35,
    )


def bamboo(rng: random.Random, h: float, tone: str) -> Sheet:
    """Return one bamboo cane h high with leaves, standing on (0, 0)."""
    out, lean = Sheet(), rng.uniform(-0.06, 0.06)
    joints = max(5, int(h / 62))
    for i in range(joints):
        a, b = -h * i / joints, -h * (i + 1) / joints + 4
        xa, xb = lean * -a, lean * -b
        out.cut(poly((xa - 6, a), (xb - 5, b), (xb + 5, b), (xa + 6, a)), tone, 0.15)
        if i > joints // 3:
            side = 1 if i % 2 else -1
            d = "".join(
                leaf(
                    xb,
                    b,
                    rng.uniform(56, 84),
                    7,
                    (0.35 + 0.4 * j) if side > 0 else math.pi - 0.35 - 0.4 * j,
                )
                for j in range(3)
            )
            out.cut(d, tone, holes=False)
    return out

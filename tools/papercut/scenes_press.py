"""Motif indoors: the printing workshop."""

import math
import random

from .geometry import ellipse, path, rect, segment, spline
from .land import hills, sky, sun
from .palette import RED, Palette, mix
from .paper import Paper
from .sheet import Sheet


def press(paper: Paper) -> str:
    """Draw a printing workshop: hand press, type cases and sheets hung to dry."""
    rng, pal, w = paper.rng, paper.pal, paper.w
    side = rng.choice((-1, 1))
    wx = w * (0.5 - side * 0.27)
    sky(paper, wx, 300)
    sun(paper, wx + rng.uniform(-110, 110), 240, 46, 2)
    hills(paper, 430, 3, 100)
    wood = mix(pal.wood, pal.roof, 0.25)
    face = mix(pal.wall, pal.hills[1], 0.4)
    hole = rect(wx - 210, 130, 420, 300)
    paper.lay(Sheet().cut(rect(-60, -60, w + 120, 1080) + hole, face, 0.4), 3)
    frame = Sheet().line(hole, wood, 18)
    frame.line(segment((wx, 130), (wx, 430)) + segment((wx - 210, 230), (wx + 210, 230)), wood, 9)
    paper.lay(frame, 2)
    beam = Sheet().cut(rect(-60, 36, w + 120, 34), mix(pal.roof, pal.wood, 0.3), 0.25)
    paper.lay(beam, 2)
    _cases(paper, wx, wood)
    _line_of_prints(paper, w * (0.5 + side * 0.22), side)
    paper.lay(Sheet().cut(rect(-60, 818, w + 120, 160), mix(pal.near, pal.wood, 0.16), 0.25), 3)
    paper.lay(
        Sheet().put(
            _hand_press(rng, pal), w * (0.5 + side * 0.19), 850, rng.uniform(0.98, 1.08), side
        ),
        3,
    )
    paper.note("一格格的活字架", "晾在绳上的纸样", "窗外的山")
    return "印刷作坊里立着一台木制手扳印刷机"


def _cases(paper: Paper, x: float, wood: str) -> None:
    """Lay a slanted rack of type cases below the window."""
    rng, pal = paper.rng, paper.pal
    out = Sheet().cut(rect(x - 330, 508, 660, 330), mix(wood, pal.roof, 0.45), 0.25)
    for row in range(3):
        for col in range(2):
            left, top = x - 314 + col * 320, 526 + row * 98
            out.cut(rect(left, top, 308, 84), wood, 0.3)
            cells = [(left + 8 + 21 * i, top + 7 + 24 * j) for i in range(14) for j in range(3)]
            dark = "".join(rect(u, v, 18, 20) for u, v in cells)
            out.mark(dark, mix(pal.roof, pal.near, 0.4))
            for tone in (mix(pal.wall, pal.hills[2], 0.4), mix(pal.glow, pal.wood, 0.4)):
                some = rng.sample(cells, 13)
                out.mark("".join(rect(u + 3, v + 4, 12, 13) for u, v in some), tone, 0.85)
    out.cut(rect(x - 350, 492, 700, 20), wood, 0.35)
    paper.lay(out, 2)


def _line_of_prints(paper: Paper, x: float, side: int) -> None:
    """Lay a drying line with printed sheets: each shows hills and a small red sun."""
    rng, pal, w = paper.rng, paper.pal, paper.w
    left, right = (x - 430, w + 40) if side > 0 else (-40.0, x + 430)
    rope = [
        (left + (right - left) * i / 12, 150 + 46 * math.sin(math.pi * i / 12)) for i in range(13)
    ]
    out, n = Sheet().line(spline(rope), pal.roof, 2.4), rng.choice((5, 6))
    for i in range(n):
        t = (i + 0.5) / n
        u, v = left + (right - left) * t, 150 + 46 * math.sin(math.pi * t)
        out.put(_print(rng, pal), u, v, 1, 1, rng.uniform(-3, 3))
    paper.lay(out, 2)


def _print(rng: random.Random, pal: Palette) -> Sheet:
    """Return one printed sheet hanging from (0, 0)."""
    out = Sheet().cut(rect(-56, -4, 112, 154), pal.sail, 0.5)
    out.mark(rect(-46, 8, 92, 94), mix(pal.sail, pal.hills[1], 0.35))
    out.mark(ellipse(rng.uniform(-24, 24), rng.uniform(26, 44), 10), RED)
    for i in range(2):
        y = 66 + 14 * i
        crest = [
            (-46.0, y + rng.uniform(-10, 14)),
            (-16, y - rng.uniform(0, 24)),
            (14, y + 4),
            (46, y - rng.uniform(0, 20)),
        ]
        out.mark(spline(crest) + "L46 102L-46 102Z", pal.hills[2 + i])
    out.line("M-46 116L46 116M-46 128L46 128M-46 140L10 140", pal.hills[2], 2.4, 0.5)
    return out.mark(rect(-34, -12, 8, 20) + rect(26, -12, 8, 20), pal.wood)


def _hand_press(rng: random.Random, pal: Palette) -> Sheet:
    """Return a wooden hand press about 560 wide standing on (0, 0)."""
    dark, wood = mix(pal.roof, pal.near, 0.35), mix(pal.wood, pal.roof, 0.1)
    out = Sheet()
    for s in (-1, 1):
        out.cut(rect(s * 128 - 24, -560, 48, 560), wood, 0.35)
        out.cut(rect(s * 128 - 44, -18, 88, 22), dark)
    out.cut(rect(-176, -586, 352, 58), dark, 0.3).cut(rect(-150, -468, 300, 40), dark, 0.3)
    out.cut(rect(-24, -440, 48, 96), mix(dark, "#FFFFFF", 0.2), 0.3)
    out.line(
        "".join(segment((-24, -428 + 14 * i), (24, -436 + 14 * i)) for i in range(6)),
        "#FFFFFF",
        2,
        0.4,
    )
    out.line(segment((10, -372), (250, -400)), dark, 13).mark(ellipse(256, -401, 12), RED)
    out.cut(rect(-104, -346, 208, 34), mix(dark, "#FFFFFF", 0.12), 0.35)
    out.cut(rect(-330, -262, 590, 26), wood, 0.35)
    out.cut(rect(-96, -290, 200, 26), mix(dark, "#FFFFFF", 0.28), 0.3)
    out.cut(rect(-318, -290, 190, 8), pal.sail, 0.5).cut(rect(-312, -300, 180, 8), pal.sail, 0.5)
    out.cut(
        path("M", (-300, -300), "L", (-360, -424), "L", (-346, -430), "L", (-276, -302), "Z"),
        wood,
        0.3,
    )
    for x in (-310, 238):
        out.cut(rect(x, -236, 20, 236), dark, 0.25)
    out.cut(rect(-128, -150, 256, 26), wood, 0.3)
    return out.cut(rect(-104, -586, 22, -26), dark).line("M-150 -557L150 -557", "#FFFFFF", 2, 0.25)

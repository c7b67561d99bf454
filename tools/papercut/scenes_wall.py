"""Motif on the city wall: the gate tower."""

from .birds import flock
from .buildings import lattice, roof, row, tiles
from .foreground import overhang
from .geometry import arch, rect, segment, trapezoid
from .land import clouds, ground, hills, sky_and_sun
from .palette import Palette, mix
from .paper import Paper
from .plants import grove
from .sheet import Sheet


def gate_tower(paper: Paper) -> str:
    """Draw a gate tower over a long battlemented wall."""
    rng, pal, w = paper.rng, paper.pal, paper.w
    cx = w * rng.choice((0.3, 0.42, 0.58, 0.7))
    sky_and_sun(paper, 270, 86, (cx / w - 0.18, cx / w + 0.18))
    clouds(paper, 80, 300)
    hills(paper, 600, 3, 190)
    roofs_far, _ = row(rng, pal, 640, -60, w + 40, 0.8)
    paper.lay(roofs_far, 1)
    brick = mix(pal.hills[2], pal.wall, 0.3)
    wall = Sheet().cut(rect(-60, 640, w + 120, 320), brick, 0.3)
    wall.cut("".join(rect(-50 + i * 52, 616, 32, 26) for i in range(int(w / 52) + 3)), brick)
    for i in range(1, 7):
        wall.line(segment((-60, 640 + i * 30), (w + 60, 640 + i * 30)), "#FFFFFF", 1.4, 0.18)
    paper.lay(wall, 2)
    base = Sheet().cut(trapezoid(cx, 850, 330, 300, 240), mix(brick, pal.hills[3], 0.35), 0.3)
    for i in range(1, 8):
        base.line(segment((cx - 312, 850 - i * 30), (cx + 312, 850 - i * 30)), "#FFFFFF", 1.5, 0.16)
    base.cut(
        "".join(rect(cx - 304 + i * 44, 586, 28, 26) for i in range(14)),
        mix(brick, pal.hills[3], 0.35),
    )
    base.mark(arch(cx, 850, 62, 60), mix(pal.roof, pal.near, 0.5))
    base.line(arch(cx, 850, 76, 60), "#FFFFFF", 2, 0.3)
    paper.lay(base, 3)
    paper.lay(_hall(pal=paper.pal, x=cx, y=598, levels=rng.choice((2, 2, 3))), 2)
    spots = [(w * u, 862.0) for u in (0.04, 0.1, 0.9, 0.97, 0.5 + (0.5 - cx / w) * 1.1)]
    paper.lay(
        grove(
            rng,
            pal,
            [s for s in spots if abs(s[0] - cx) > 370],
            1.35,
            rng.choice(("pine", "round", "cypress")),
        ),
        2,
    )
    ground(paper, 850, pal.near, 3, 12)
    flock(paper, w - cx, 230)
    overhang(paper, None, cx < w / 2)
    paper.note("长长的城墙", "墙前的树")
    return "城楼立在高台上，檐角飞扬"


def _hall(pal: Palette, x: float, y: float, levels: int) -> Sheet:
    """Return the hall on top of the gate: galleries with lattice doors under stacked eaves."""
    out, wide = Sheet(), 470.0
    for level in range(levels):
        last, tall = level == levels - 1, 74.0 - 8 * level
        out.cut(rect(x - wide * 0.42, y - tall, wide * 0.84, tall), pal.wall)
        n = 9 - 2 * level
        cell = wide * 0.84 / n
        for i in range(n):
            lattice(
                out,
                x - wide * 0.42 + (i + 0.17) * cell,
                y - tall * 0.74,
                cell * 0.66,
                tall * 0.7,
                pal.glow,
                pal.roof,
            )
        out.line(segment((x - wide * 0.44, y - 13), (x + wide * 0.44, y - 13)), pal.wood, 4)
        high = 112 if last else 44
        ridge = 0.5 if last else 0.84
        d = roof(x, y - tall, wide * 1.1, high, ridge, 0.1, 0.26 if last else 0.5)
        out.cut(d, pal.roof).line(tiles(x, y - tall, wide * 1.1, high, ridge), "#FFFFFF", 1.8, 0.15)
        out.line(d, "#FFFFFF", 1.4, 0.26)
        y -= tall + (34 if not last else 0)
        wide *= 0.76
    return out

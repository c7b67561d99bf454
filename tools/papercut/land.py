"""Sky, sun, clouds, hills and water."""

import math
from collections.abc import Callable

from .geometry import Point, capsule, ellipse, lens, mapped, num, ribbon, segment, spline
from .palette import mix
from .paper import Paper
from .sheet import Sheet

Ridge = Callable[[float], float]


def sky(paper: Paper, x: float, y: float) -> None:
    """Lay the ground sheet, lightest at (x, y)."""
    ident, pal = paper.ident(), paper.pal
    paper.raw(
        f'<radialGradient id="{ident}" gradientUnits="userSpaceOnUse" cx="{num(x)}" '
        f'cy="{num(y)}" r="{num(paper.w * 0.78)}"><stop offset="0" stop-color="{pal.light}"/>'
        f'<stop offset="1" stop-color="{pal.sky}"/></radialGradient>'
        f'<rect width="{num(paper.w)}" height="{num(paper.h)}" fill="url(#{ident})"/>'
    )


def sun(paper: Paper, x: float, y: float, r: float, rings: int | None = None) -> None:
    """Lay a sun inside paler discs, and note it.

    Red, golden or pale by the seed, so that a wall of pictures is not a wall of red discs.
    """
    pal, rng = paper.pal, paper.rng
    manner = "night" if pal.night else rng.choice(("red", "red", "gold", "pale"))
    tone, words = {
        "night": (pal.sun, "一轮明月" if pal.name == "moonlit" else "一轮夕阳"),
        "red": (pal.sun, "一轮红日"),
        "gold": (mix(pal.halo, pal.glow, 0.6), "一轮金色的太阳"),
        "pale": (mix(pal.cloud, pal.halo, 0.2), "一轮淡淡的太阳"),
    }[manner]
    paper.sun_tone = tone
    r *= 1.25 if manner == "pale" else 1
    rings = rng.choice((1, 2, 3, 3)) if rings is None else rings
    step = rng.uniform(0.42, 0.62)
    for i in range(rings, 0, -1):
        disc = mix(pal.halo, pal.light, i / (rings + 1) * 0.95)
        paper.lay(Sheet().cut(ellipse(x, y, r * (1 + step * i)), disc, 0.4), 1)
    paper.lay(Sheet().cut(ellipse(x, y, r), tone, 0.3), 2)
    paper.note(words)


def sky_and_sun(
    paper: Paper,
    y: float,
    r: float = 84,
    keep: tuple[float, float] | None = None,
    rings: int | None = None,
) -> Point:
    """Lay sky and sun; the side comes from the seed, `keep` (0..1 of the width) stays free."""
    rng = paper.rng
    spots = [0.14, 0.24, 0.34, 0.5, 0.64, 0.74, 0.84]
    if keep:
        spots = [s for s in spots if not keep[0] < s < keep[1]] or [0.84]
    x = paper.w * (rng.choice(spots) + rng.uniform(-0.03, 0.03))
    y += rng.uniform(-46, 46)
    r *= rng.uniform(0.78, 1.15)
    sky(paper, x, y)
    sun(paper, x, y, r, rings)
    return x, y


def cloud(x: float, y: float, w: float, t: float, tone: str, kind: int, flip: int) -> Sheet:
    """Return a cloud centred on (x, y): stacked bars (0), a drifting pair (1), round tops (2)."""
    out = Sheet()
    if kind == 0:
        rows = ((0, 1, 0), (-0.88, 0.62, 0.12), (-1.72, 0.3, 0.3))
    elif kind == 1:
        rows = ((0, 0.8, 0.2), (-1.25, 0.7, 0.0))
    else:
        rows = ((0, 1, 0),)
        for at, size in ((0.3, 1.25), (0.52, 1.8), (0.72, 1.1)):
            cx = x - w / 2 + w * (at if flip > 0 else 1 - at)
            out.cut(ellipse(cx, y + t * 0.4, t * size, t * size * 0.86), tone)
    for dy, share, shift in rows:
        left = x - w / 2 + w * (shift if flip > 0 else 1 - shift - share)
        out.cut(capsule(left, y + dy * t, w * share, t), tone)
    return out


def clouds(paper: Paper, top: float, bottom: float, n: int | None = None) -> None:
    """Lay a few clouds of one kind between two heights."""
    rng = paper.rng
    n = rng.choice((2, 3, 3, 4)) if n is None else n
    kind = rng.randrange(3)
    xs = [(i + rng.uniform(0.2, 0.8)) * paper.w / max(1, n) for i in range(n)]
    for x in xs:
        w = rng.uniform(190, 340)
        piece = cloud(
            x, rng.uniform(top, bottom), w, w * 0.085, paper.pal.cloud, kind, rng.choice((-1, 1))
        )
        paper.lay(piece, 1)
    if n:
        paper.note("几朵云")


def ridge(paper: Paper, y: float, height: float, bumps: int, rough: float = 0.16) -> Ridge:
    """Return the skyline of one hill sheet as a function of x."""
    rng, w = paper.rng, paper.w
    peaks = [
        (
            (i + 0.5 + rng.uniform(-0.35, 0.35)) * w / bumps,
            rng.uniform(0.4, 1) * height,
            rng.uniform(0.3, 0.52) * w / bumps * 1.25,
        )
        for i in range(bumps)
    ]
    phase = [rng.uniform(0, math.tau) for _ in range(3)]

    def skyline(x: float) -> float:
        rise = 0.0
        for centre, top, spread in peaks:
            rise = max(rise, top * math.exp(-(((x - centre) / spread) ** 2)))
        wave = 0.5 * math.sin(x / w * 19 + phase[0]) + 0.3 * math.sin(x / w * 41 + phase[1])
        return y - rise - height * rough * (wave + 0.2 * math.sin(x / w * 83 + phase[2]))

    return skyline


def crescents(paper: Paper, line: Ridge, rows: int, thick: float = 5.5) -> str:
    """Return the knife's crescent cuts that follow a skyline."""
    rng, out = paper.rng, ""
    for row in range(rows):
        x = rng.uniform(-40, 100)
        while x < paper.w:
            length, down = rng.uniform(90, 250), 16 + row * 17
            upper, lower = [], []
            for i in range(9):
                t = x + length * i / 8
                swell = math.sin(math.pi * i / 8)
                upper.append((t, line(t) + down + 4 * swell))
                lower.append((t, line(t) + down + (4 + thick - row * 1.2) * swell))
            out += ribbon(upper, lower)
            x += length + rng.uniform(40, 170)
    return out


def hill(paper: Paper, line: Ridge, tone: str, depth: int = 2, cuts: int = 1) -> None:
    """Lay one hill sheet from its skyline down to the foot of the picture."""
    points = [(x, line(x)) for x in range(-60, int(paper.w) + 85, 24)]
    foot = f"L{num(paper.w + 90)} 960L-60 960Z"
    out = Sheet().cut(spline(points) + foot, tone, 0.3)
    out.mark(crescents(paper, line, cuts), "#FFFFFF", 0.2)
    paper.lay(out, depth)


def hills(paper: Paper, y: float, sheets: int = 3, height: float = 150) -> None:
    """Lay ranges of hills standing on y; steep, rolling or low, by the seed."""
    rng, pal = paper.rng, paper.pal
    manner = rng.choice(("rolling", "steep", "low", "rolling"))
    lift = {"rolling": 1.0, "steep": 1.45, "low": 0.55}[manner]
    bumps = {"rolling": 5, "steep": 7, "low": 3}[manner]
    for i in range(sheets):
        near = i / max(1, sheets - 1)
        tall = height * lift * (1 - 0.62 * near) * rng.uniform(0.85, 1.15)
        line = ridge(paper, y - (1 - near) * 46, tall, bumps + rng.choice((-1, 0, 1)))
        hill(paper, line, pal.hills[min(i, 3)], 1 if i == 0 else 2, 1 + (i == 1))
    paper.note({"rolling": "连绵的远山", "steep": "层叠的峰峦", "low": "平缓的山丘"}[manner])


def ground(paper: Paper, y: float, tone: str, depth: int = 2, swell: float = 8) -> None:
    """Lay a gently waving sheet of ground from y down."""
    line = ridge(paper, y, swell, 3, 0.3)
    points = [(x, line(x)) for x in range(-60, int(paper.w) + 110, 60)]
    paper.lay(Sheet().cut(f"{spline(points)}L{num(paper.w + 90)} 960L-60 960Z", tone, 0.28), depth)


def water(paper: Paper, y: float, light: float | None = None) -> None:
    """Lay the water from y down with ripples, and the sun's path at x = light."""
    rng, pal = paper.rng, paper.pal
    foot = paper.h + 40
    sheet = Sheet().cut(
        f"M-40 {num(y)}L{num(paper.w + 40)} {num(y)}L{num(paper.w + 40)} {foot}L-40 {foot}Z",
        pal.water,
        0.35,
    )
    for rows, tone, opacity in ((11, pal.deep, 0.55), (8, pal.foam, 0.85)):
        d = ""
        for i in range(rows):
            t = i / (rows - 1)
            at, x = y + 10 + (paper.h - y) * t**1.35, rng.uniform(-120, 0)
            while x < paper.w:
                length = (40 + 150 * t) * rng.uniform(0.5, 1.4)
                thick = (1.3 + 3.2 * t) * rng.uniform(0.7, 1.1)
                d += lens(x + length / 2, at + rng.uniform(-3, 3), length, thick)
                x += length + (70 + 230 * t) * rng.uniform(0.5, 1.6)
        sheet.mark(d, tone, opacity)
    if light is not None:
        sheet.mark(glitter(paper, light, y + 10, paper.h - 10, 120), glow_tone(paper), 0.8)
    paper.lay(sheet, 2)


def glow_tone(paper: Paper) -> str:
    """Return the tone of the sun's path on the water."""
    return mix(paper.sun_tone, paper.pal.water, 0.42)


def glitter(paper: Paper, x: float, y0: float, y1: float, w: float, n: int = 13) -> str:
    """Return a column of lenses, narrow far away and wide near by."""
    out, rng = "", paper.rng
    for i in range(n):
        t = i / (n - 1)
        wide = w * (0.45 + 0.75 * math.sin(math.pi * (0.2 + 0.8 * t)) * rng.uniform(0.6, 1.1))
        shift = rng.uniform(-0.12, 0.12) * w * (0.4 + t)
        out += lens(x + shift, y0 + (y1 - y0) * t**1.25, wide, 2 + 5 * t)
    return out


def reflect(paper: Paper, silhouette: str, y: float, tone: str, reach: float = 130) -> None:
    """Mirror a silhouette in the water at y, cut into ripples that thin out and end in leaves."""
    rng = paper.rng
    bands, at = "", y + 2.0
    while at < y + reach:
        t = (at - y) / reach
        thick, x = 7.5 * (1 - t) ** 0.8 + 0.8, -rng.uniform(0, 200)
        while x < paper.w + 100:
            length = rng.uniform(150, 420) * (1.1 - 0.6 * t)
            bands += lens(x + length / 2, at, length, thick)
            x += length * (0.72 + 0.5 * t)
        at += thick * 0.78 + 2 + 5 * t
    mirror = mapped(silhouette, lambda u, v: (u, y + (y - v) * 0.62))
    clip = paper.clip(bands)
    paper.raw(
        f'<path clip-path="url(#{clip})" d="{mirror}" fill="{tone}" fill-rule="evenodd"'
        f' opacity=".42"/>'
    )


def quay(paper: Paper, y: float, left: float, right: float, tone: str, h: float = 26) -> None:
    """Lay the two stone banks at either side of a bridge that spans left..right."""
    w = paper.w
    sheet = Sheet()
    for a, b in ((-60.0, left), (right, w + 60)):
        sheet.cut(
            f"M{num(a)} {num(y - h)}L{num(b)} {num(y - h)}L{num(b)} {num(y + 6)}"
            f"L{num(a)} {num(y + 6)}Z",
            tone,
            0.25,
        )
        for i in (1, 2):
            sheet.line(segment((a, y - h + 9 * i), (b, y - h + 9 * i)), "#FFFFFF", 1.4, 0.15)
    paper.lay(sheet, 1)

"""Motifs among houses: school roofs, lantern street, moon gate, gate tower."""

import math
import random

from .birds import flock
from .buildings import house, lattice, long_roof, pagoda, pavilion, school, tower
from .craft import lantern
from .foreground import overhang
from .geometry import ellipse, moved, path, poly, rect, segment, spline
from .land import clouds, ground, hills, reflect, sky, sky_and_sun, sun, water
from .palette import RED, mix
from .paper import Paper
from .plants import bamboo, grove, leafy
from .sheet import Sheet


def roofs(paper: Paper) -> str:
    """Draw a school rising from rows of tiled roofs in the early light."""
    rng, pal, w = paper.rng, paper.pal, paper.w
    cx = w * rng.choice((0.34, 0.5, 0.64))
    sky_and_sun(paper, 300, 92, (cx / w - 0.12, cx / w + 0.12))
    clouds(paper, 80, 280)
    hills(paper, 500, 3, 140)
    spots = [(x + rng.uniform(-30, 30), 560.0) for x in range(20, int(w), 120)]
    paper.lay(grove(rng, pal, spots, 0.86), 1)
    ground(paper, 545, pal.hills[3], 1, 10)
    paper.lay(Sheet().put(school(pal, rng.uniform(680, 800)), cx, 596), 2)
    kind = rng.choice(("oval", "round", "poplar", "pine"))
    for i, (y, size) in enumerate(((664, 190), (742, 250), (832, 320), (926, 400))):
        tone = mix(mix(pal.hills[3], pal.hills[2], 0.3), pal.roof, i / 3)
        x = -rng.uniform(0, size)
        trees, line = Sheet(), Sheet()
        while x < w + size * 0.4:
            wide = size * rng.uniform(0.85, 1.25)
            lift = rng.uniform(-0.1, 0.1) * size * 0.4
            body = rect(x + wide * 0.04, y + lift, wide * 0.92, 200)
            line.cut(body, mix(pal.wall, pal.hills[2], 0.1 + 0.16 * i))
            panes = max(3, int(wide / 62))
            for j in range(panes):
                u = x + wide * (0.1 + 0.84 * j / panes)
                lattice(line, u, y + lift + size * 0.1, size * 0.09, size * 0.11, pal.glow, tone)
            line.put(long_roof(wide, size * 0.22, pal, tone), x + wide / 2, y + lift)
            x += wide * 1.01
            if rng.random() < 0.34:
                leaf_tone = mix(pal.green, pal.near, 0.14 * i)
                trees.put(leafy(leaf_tone, pal.roof, kind), x, y - 20, size / 290)
        paper.lay(trees, 1)
        paper.lay(line, 2 if i < 2 else 3)
    flock(paper, w * rng.uniform(0.3, 0.7), 180)
    overhang(paper, rng.choice(("none", "plum", "pine", "maple")))
    paper.note("层层瓦屋顶", "屋间的树")
    return f"{paper.hour}的校舍从一片屋顶中升起"


def lantern_street(paper: Paper) -> str:
    """Draw a street between eaves at dusk, strung with lanterns."""
    rng, pal, w = paper.rng, paper.pal, paper.w
    vx = w * rng.uniform(0.4, 0.6)
    sky(paper, vx, 520)
    sun(paper, vx + rng.uniform(-60, 60), 430, rng.uniform(64, 92), 2)
    hills(paper, 590, 2, 120)
    end = rng.choice(("pagoda", "tower", "gate"))
    piece = {"pagoda": lambda: pagoda(pal, 104, 300, 7), "tower": lambda: tower(pal, 170)}
    back = piece[end]() if end in piece else pavilion(pal, 210)
    paper.lay(Sheet().put(back, vx, 634), 1)
    paper.note({"pagoda": "街尽头的宝塔", "tower": "街尽头的城楼", "gate": "街尽头的亭子"}[end])
    _street(paper, vx, 630)
    depths = (0.0, 0.24, 0.46, 0.7, 1.0)
    for i, t in enumerate(depths):
        for side in (-1, 1):
            _facade(paper, vx, side, t, rng.uniform(-14, 14))
        if i < len(depths) - 1:
            _string(paper, vx, t + 0.14, rng)
    _string(paper, vx, 1.0, rng)
    paper.note("两边的店屋和飞檐", "石板路")
    hour = paper.hour if pal.night else "傍晚"
    return f"{hour}的老街上挂起一串串灯笼"


def _street(paper: Paper, vx: float, y: float) -> None:
    """Lay the paving, its joints running to the vanishing point."""
    pal, w = paper.pal, paper.w
    tone = mix(pal.hills[2], pal.glow, 0.22) if pal.night else mix(pal.hills[1], pal.glow, 0.15)
    out = Sheet().cut(rect(-60, y, w + 120, 330), tone, 0.3)
    joints = "".join(segment((vx + u * 0.16, y), (vx + u * 2.6, 960)) for u in range(-640, 641, 80))
    rows = "".join(
        segment((-60, y + 270 * t**2), (w + 60, y + 270 * t**2))
        for t in (0.2, 0.36, 0.52, 0.7, 0.9)
    )
    paper.lay(out.line(joints + rows, pal.roof, 1.6, 0.28), 1)


def _facade(paper: Paper, vx: float, side: int, t: float, jitter: float) -> None:
    """Lay one house front on a side of the street; t runs from far (0) to near (1)."""
    pal, w = paper.pal, paper.w
    reach = (vx if side < 0 else w - vx) + 60
    gap = 100 + (reach - 210) * t**1.15
    x, far = vx + side * gap, vx + side * (reach + 40)
    foot, eave = 640 + 275 * t**1.2, 560 - 330 * t**1.15 + jitter
    k = 0.34 + 0.9 * t
    wall = mix(mix(pal.hills[2], pal.hills[3], t), pal.roof, 0.35 * t)
    tone = mix(pal.hills[3], pal.near, 0.3 + 0.6 * t)
    left, right = min(x, far), max(x, far)
    out = Sheet().cut(rect(left, eave, right - left, foot - eave), wall, 0.2)
    floor = (foot - eave) * 0.46
    for level in range(2):
        top = eave + (foot - eave) * (0.16 if level == 0 else 0.58)
        pane_w, pane_h = 62 * k, floor * (0.52 if level == 0 else 0.62)
        for i in range(2):
            u = x + side * (24 * k + i * 92 * k)
            lattice(out, u if side > 0 else u - pane_w, top, pane_w, pane_h, pal.glow, tone)
    for y, over, thick in ((eave + floor + 12 * k, 46, 26), (eave, 86, 84)):
        tip = (x - side * over * k, y - 26 * k)
        out.cut(
            path("M", tip, "C", (x - side * over * 0.4 * k, y + 10 * k),
                 (x + side * 30 * k, y + 8 * k), (x + side * 90 * k, y + 8 * k), "L",
                 (far, y + 8 * k), (far, y - thick * k),
                 (x + side * 80 * k, y - thick * k), "C", (x + side * 20 * k, y - thick * 0.6 * k),
                 (x - side * over * 0.5 * k, y - 12 * k), tip, "Z"),
            tone, 0.25,
        )  # fmt: skip
        if thick > 50:
            rows = "".join(
                segment(
                    (x + side * (80 + 26 * i) * k, y - thick * k),
                    (x + side * (52 + 30 * i) * k, y + 4 * k),
                )
                for i in range(9)
            )
            out.line(rows, "#FFFFFF", 1.5, 0.14)
    paper.lay(out, 2)
    hang = Sheet().put(lantern(RED, pal.glow, 6), x - side * 34 * k, eave + 62 * k, 0.62 * k)
    paper.lay(hang, 1)


def _string(paper: Paper, vx: float, t: float, rng: random.Random) -> None:
    """Hang a rope of lanterns across the street at depth t (0 far, 1 near)."""
    pal, w = paper.pal, paper.w
    k, y = 0.22 + 0.5 * t, 540 - 390 * t
    half = 110 + (w / 2 - 150) * t**1.1
    sag, n = 60 + 60 * t, 5 + rng.choice((0, 1, 2))
    rope = [
        (vx + half * (2 * i / 16 - 1), y + sag * (1 - (2 * i / 16 - 1) ** 2)) for i in range(17)
    ]
    out, kind = Sheet().line(spline(rope), mix(pal.glow, pal.near, 0.35), 2.2), rng.randrange(3)
    for i in range(n):
        u = 2 * (i + 0.5) / n - 1
        tone = RED if (i % 2 == 0) else mix(pal.glow, RED, 0.35)
        out.put(lantern(tone, pal.glow, 4), vx + half * u, y + sag * (1 - u * u) + 38 * k, k, 1)
        if kind == 1:
            break
    if kind == 1:
        for i in range(1, n):
            u = 2 * (i + 0.5) / n - 1
            out.put(lantern(RED, pal.glow, 4, 1), vx + half * u, y + sag * (1 - u * u) + 42 * k, k)
    paper.lay(out, 1)


def moon_gate(paper: Paper) -> str:
    """Draw a garden seen through the round gate of a pale wall."""
    rng, pal, w = paper.rng, paper.pal, paper.w
    gx, r = w * rng.choice((0.36, 0.5, 0.64)), rng.uniform(318, 340)
    gy = 520.0
    sky(paper, gx, 380)
    sun(paper, gx + rng.choice((-1, 1)) * rng.uniform(70, 140), gy - rng.uniform(150, 190), 50, 2)
    hills(paper, gy + 30, 3, 110)
    spots = [(gx + u, gy + 64.0) for u in range(-300, 301, 66)]
    paper.lay(grove(rng, pal, spots, 0.62), 1)
    ground(paper, gy + 52, pal.hills[3], 1, 6)
    px = gx + rng.choice((-1, 1)) * rng.uniform(90, 150)
    huts = Sheet()
    for i in range(3):
        x = gx - (px - gx) * (0.1 + 0.72 * i)
        huts.put(house(pal, 90, rng.choice((1, 1, 2))), x, gy + 72, 0.8)
    paper.lay(huts, 1)
    ground(paper, gy + 70, mix(pal.hills[3], pal.bank, 0.5), 1, 3)
    water(paper, gy + 84)
    if rng.random() < 0.5:
        piece, name = pavilion(pal, 220), "水榭"
    else:
        piece, name = pagoda(pal, 96, 300, 7), "宝塔"
    reflect(paper, moved(piece.silhouette(), px, gy + 98), gy + 104, pal.roof, 90)
    paper.lay(Sheet().put(piece, px, gy + 98), 2)
    paper.note(name, "几间小屋")
    flock(paper, gx, gy - 150, rng.choice((2, 3)), 0.5)
    _garden_wall(paper, gx, gy, r)
    cane = mix(pal.green, pal.near, 0.3)
    side = -1 if gx > w / 2 else 1 if gx < w / 2 else rng.choice((-1, 1))
    for _ in range(5):
        x = w * (0.5 + side * rng.uniform(0.3, 0.47))
        paper.lay(Sheet().put(bamboo(rng, rng.uniform(420, 640), cane), x, 890), 1)
    paper.note("几竿翠竹")
    if rng.random() < 0.6:
        overhang(paper, rng.choice(("plum", "maple", "pine")), side < 0)
    return "隔着粉墙，从月洞门望见园中的水面"


def _garden_wall(paper: Paper, x: float, y: float, r: float) -> None:
    """Lay the wall with the round gate, its tile cap, a fretted window and the path."""
    rng, pal, w = paper.rng, paper.pal, paper.w
    face = mix(pal.wall, "#FFFFFF", 0.25) if not pal.night else mix(pal.wall, pal.hills[2], 0.4)
    tone = mix(pal.roof, pal.hills[4], 0.15)
    windows = [u for u in (0.1, 0.5, 0.9) if abs(w * u - x) > r + 130]
    sides = rng.choice((4, 6, 8, 24))
    holes = "".join(_window(w * u, y - 60, 88, sides) for u in windows)
    paper.lay(Sheet().cut(ellipse(x, y, r + 30) + ellipse(x, y, r), tone, 0.4), 2)
    paper.lay(
        Sheet().cut(rect(-60, 120, w + 120, 860) + ellipse(x, y, r + 14) + holes, face, 0.4), 3
    )
    for u in windows:
        frame = Sheet().line(_window(w * u, y - 60, 88, sides), tone, 9)
        bars = ""
        for v in (-40, 0, 40):
            half = _half_bar(88, sides, v)
            bars += segment((w * u - half, y - 60 + v), (w * u + half, y - 60 + v))
            bars += segment((w * u + v, y - 60 - half), (w * u + v, y - 60 + half))
        paper.lay(frame.line(bars, tone, 5), 0)
    cap = Sheet().cut(rect(-60, 104, w + 120, 30), mix(tone, pal.near, 0.4))
    crest = spline([(-60.0, 60.0), (w * 0.25, 54), (w * 0.5, 58), (w * 0.75, 53), (w + 60, 60)])
    cap.cut(crest + f"L{w + 60:.0f} 116L-60 116Z", tone, 0.3)
    n = int(w / 26)
    cap.line(
        "".join(segment((i * 26, 60), (i * 26, 112)) for i in range(n + 1)), "#FFFFFF", 1.8, 0.2
    )
    cap.mark("".join(ellipse(i * 26, 118, 8) for i in range(n + 1)), mix(tone, "#FFFFFF", 0.22))
    paper.lay(cap, 2)
    floor = mix(pal.hills[1], pal.wall, 0.3)
    paper.lay(Sheet().cut(rect(-60, y + r - 18, w + 120, 300), floor, 0.3), 2)
    stones = Sheet()
    for i in range(4):
        t = i / 3
        stones.cut(
            ellipse(x + rng.uniform(-30, 30), y + r + 8 + 68 * t, 56 + 50 * t, 9 + 9 * t),
            mix(floor, tone, 0.3),
            0.3,
        )
    paper.lay(stones, 1)


def _window(x: float, y: float, r: float, sides: int) -> str:
    """Return a wall window with 4 (a lozenge), 6, 8 or many sides."""
    turn = math.pi / sides if sides in (6, 8) else 0
    angles = [math.tau * i / sides + turn for i in range(sides)]
    return poly(*((x + math.cos(a) * r, y + math.sin(a) * r) for a in angles))


def _half_bar(r: float, sides: int, v: float) -> float:
    """Return half the length of a bar v off the middle of such a window."""
    if sides == 4:
        return r - abs(v)
    return math.sqrt(max(0.0, (r * 0.92) ** 2 - v * v))

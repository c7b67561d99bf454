"""Motifs on the water: bridge, canal, rainbow, lotus pond."""

from .birds import flock, wader
from .buildings import pagoda, pavilion, row, tower
from .craft import barge, bridge, junk, long_bridge, ripple_foot, sampan
from .foreground import lotus_bed, overhang, reed_bed, shore
from .geometry import moved, path, rect, segment
from .land import clouds, ground, hills, quay, reflect, sky, sky_and_sun, water
from .palette import mix
from .paper import Paper
from .plants import grove, reeds
from .sheet import Sheet


def town(paper: Paper, y: float, spans: list[tuple[float, float]], size: float = 1.0) -> None:
    """Lay rows of houses with trees behind them along a far bank."""
    rng, pal = paper.rng, paper.pal
    houses, spots = Sheet(), []
    for left, right in spans:
        part, gaps = row(rng, pal, y, left, right, size)
        houses.put(part)
        spots += [(x, y) for x in gaps]
    paper.lay(grove(rng, pal, spots, 0.72 * size), 1)
    paper.lay(houses, 2)
    paper.note("岸上的屋舍和树")


def boats(paper: Paper, spots: list[tuple[float, float, float]]) -> None:
    """Float sailing boats or awning boats at (x, y, size)."""
    rng, pal = paper.rng, paper.pal
    sails = awnings = 0
    for x, y, k in spots:
        hull = mix(pal.roof, pal.near, min(1.0, k))
        if rng.random() < 0.55:
            piece, sails = junk(hull, pal.sail, pal.wood), sails + 1
        else:
            piece, awnings = sampan(hull, mix(pal.roof, pal.hills[3], 0.4)), awnings + 1
        out = Sheet().put(ripple_foot(200, pal.deep)).put(piece)
        paper.lay(Sheet().put(out, x, y, k, rng.choice((-1, 1))), 1 if k < 0.6 else 2)
    paper.note("帆船" if sails else "", "乌篷船" if awnings else "")


def arched_bridge(paper: Paper) -> str:
    """Draw a humped stone bridge with a pagoda on one bank."""
    rng, pal, w = paper.rng, paper.pal, paper.w
    side = rng.choice((-1, 1))
    cx = w * (0.5 + side * rng.uniform(0.02, 0.15))
    light, _ = sky_and_sun(paper, 350, 88, (0.5 - side * 0.3 - 0.14, 0.5 - side * 0.3 + 0.14))
    clouds(paper, 90, 330)
    hills(paper, 592, rng.choice((3, 4)))
    span = rng.uniform(540, 680)
    px = w * (0.5 - side * rng.uniform(0.3, 0.38))
    town(paper, 640, [(-60, cx - span * 0.42), (cx + span * 0.42, w + 40)])
    tiers = rng.choice((5, 7, 7, 9))
    paper.lay(Sheet().put(pagoda(pal, rng.uniform(112, 138), 90 + tiers * 29, tiers), px, 640), 2)
    ground(paper, 638, pal.bank, 2, 5)
    water(paper, 656, light)
    three = rng.random() < 0.6
    stone = bridge(span, span * 0.185, span * 0.14, span * 0.066 if three else 0, pal.stone)
    reflect(paper, moved(stone.silhouette(), cx, 674), 678, pal.stone)
    quay(paper, 674, cx - span / 2 + 6, cx + span / 2 - 6, mix(pal.stone, pal.hills[4], 0.5))
    paper.lay(Sheet().put(stone, cx, 674), 2)
    boats(paper, [(w * (0.5 + side * 0.33), 772, 0.95), (w * (0.5 - side * 0.18), 806, 0.85)])
    flock(paper, w * (0.5 + side * 0.05), 215)
    line = shore(paper)
    if rng.random() < 0.5:
        reed_bed(paper, line)
    else:
        base = w * (0.1 if side < 0 else 0.72)
        lotus_bed(paper, 868, [base + i * 105 for i in range(4)], 140)
    overhang(paper, None, side > 0)
    arches = "三孔" if three else "单孔"
    tier_word = {5: "五", 7: "七", 9: "九"}[tiers]
    return f"{arches}石拱桥横跨河面，岸边立着{tier_word}层宝塔"


def canal(paper: Paper) -> str:
    """Draw a lock on the grand canal: gate towers, closed gates, a train of barges."""
    rng, pal, w = paper.rng, paper.pal, paper.w
    side = rng.choice((-1, 1))
    gx = w * (0.5 + side * rng.uniform(0.1, 0.24))
    light, _ = sky_and_sun(paper, 300, 74, (gx / w - 0.2, gx / w + 0.2))
    clouds(paper, 80, 260)
    ground(paper, 520, pal.hills[0], 1, 34)
    ground(paper, 548, pal.hills[1], 1, 22)
    spots = [(x + rng.uniform(-20, 20), 566.0) for x in range(-20, int(w) + 60, 62)]
    paper.lay(grove(rng, pal, spots, 0.62, "poplar"), 1)
    ground(paper, 560, pal.hills[3], 2, 6)
    water(paper, 596, light)
    _lock(paper, gx, 640, side)
    n = rng.choice((2, 3))
    loads = rng.sample(["coal", "crates", "hay"], 3)
    middle = w * (0.5 - side * (0.16 if n == 2 else 0.02))
    for i in range(n):
        length = rng.uniform(320, 370)
        piece = barge(rng, pal, length, loads[i], i == 0)
        x = middle + (i - (n - 1) / 2) * 446 * side
        out = Sheet().put(ripple_foot(length * 1.06, pal.deep)).put(piece)
        paper.lay(Sheet().put(out, x, 736 + i * 28, 0.96 + i * 0.07, side), 2)
    flock(paper, w * (0.5 - side * 0.2), 200)
    line = shore(paper, 880)
    reed_bed(paper, line, 150)
    if rng.random() < 0.6:
        overhang(paper, "willow", side < 0)
    paper.note("一排杨树")
    return f"运河船闸前，{ {2: '两', 3: '三'}[n] }艘货船首尾相随"


def _lock(paper: Paper, x: float, y: float, side: int) -> None:
    """Lay a lock: two stone piers with gate houses, a pair of gates and the sill between."""
    pal = paper.pal
    stone = mix(pal.stone, pal.hills[3], 0.25)
    half, pier = 150.0, 96.0
    out = Sheet()
    lintel = rect(x - half - pier + 8, y - 196, 2 * (half + pier) - 16, 26)
    out.cut(lintel, mix(stone, pal.roof, 0.3), 0.2)
    for i in range(13):
        px = x - half - pier + 24 + i * (2 * (half + pier) - 48) / 12
        out.mark(rect(px - 2.4, y - 220, 4.8, 26), stone)
    out.line(segment((x - half - pier + 14, y - 216), (x + half + pier - 14, y - 216)), stone, 4)
    for s in (-1, 1):
        inner = x + s * 4
        outer = x + s * half
        gate = path(
            "M",
            (inner, y - 104),
            "L",
            (outer, y - 118),
            "L",
            (outer, y + 10),
            "L",
            (inner, y + 22),
            "Z",
        )
        out.cut(gate, pal.wood, 0.25)
        for i in range(1, 5):
            u = inner + (outer - inner) * i / 5
            out.line(segment((u, y - 104), (u, y + 14)), pal.roof, 2, 0.45)
        for v in (-78, -26):
            out.line(segment((inner, y + v + 4), (outer, y + v - 4)), pal.roof, 6, 0.7)
        px = x + s * (half + pier / 2)
        block = rect(px - pier / 2, y - 172, pier, 200)
        out.cut(block, stone, 0.25)
        rows = "".join(
            segment((px - pier / 2, y - 172 + 28 * i), (px + pier / 2, y - 172 + 28 * i))
            for i in range(1, 7)
        )
        out.line(rows, "#FFFFFF", 1.5, 0.18)
        out.put(pavilion(pal, 150), px, y - 194)
    for s in (-1, 1):
        far = -60 if s < 0 else paper.w + 60
        edge = x + s * (half + pier)
        wall = rect(min(far, edge), y - 60, abs(edge - far), 74)
        out.cut(wall, mix(pal.bank, stone, 0.35), 0.2)
        for i in (1, 2):
            out.line(segment((far, y - 60 + 22 * i), (edge, y - 60 + 22 * i)), "#FFFFFF", 1.5, 0.14)
    reflect(paper, out.silhouette(), y + 12, stone, 80)
    paper.lay(out, 2)
    paper.note("木闸门和闸楼")


def rainbow(paper: Paper) -> str:
    """Draw a rainbow over a level bridge with many arches."""
    rng, pal, w = paper.rng, paper.pal, paper.w
    cx = w * rng.uniform(0.36, 0.64)
    sky(paper, cx, 500)
    clouds(paper, 80, 230)
    band, r = rng.uniform(19, 26), rng.uniform(430, 520)
    tones = ("#C4473C", "#DB8552", "#E5B768", "#A9B67C", "#6FA093", "#6388A8", "#7F7699")
    for i, tone in enumerate(tones):
        tone = mix(tone, pal.light, 0.16)
        outer, inner = r - i * band, r - (i + 1) * band - 1
        arc = _half_ring(cx, 640, outer, inner)
        paper.lay(Sheet().cut(arc, tone, 0.4), 1)
    hills(paper, 620, 3, 110)
    town(paper, 648, [(-60, w * 0.16), (w * 0.86, w + 40)], 0.9)
    lead_tower = rng.random() < 0.5
    if lead_tower:
        at = w * rng.choice((0.1, 0.9))
        paper.lay(Sheet().put(tower(pal, 190), at, 650), 2)
        paper.note("一座城楼")
    ground(paper, 646, pal.bank, 2, 5)
    water(paper, 662)
    n = rng.choice((5, 7, 9))
    stone = long_bridge(w * 0.12, w * 0.88, n, 44, pal.stone, rng.uniform(40, 84))
    reflect(paper, moved(stone.silhouette(), 0, 690), 696, pal.stone, 100)
    quay(paper, 690, w * 0.12 + 8, w * 0.88 - 8, mix(pal.stone, pal.hills[4], 0.5), 42)
    paper.lay(Sheet().put(stone, 0, 690), 2)
    boats(paper, [(w * rng.uniform(0.2, 0.42), 790, 0.9), (w * rng.uniform(0.6, 0.8), 772, 0.7)])
    flock(paper, cx, 420, rng.choice((2, 3, 5)), 0.9)
    line = shore(paper)
    if rng.random() < 0.5:
        lotus_bed(paper, 872, [40 + i * 110 for i in range(3)] + [w - 260, w - 120], 160)
    else:
        reed_bed(paper, line)
    return f"雨后彩虹跨过{ {5: '五', 7: '七', 9: '九'}[n] }孔长桥"


def _half_ring(x: float, y: float, outer: float, inner: float) -> str:
    """Return the upper half of a ring."""
    k = 0.5523
    return path(
        "M", (x - outer, y), "C", (x - outer, y - outer * k), (x - outer * k, y - outer),
        (x, y - outer), "C", (x + outer * k, y - outer), (x + outer, y - outer * k),
        (x + outer, y), "L", (x + inner, y),
        "C", (x + inner, y - inner * k), (x + inner * k, y - inner), (x, y - inner),
        "C", (x - inner * k, y - inner), (x - inner, y - inner * k), (x - inner, y), "Z",
    )  # fmt: skip


def lotus_pond(paper: Paper) -> str:
    """Draw cranes that stand in a lotus pond before a pavilion."""
    rng, pal, w = paper.rng, paper.pal, paper.w
    side = rng.choice((-1, 1))
    light, _ = sky_and_sun(paper, 250, 78, (0.5 + side * 0.28 - 0.15, 0.5 + side * 0.28 + 0.15))
    clouds(paper, 70, 260)
    hills(paper, 470, 3, 130)
    ground(paper, 486, pal.hills[3], 2, 10)
    spots = [(w * (0.5 + side * u), 512.0) for u in (0.44, 0.38, 0.12, 0.06, -0.3, -0.38)]
    paper.lay(grove(rng, pal, spots, 0.8), 1)
    ground(paper, 508, pal.bank, 2, 4)
    water(paper, 522, light)
    house = pavilion(pal, rng.uniform(190, 250))
    px = w * (0.5 + side * rng.uniform(0.22, 0.32))
    reflect(paper, moved(house.silhouette(), px, 540), 546, pal.roof, 90)
    walk = long_bridge(px - 330 if side > 0 else px, px if side > 0 else px + 330, 7, 22, pal.stone)
    paper.lay(Sheet().put(walk, 0, 542), 1)
    paper.lay(Sheet().put(house, px, 540), 2)
    lotus_bed(paper, 600, [rng.uniform(0, w) for _ in range(7)], 84, 4)
    lotus_bed(paper, 690, [w * (0.5 - side * u) for u in (-0.44, -0.3, 0.02, 0.4)], 130, 3)
    cranes = rng.choice((2, 3))
    for i in range(cranes):
        k = rng.uniform(0.95, 1.2)
        x = w * (0.5 - side * (0.12 + 0.13 * i)) + rng.uniform(-20, 20)
        bird = wader(pal.near, i == 1)
        foot = Sheet().put(ripple_foot(90, pal.deep), 0, -14).put(bird)
        paper.lay(Sheet().put(foot, x, 742 + 26 * (i % 2), k, rng.choice((-1, 1))), 2)
    lotus_bed(paper, 862, [w * u for u in (0.02, 0.15, 0.27, 0.5, 0.74, 0.86, 0.98)], 215, 4)
    tone = mix(pal.near, pal.green, 0.25)
    paper.lay(reeds(rng, w * (0.5 + side * 0.44), 905, 14, 230, 90, tone), 2)
    if rng.random() < 0.5:
        overhang(paper, None, side < 0)
    paper.note("曲桥和水亭")
    return f"{ {2: '两', 3: '三'}[cranes] }只鹤立在荷塘浅水里"

"""Motifs in the country: orchard, railway, stele hall."""

from .birds import flock
from .buildings import house, pagoda, roof, tiles
from .craft import long_bridge, train
from .foreground import overhang, reed_bed, shore
from .geometry import Point, arch, ellipse, path, rect, segment, spline
from .land import clouds, ground, hill, hills, reflect, ridge, sky_and_sun, water
from .palette import mix
from .paper import Paper
from .plants import fruit, grove, leafy
from .sheet import Sheet

FRUITS = (("柿子", "#D9692F"), ("石榴", "#C4332F"), ("梨", "#E3C46A"), ("桃", "#DE8A7A"))


def orchard(paper: Paper) -> str:
    """Draw fruit trees on terraces, a ladder and baskets."""
    rng, pal, w = paper.rng, paper.pal, paper.w
    name, tone = rng.choice(FRUITS)
    sky_and_sun(paper, 260, 88)
    clouds(paper, 70, 280)
    hills(paper, 480, 3, 170)
    side = rng.choice((-1, 1))
    for i in range(4):
        y = 500 + i * 76 + rng.uniform(-8, 8)
        line = ridge(paper, y, 40 - 5 * i, 2, 0.1)
        land = mix(pal.hills[2 + (i > 1)], pal.green, 0.25 + 0.14 * i)
        spots: list[Point] = []
        x = rng.uniform(-30, 40)
        while x < w + 30:
            spots.append((x, line(x) + 12))
            x += (58 + 24 * i) * rng.uniform(0.9, 1.2)
        paper.lay(_fruit_row(paper, spots, 0.34 + 0.15 * i, tone), 1)
        hill(paper, line, land, 2, 2)
        if i == 1:
            huts = Sheet()
            for j in range(rng.choice((2, 3))):
                x = w * (0.5 + side * 0.24) + j * 118 - 100
                huts.put(house(pal, rng.uniform(96, 122)), x, line(x) + 14)
            paper.lay(huts, 2)
    flock(paper, w * (0.5 - side * 0.2), 200)
    ground(paper, 812, mix(pal.near, pal.green, 0.22), 3, 16)
    tx = w * (0.5 - side * rng.uniform(0.26, 0.34))
    paper.lay(_fallen(paper, tone), 0)
    paper.lay(_fruit_tree(paper, tx, 846, tone), 2)
    paper.lay(_ladder(paper, tx + side * 128, 862, side), 1)
    paper.lay(_baskets(paper, w * (0.5 + side * rng.uniform(0.0, 0.1)), 868, tone), 2)
    paper.note("层层梯田", "山坡上的小屋", "一架木梯", "盛满果子的竹筐")
    return f"山坡果园里，{name}挂满枝头"


def _fruit_row(paper: Paper, spots: list[Point], k: float, tone: str) -> Sheet:
    """Return a row of round fruit trees."""
    rng, pal, out = paper.rng, paper.pal, Sheet()
    for x, y in spots:
        size = k * rng.uniform(0.88, 1.1)
        out.put(
            leafy(mix(pal.green, pal.hills[3], rng.uniform(0, 0.55)), pal.roof, "round"), x, y, size
        )
        dots = "".join(
            ellipse(x + rng.uniform(-46, 46) * size, y - rng.uniform(72, 150) * size, 7 * size)
            for _ in range(7)
        )
        out.mark(dots, tone)
    return out


def _fallen(paper: Paper, tone: str) -> Sheet:
    """Return fruit that fell on the ground in front."""
    rng, out = paper.rng, Sheet()
    for _ in range(9):
        out.cut(ellipse(rng.uniform(0, paper.w), rng.uniform(846, 884), 9, 8), tone, 0.2)
    return out


def _fruit_tree(paper: Paper, x: float, y: float, tone: str) -> Sheet:
    """Return the near tree: forked trunk, clumps of leaf and hanging fruit."""
    rng, pal, out = paper.rng, paper.pal, Sheet()
    bark = mix(pal.near, pal.wood, 0.35)
    for tip, bend in ((-150, -40), (-40, -10), (70, 20), (160, 50)):
        left = [(x - 24, y), (x - 12 + bend * 0.3, y - 130), (x + tip - 5, y - 300)]
        right = [(x + 24, y), (x + 14 + bend * 0.3, y - 120), (x + tip + 5, y - 296)]
        out.cut(f"{spline(left)}L{spline(right[::-1])[1:]}Z", bark)
    clumps = [
        (-170, -290, 92),
        (-66, -350, 112),
        (60, -356, 108),
        (170, -296, 96),
        (0, -268, 104),
        (-110, -236, 70),
        (112, -238, 72),
    ]
    for i, (dx, dy, r) in enumerate(clumps):
        leaf_tone = mix(pal.green, pal.near, 0.1 + 0.1 * (i % 3))
        out.cut(ellipse(x + dx, y + dy, r, r * 0.78), leaf_tone, 0.2)
        curve = [
            (x + dx - r * 0.6, y + dy),
            (x + dx - r * 0.2, y + dy - r * 0.4),
            (x + dx + r * 0.4, y + dy - r * 0.36),
        ]
        out.line(spline(curve), "#FFFFFF", 2.4, 0.22)
    for _ in range(22):
        dx, dy, r = rng.choice(clumps)
        fx, fy = x + dx + rng.uniform(-0.75, 0.75) * r, y + dy + rng.uniform(-0.4, 0.6) * r
        out.put(fruit(rng, tone, 13), fx, fy, rng.uniform(0.8, 1.15))
    return out


def _ladder(paper: Paper, x: float, y: float, side: int) -> Sheet:
    """Return a ladder leaning against the near tree."""
    pal, out = paper.pal, Sheet()
    tone, lean = mix(pal.wood, pal.sail, 0.35), -side * 74
    for dx in (-17, 17):
        out.line(segment((x + dx, y), (x + dx * 0.8 + lean, y - 300)), tone, 7)
    for i in range(1, 10):
        u = i / 10
        out.line(
            segment((x - 17 + lean * u, y - 300 * u), (x + 17 + lean * u, y - 300 * u)), tone, 4.6
        )
    return out


def _baskets(paper: Paper, x: float, y: float, tone: str) -> Sheet:
    """Return two baskets heaped with fruit."""
    rng, pal, out = paper.rng, paper.pal, Sheet()
    straw = mix(pal.wood, pal.sail, 0.55)
    for i, k in enumerate((1.0, 0.78)):
        bx, r = x + i * 150, 66 * k
        for dx, dy in ((-0.6, 0), (0, 0), (0.6, 0), (-0.3, -0.32), (0.3, -0.32), (0, -0.6)):
            ball = (bx + dx * r, y - r * 1.16 + dy * r)
            out.cut(ellipse(*ball, r * 0.34), mix(tone, "#FFFFFF", rng.uniform(0, 0.16)), 0.25)
        body = path("M", (bx - r, y - r * 1.1), "L", (bx + r, y - r * 1.1), "Q",
                    (bx + r * 0.95, y), (bx + r * 0.62, y), "L", (bx - r * 0.62, y), "Q",
                    (bx - r * 0.95, y), (bx - r, y - r * 1.1), "Z")  # fmt: skip
        out.cut(body, straw, 0.3)
        weave = "".join(
            segment((bx - r * 0.92, y - r * v), (bx + r * 0.92, y - r * v))
            for v in (0.85, 0.6, 0.35)
        )
        weave += "".join(
            segment((bx + r * u, y - r * 1.08), (bx + r * u * 0.7, y - 3))
            for u in (-0.6, -0.3, 0, 0.3, 0.6)
        )
        out.line(weave, pal.roof, 1.8, 0.4)
    return out


def railway(paper: Paper) -> str:
    """Draw a fast train on a viaduct between hills, a village below."""
    rng, pal, w = paper.rng, paper.pal, paper.w
    light, _ = sky_and_sun(paper, 240, 88)
    clouds(paper, 70, 260)
    hills(paper, 520, 4, 240)
    deck = rng.uniform(470, 520)
    y = 690.0
    n = rng.choice((7, 8, 9))
    ground(paper, y - 74, pal.hills[3], 1, 18)
    spots = [(x + rng.uniform(-24, 24), y - 46) for x in range(0, int(w), 92)]
    paper.lay(grove(rng, pal, spots, 0.6), 1)
    water(paper, y - 40, light)
    pier = long_bridge(-80, w + 80, n, y - deck, mix(pal.stone, pal.hills[3], 0.3))
    placed = Sheet().put(pier, 0, y - 20)
    reflect(paper, placed.silhouette(), y - 14, pal.stone, 110)
    flip = rng.choice((-1, 1))
    nose = w * (0.5 + flip * rng.uniform(0.18, 0.34))
    cars = Sheet().put(train(pal, rng.choice((4, 5, 6))), nose, deck - 20, 0.95, flip)
    paper.lay(cars, 1)
    wire = segment((-60, deck - 118), (w + 60, deck - 118))
    posts = "".join(segment((x, deck - 20), (x, deck - 130)) for x in range(40, int(w) + 60, 190))
    paper.lay(Sheet().line(wire, pal.roof, 1.4, 0.5).line(posts, pal.roof, 3, 0.75), 0)
    paper.lay(placed, 2)
    ground(paper, 792, pal.bank, 2, 22)
    _village(paper)
    flock(paper, w * (0.5 - flip * 0.2), 190)
    line = shore(paper, 888)
    if rng.random() < 0.5:
        reed_bed(paper, line, 100)
    else:
        overhang(paper)
    paper.note("高架桥和河水", "桥下的村庄")
    return "列车驶过山水间的高架桥"


def _village(paper: Paper) -> None:
    """Lay a village with trees in front of the viaduct."""
    rng, pal, w = paper.rng, paper.pal, paper.w
    start = w * rng.choice((0.04, 0.3, 0.5))
    out, trees = Sheet(), Sheet()
    x = start
    for _ in range(rng.choice((5, 6, 7))):
        wide = rng.uniform(100, 150)
        out.put(house(pal, wide, rng.choice((1, 1, 2))), x, 824 + rng.uniform(-6, 12))
        tone = mix(pal.green, pal.near, rng.uniform(0, 0.35))
        trees.put(leafy(tone, pal.roof, rng.choice(("round", "oval"))), x + wide * 0.55, 826, 0.7)
        x += wide * rng.uniform(0.95, 1.2)
    paper.lay(trees, 1)
    paper.lay(out, 2)


def stele(paper: Paper) -> str:
    """Draw stone steles before an open hall among old cypresses."""
    rng, pal, w = paper.rng, paper.pal, paper.w
    cx = w * rng.choice((0.36, 0.5, 0.64))
    sky_and_sun(paper, 230, 82, (cx / w - 0.2, cx / w + 0.2))
    clouds(paper, 70, 240)
    hills(paper, 560, 3, 190)
    if rng.random() < 0.5:
        at = w - cx if abs(cx - w / 2) > 20 else w * 0.16
        paper.lay(Sheet().put(pagoda(pal, 100, 280, 7), at, 600), 1)
        paper.note("远处的宝塔")
    ground(paper, 590, pal.hills[3], 1, 12)
    spots = [(x + rng.uniform(-26, 26), 640.0) for x in range(20, int(w), 118) if abs(x - cx) > 250]
    paper.lay(grove(rng, pal, spots, 1.1, "cypress"), 2)
    paper.lay(_open_hall(paper, cx, 690, rng.uniform(560, 660)), 2)
    ground(paper, 690, mix(pal.hills[1], pal.wall, 0.4), 1, 5)
    count = rng.choice((3, 4, 5))
    steles = Sheet()
    for i in range(count):
        x = cx + (i - (count - 1) / 2) * rng.uniform(205, 225)
        tall = rng.uniform(190, 250) if i != count // 2 else 290
        steles.put(_slab(paper, tall), x, 806 + 10 * (i % 2))
    paper.lay(steles, 3)
    tone = mix(pal.near, pal.green, 0.3)
    near = Sheet()
    for u in (0.03, 0.96) if rng.random() < 0.6 else (0.05,):
        near.put(leafy(tone, pal.near, "cypress"), w * u, 890, 2.6)
    paper.lay(near, 3)
    ground(paper, 868, pal.near, 3, 10)
    flock(paper, w - cx, 190)
    paper.note("敞开的碑廊", "古柏")
    return f"{ {3: '三', 4: '四', 5: '五'}[count] }通石碑立在庭院里"


def _open_hall(paper: Paper, x: float, y: float, wide: float) -> Sheet:
    """Return a hall without front wall: columns, dark depth, one long roof."""
    pal, out, tall = paper.pal, Sheet(), 150.0
    out.cut(rect(x - wide * 0.46, y - tall, wide * 0.92, tall), mix(pal.roof, pal.hills[3], 0.35))
    out.mark(rect(x - wide * 0.46, y - tall, wide * 0.92, 26), mix(pal.wood, pal.roof, 0.3))
    n = 7
    for i in range(n):
        px = x - wide * 0.45 + i * wide * 0.9 / (n - 1)
        out.cut(rect(px - 7, y - tall, 14, tall), pal.wood, 0.2)
    d = roof(x, y - tall, wide * 1.08, 140, 0.66, 0.08, 0.24)
    out.cut(d, pal.roof).line(tiles(x, y - tall, wide * 1.08, 140, 0.66), "#FFFFFF", 2, 0.15)
    out.line(d, "#FFFFFF", 1.5, 0.26)
    return out.cut(
        rect(x - wide * 0.52, y - 8, wide * 1.04, 22), mix(pal.wall, pal.hills[2], 0.45), 0.3
    )


def _slab(paper: Paper, tall: float) -> Sheet:
    """Return one stele: plinth, shaft with fine vertical grooves, curled head."""
    pal, out = paper.pal, Sheet()
    stone = mix(pal.hills[1], pal.wall, paper.rng.uniform(0.25, 0.5))
    half = tall * 0.21
    out.cut(rect(-half * 1.35, -34, half * 2.7, 40), mix(stone, pal.hills[3], 0.45), 0.3)
    out.cut(rect(-half * 1.1, -54, half * 2.2, 22), mix(stone, pal.hills[3], 0.3), 0.3)
    out.cut(arch(0, -52, half, tall - half * 0.9, 0.85), stone, 0.4)
    grooves = "".join(
        segment((u * half, -74), (u * half, -tall * 0.78))
        for u in (-0.66, -0.44, -0.22, 0, 0.22, 0.44, 0.66)
    )
    out.line(grooves, pal.hills[3], 1.7, 0.45)
    top = -52 - (tall - half * 0.9)
    for s in (-1, 1):
        curl = [
            (s * half * 0.84, top + 26),
            (s * half * 0.8, top - half * 0.3),
            (s * half * 0.36, top - half * 0.62),
            (s * half * 0.1, top - half * 0.3),
            (s * half * 0.46, top - half * 0.02),
        ]
        out.line(spline(curl), pal.hills[3], 3, 0.6)
    return out

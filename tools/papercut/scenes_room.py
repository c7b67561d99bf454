"""Motifs indoors: library, classroom window, printing workshop."""

from .birds import flock
from .buildings import pagoda, school
from .furniture import book_row, globe, lamp, open_book, pot_plant, stack, stationery
from .geometry import ellipse, path, rect, segment
from .land import clouds, ground, hills, sky, sun, water
from .palette import mix
from .paper import Paper
from .plants import grove
from .sheet import Sheet


def library(paper: Paper) -> str:
    """Draw walls of books around a round window."""
    rng, pal, w = paper.rng, paper.pal, paper.w
    cx, cy, r = w * rng.choice((0.32, 0.5, 0.68)), 360.0, rng.uniform(205, 240)
    sky(paper, cx, cy)
    sun(paper, cx + rng.uniform(-80, 80), cy - rng.uniform(20, 70), rng.uniform(44, 58), 2)
    hills(paper, cy + 110, 3, 120)
    if rng.random() < 0.5:
        paper.lay(Sheet().put(pagoda(pal, 66, 210, 7), cx + rng.choice((-90, 90)), cy + 140), 1)
        paper.note("窗外的宝塔")
    water(paper, cy + 136)
    back = mix(pal.hills[2], pal.wall, 0.45)
    wall = rect(-60, -60, w + 120, 1080)
    wood = mix(pal.wood, pal.roof, 0.25)
    paper.lay(Sheet().cut(wall + ellipse(cx, cy, r), back, 0.4), 3)
    frame = Sheet().cut(ellipse(cx, cy, r + 22) + ellipse(cx, cy, r - 2), wood, 0.35)
    h = r * 0.9
    bars = "".join(
        segment((cx + d, cy - h), (cx + d, cy + h)) + segment((cx - h, cy + d), (cx + h, cy + d))
        for d in (-r * 0.42, r * 0.42)
    )
    paper.lay(frame.line(bars, wood, 7), 2)
    for left, right in ((-70.0, cx - r - 70), (cx + r + 70, w + 70)):
        _bookcase(paper, left, right, wood)
    low = Sheet().cut(rect(cx - r - 70, cy + r + 60, 2 * r + 140, 300), mix(wood, pal.roof, 0.35))
    for y in (cy + r + 78, cy + r + 196):
        x = cx - r - 52
        low.put(book_row(rng, pal, 2 * r + 104, 88), x, y + 96)
        low.cut(rect(cx - r - 70, y + 96, 2 * r + 140, 14), wood, 0.25)
    low.cut(rect(cx - r - 84, cy + r + 52, 2 * r + 168, 20), wood, 0.3)
    paper.lay(low, 2)
    top = Sheet().put(pot_plant(rng, pal), cx - r * 0.6, cy + r + 52, 0.62)
    top.put(globe(pal), cx + r * 0.62, cy + r + 52, 0.62)
    paper.lay(top, 1)
    _desk(paper, 822)
    paper.note("圆窗外的山水", "地球仪和盆栽")
    return "书架环绕着一扇圆窗"


def _bookcase(paper: Paper, left: float, right: float, wood: str) -> None:
    """Lay one bookcase with five shelves between two x."""
    rng, pal = paper.rng, paper.pal
    if right - left < 90:
        return
    dark = mix(pal.roof, pal.near, 0.35)
    paper.lay(Sheet().cut(rect(left, -60, right - left, 1000), dark), 3)
    bays = max(1, round((right - left) / 280))
    bay = (right - left) / bays
    shelves = (118, 286, 454, 622, 790)
    books, boards = Sheet(), Sheet()
    for i in range(bays):
        for y in shelves:
            books.put(book_row(rng, pal, bay - 44, 132), left + i * bay + 22, y)
    for y in shelves:
        boards.cut(rect(left, y, right - left, 16), wood, 0.28)
    for i in range(bays + 1):
        boards.cut(rect(left + i * bay - 10, -60, 20, 1000), wood, 0.28)
    paper.lay(books, 1)
    paper.lay(boards, 2)
    paper.note("满架的书")


def _desk(paper: Paper, y: float) -> None:
    """Lay the near reading table with a lamp, a book left open and a stack of books."""
    rng, pal, w = paper.rng, paper.pal, paper.w
    tone = mix(pal.near, pal.wood, 0.18)
    side = rng.choice((-1, 1))
    things = Sheet().put(lamp(pal), w * (0.5 - side * 0.3), y + 4, 1.15, side)
    things.put(stack(rng, pal, 4), w * (0.5 + side * 0.3), y + 2, 1.15)
    things.put(open_book(pal), w * (0.5 - side * 0.02), y + 4, 1.25)
    paper.lay(Sheet().cut(rect(-60, y, w + 120, 160), tone, 0.3), 3)
    paper.lay(things, 2)
    paper.note("长桌上的台灯和翻开的书")


def classroom(paper: Paper) -> str:
    """Draw the school yard seen through a classroom window."""
    rng, pal, w = paper.rng, paper.pal, paper.w
    sky(paper, w * 0.5, 320)
    x = w * rng.choice((0.2, 0.36, 0.64, 0.8))
    sun(paper, x, rng.uniform(200, 280), rng.uniform(56, 78))
    clouds(paper, 100, 260)
    hills(paper, 480, 3, 130)
    at = w * rng.choice((0.3, 0.5, 0.7))
    paper.lay(Sheet().put(school(pal, 470), at, 560), 1)
    spots = [(u + rng.uniform(-30, 30), 590.0) for u in range(30, int(w), 120) if abs(u - at) > 270]
    paper.lay(grove(rng, pal, spots, 1.05), 2)
    ground(paper, 570, mix(pal.hills[2], pal.green, 0.35), 1, 5)
    track = Sheet()
    for i, tone in enumerate(
        (mix(pal.bloom, pal.hills[1], 0.45), mix(pal.hills[1], pal.green, 0.4))
    ):
        track.cut(ellipse(w * 0.5, 690, 560 - 130 * i, 86 - 26 * i), tone, 0.4)
    paper.lay(track, 0)
    flock(paper, w - x, 190)
    _window_frame(paper)
    paper.note("窗外的校舍、操场和树")
    return "从教室的窗口望出去"


def _window_frame(paper: Paper) -> None:
    """Lay the wall around the window, the bars, the curtain and the sill with its things."""
    rng, pal, w = paper.rng, paper.pal, paper.w
    wood, face = mix(pal.wood, pal.roof, 0.2), mix(pal.wall, pal.hills[1], 0.35)
    left, right, top, sill = w * 0.085, w * 0.915, 76.0, 716.0
    panes = rng.choice((3, 4, 4))
    cell = (right - left) / panes
    arched = rng.random() < 0.5
    hole = rect(left, top, right - left, sill - top)
    if arched:
        hole = path(
            "M",
            (left, sill),
            "L",
            (left, top + 90),
            "Q",
            (w / 2, top - 70),
            (right, top + 90),
            "L",
            (right, sill),
            "Z",
        )
    paper.lay(Sheet().cut(rect(-60, -60, w + 120, 1080) + hole, face, 0.4), 3)
    bars = Sheet().line(hole, wood, 22)
    for i in range(1, panes):
        bars.cut(
            rect(left + i * cell - 9, top - (20 if arched else 0), 18, sill - top + 20), wood, 0.2
        )
    bars.cut(rect(left, top + 168, right - left, 12), wood, 0.2)
    paper.lay(bars, 2)
    for side in rng.choice(((-1,), (1,), (-1, 1))):
        paper.lay(_curtain(paper, side), 2)
        paper.note("窗帘")
    board = Sheet().cut(rect(w * 0.03, sill - 4, w * 0.94, 30), wood, 0.35)
    board.cut(rect(w * 0.045, sill + 26, w * 0.91, 12), mix(wood, pal.roof, 0.4))
    paper.lay(board, 3)
    order = [0.2, 0.36, 0.54, 0.68, 0.82]
    rng.shuffle(order)
    things = Sheet().put(pot_plant(rng, pal), w * order[0], sill - 4, 1.05)
    things.put(stack(rng, pal, rng.choice((3, 4, 5))), w * order[1], sill - 4, 1.1)
    things.put(stationery(rng, pal), w * order[2], sill - 4, 1.1)
    things.put(globe(pal), w * order[3], sill - 4, 0.95)
    paper.lay(things, 2)
    _desk_edge(paper)
    paper.note("窗台上的书、笔筒、盆栽和地球仪")


def _desk_edge(paper: Paper) -> None:
    """Lay a row of desks in front, each with an open book."""
    rng, pal, w = paper.rng, paper.pal, paper.w
    n = rng.choice((2, 3))
    for i in range(n):
        x = w * (i + 0.5) / n
        desk = Sheet().cut(rect(x - 210, 838, 420, 26), mix(pal.wood, pal.sail, 0.2), 0.35)
        desk.cut(rect(x - 196, 864, 392, 120), mix(pal.near, pal.wood, 0.22))
        desk.put(open_book(pal), x + rng.uniform(-60, 60), 840, 0.9)
        paper.lay(desk, 2)
    paper.note("课桌上摊开的书")


def _curtain(paper: Paper, side: int) -> Sheet:
    """Return a gathered curtain at one side of the window."""
    pal, w = paper.pal, paper.w
    tone = mix(pal.hills[2], pal.light, 0.3)
    edge = w * (0.06 if side < 0 else 0.94)

    def at(u: float, y: float) -> tuple[float, float]:
        return edge - side * u, y

    d = path("M", at(-30, 40), "L", at(190, 40), "C", at(180, 260), at(150, 400), at(54, 480), "C",
             at(96, 560), at(100, 640), at(104, 706), "L", at(-30, 706), "Z")  # fmt: skip
    out = Sheet().cut(d, tone, 0.4)
    for u in (30, 80, 130):
        fold = path("M", at(u, 40), "C", at(u, 260), at(u * 0.8, 400), at(20 + u * 0.2, 480))
        out.line(fold, "#FFFFFF", 2, 0.35)
    return out.cut(rect(min(at(-34, 0)[0], at(66, 0)[0]), 468, 100, 20), mix(tone, pal.roof, 0.5))

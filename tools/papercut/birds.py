"""Birds on the wing and standing."""

from .geometry import ellipse, shape
from .palette import PAPER, RED
from .paper import Paper
from .sheet import Sheet

FAR_WING = shape(
    "M40 -1C50 -22 62 -44 92 -66C88 -58 88 -54 84 -50C82 -42 80 -40 74 -36C72 -28 68 -26 62 -22"
    "C58 -12 52 -4 44 3Z"
)
BODY = shape(
    "M112 -11L97 -12C92 -16 86 -14 82 -9C74 -1 62 -4 50 -3C36 -3 22 0 8 8L-6 10L-52 20L-6 14"
    "L-50 24L0 16C18 18 38 12 52 6C66 4 78 4 88 -5C91 -8 95 -9 112 -11Z"
)
NEAR_WING = shape(
    "M50 -2C48 -30 40 -58 8 -88C10 -78 8 -72 2 -74C6 -66 4 -60 -5 -62C2 -54 0 -48 -10 -49"
    "C-2 -42 -2 -36 -12 -35C-2 -30 0 -25 -9 -21C2 -18 6 -14 0 -8C12 -8 20 -2 24 6C34 8 46 6 50 -2Z"
)
FEATHERS = shape("M42 -8C38 -30 30 -50 14 -68M34 -6C30 -22 22 -38 6 -52M26 -4C22 -14 14 -24 2 -32")
SWALLOW = shape(
    "M0 0C14 -10 22 -24 44 -32C34 -18 30 -8 26 0C34 2 40 2 46 0L40 7C32 10 24 10 16 8"
    "C6 18 -8 26 -26 30C-16 20 -12 14 -8 8L-44 10L-12 2L-40 -6L-8 -2Z"
)


def crane(tip: str) -> Sheet:
    """Return a crane flying to the right, about 160 wide, its body near (40, 0)."""
    out = Sheet().cut(FAR_WING, PAPER).cut(BODY, PAPER).cut(NEAR_WING, PAPER)
    out.line(FEATHERS, "#8A7A5A", 1.8, 0.45)
    out.mark(shape("M8 8L-10 6L-12 12L4 13Z"), tip)
    return out.mark(ellipse(92, -13.5, 3), RED)


def wader(tip: str, bent: bool = False) -> Sheet:
    """Return a crane that stands on (0, 0), about 210 high; bent looks down at the water."""
    out = Sheet().line("M-8 0L-6 -92M10 0L8 -50L2 -92", tip, 3.4)
    out.cut(shape("M-66 -72C-52 -116 -14 -138 22 -124C40 -116 40 -100 30 -92"
                  "C6 -78 -30 -82 -66 -72Z"), PAPER)  # fmt: skip
    out.mark(shape("M-72 -66C-58 -84 -44 -94 -22 -96C-30 -84 -44 -76 -72 -66Z"), tip)
    if bent:
        out.line("M22 -112C60 -124 74 -98 68 -66", PAPER, 10)
        out.cut(shape("M62 -74C66 -82 76 -78 76 -66L74 -28L66 -62Z"), PAPER)
        return out.mark(ellipse(70, -72, 4), RED)
    out.line("M20 -112C58 -132 30 -172 54 -196", PAPER, 10)
    out.cut(
        shape("M46 -200C50 -210 62 -210 68 -201L104 -194L66 -190C58 -186 48 -190 46 -200Z"), PAPER
    )
    out.line(
        "M-40 -98C-22 -116 0 -122 18 -118M-30 -88C-12 -102 6 -108 22 -106", "#8A7A5A", 1.8, 0.4
    )
    return out.mark(ellipse(56, -205, 4), RED)


def flock(paper: Paper, x: float, y: float, n: int | None = None, size: float = 0.8) -> None:
    """Lay a few cranes or swallows around (x, y) and note them."""
    rng = paper.rng
    n = rng.choice((0, 2, 3, 3, 5)) if n is None else n
    if not n:
        return
    flip = rng.choice((-1, 1))
    dark = rng.random() < 0.4
    for i in range(n):
        k = size * rng.uniform(0.62, 1.1) * (0.75 if dark else 1)
        px = x + (i - n / 2) * 130 * size + rng.uniform(-30, 30)
        py = y + rng.uniform(-62, 62)
        rot = -flip * rng.uniform(4, 18)
        piece = Sheet().cut(SWALLOW, paper.pal.near) if dark else crane(paper.pal.roof)
        paper.lay(Sheet().put(piece, px, py, k, flip, rot), 1)
    count = {2: "两", 3: "三", 4: "四", 5: "五"}[n]
    paper.note(f"{count}只飞燕" if dark else f"{count}只飞鹤")

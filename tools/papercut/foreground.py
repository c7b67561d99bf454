"""The nearest sheets, which frame a picture."""

from .geometry import num, spline
from .land import Ridge
from .palette import mix
from .paper import Paper
from .plants import branch, bud, lotus, lotus_leaf, reeds, willow
from .sheet import Sheet

BOUGHS = {"pine": "一枝松", "plum": "一枝花", "maple": "一枝秋叶"}


def shore(paper: Paper, low: float = 872, corners: tuple[float, float] | None = None) -> Ridge:
    """Lay the dark near bank, higher in its corners, and return its skyline."""
    rng = paper.rng
    left, right = corners or (rng.uniform(-12, 70), rng.uniform(-12, 70))
    pts = [(-60.0, low - left), (paper.w * 0.12, low - left * 0.82), (paper.w * 0.34, low - 4)]
    pts += [
        (paper.w * 0.62, low + 2),
        (paper.w * 0.88, low - right * 0.82),
        (paper.w + 60, low - right),
    ]
    d = f"{spline(pts)}L{num(paper.w + 60)} 960L-60 960Z"
    paper.lay(Sheet().cut(d, paper.pal.near, 0.16), 3)

    def skyline(x: float) -> float:
        return low - (left if x < paper.w / 2 else right) * 0.8

    return skyline


def reed_bed(paper: Paper, skyline: Ridge, tall: float = 120) -> None:
    """Lay reeds on the near bank at one or both sides."""
    rng, tone = paper.rng, mix(paper.pal.near, "#000000", 0.2)
    out = Sheet()
    for side in rng.choice(((0.08,), (0.9,), (0.08, 0.9))):
        x = paper.w * side
        out.put(reeds(rng, x, skyline(x) + 26, 15, tall, 130, tone))
    paper.lay(out, 1)
    paper.note("岸边的芦苇")


def lotus_bed(paper: Paper, y: float, xs: list[float], size: float = 150, flowers: int = 3) -> None:
    """Lay lotus leaves at the given x along the foot, with flowers between them."""
    rng, pal = paper.rng, paper.pal
    out = Sheet()
    for x in xs:
        tone = mix(mix(pal.green, pal.near, 0.55), pal.hills[4], rng.uniform(0, 0.3))
        out.put(lotus_leaf(size * rng.uniform(0.8, 1.25), tone), x, y + rng.uniform(-10, 26))
    for i in range(flowers):
        x = xs[i % len(xs)] + rng.uniform(20, 80)
        k = size / 150 * rng.uniform(0.46, 0.7)
        piece = bud(pal) if rng.random() < 0.3 else lotus(pal)
        out.put(piece, x, y - rng.uniform(28, 70), k)
    paper.lay(out, 2)
    paper.note("荷叶与荷花" if flowers else "荷叶")


def overhang(paper: Paper, kind: str | None = None, right: bool | None = None) -> None:
    """Lay willow strands or a bough that reaches in from an upper corner."""
    rng, pal = paper.rng, paper.pal
    kind = kind or rng.choice(("willow", "pine", "plum", "maple", "none"))
    right = rng.random() < 0.5 if right is None else right
    tone = mix(pal.near, pal.green, 0.12)
    if kind == "none":
        return
    if kind == "willow":
        x = paper.w - 270 if right else -30
        drop = rng.uniform(330, 500)
        paper.lay(willow(rng, x, 290, drop, -0.2 if right else 0.2, tone), 1)
        paper.note("垂柳")
        return
    piece = branch(rng, pal, kind, mix(pal.near, pal.wood, 0.3))
    x, flip = (paper.w, -1) if right else (0, 1)
    paper.lay(Sheet().put(piece, x, rng.uniform(50, 120), rng.uniform(0.85, 1.05), flip), 2)
    paper.note(BOUGHS[kind])

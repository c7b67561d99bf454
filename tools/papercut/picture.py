"""The catalogue of motifs, the finished picture, and who gets which motif."""

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from . import scenes_land, scenes_press, scenes_room, scenes_town, scenes_wall, scenes_water
from .palette import PALETTES
from .paper import Paper
from .raster import rasterise

Scene = Callable[[Paper], str]

MOTIFS: dict[str, Scene] = {
    "bridge": scenes_water.arched_bridge,
    "canal": scenes_water.canal,
    "rainbow": scenes_water.rainbow,
    "lotus": scenes_water.lotus_pond,
    "roofs": scenes_town.roofs,
    "lanterns": scenes_town.lantern_street,
    "moongate": scenes_town.moon_gate,
    "tower": scenes_wall.gate_tower,
    "library": scenes_room.library,
    "classroom": scenes_room.classroom,
    "press": scenes_press.press,
    "orchard": scenes_land.orchard,
    "railway": scenes_land.railway,
    "stele": scenes_land.stele,
}

KINDS = dict.fromkeys(("bridge", "canal", "rainbow", "lotus"), "water")
KINDS |= dict.fromkeys(("roofs", "lanterns", "tower", "moongate"), "town")
KINDS |= dict.fromkeys(("library", "classroom", "press"), "room")
KINDS |= dict.fromkeys(("orchard", "railway", "stele"), "land")

WARM = frozenset({"ochre", "tea", "wheat", "persimmon", "plum"})
NIGHT = tuple(p.name for p in PALETTES.values() if p.night)
DAYLIGHT = tuple(p for p in PALETTES if p not in NIGHT)
SUITED = {"lanterns": (*NIGHT, "plum", "indigo", "frost"), "bridge": tuple(PALETTES)}


@dataclass(frozen=True)
class Picture:
    """A drawn picture: SVG text, alternative text in Chinese, and what it was drawn from."""

    svg: str
    alt: str
    motif: str
    palette: str
    seed: str

    def render(self, format: str = "webp", width: int | None = None) -> bytes:
        """Return the picture as 'webp', 'jpeg' or 'png' bytes."""
        return rasterise(self.svg, format, width)


def draw(
    motif: str, seed: str, palette: str | None = None, width: int = 1600, height: int = 900
) -> Picture:
    """Draw one motif from a seed; the palette comes from the seed when left out."""
    if motif not in MOTIFS:
        raise ValueError(f"unknown motif: {motif!r}")
    if palette is None:
        choices = SUITED.get(motif, DAYLIGHT)
        palette = random.Random(f"palette {seed}").choice(choices)  # noqa: S311
    if palette not in PALETTES:
        raise ValueError(f"unknown palette: {palette!r}")
    paper = Paper(f"{motif} {seed}", PALETTES[palette], width, height)
    lead = MOTIFS[motif](paper)
    alt = f"剪纸风格的画，{paper.pal.label}色调：{lead}；画面里有{'、'.join(paper.notes)}。"
    return Picture(paper.svg(alt), alt, motif, palette, seed)


def assign(
    names: Iterable[str], motifs: Iterable[str | None] | None = None
) -> list[tuple[str, str, str]]:
    """Return (motif, palette, seed) for each name, so that neighbours in the list look different.

    No motif and no palette returns within five places where others are left; the kind of place
    (water, town, room, land) and the warmth of the palette change from each picture to the next
    where they can. The same list always gives the same answer. Where `motifs` names one for a
    picture (None leaves it open), only its palette is chosen.
    """
    out: list[tuple[str, str, str]] = []
    used: Counter[str] = Counter()
    names = list(names)
    given = list(motifs) if motifs is not None else [None] * len(names)
    for name, fixed in zip(names, given, strict=True):
        rng = random.Random(f"assign {name}")  # noqa: S311 - a drawing, not a secret
        recent = out[-5:]
        motif = fixed or _pick_motif(rng, recent, used)
        palette = _pick_palette(rng, motif, recent, used)
        for key in (motif, palette, f"{motif} {palette}"):
            used[key] += 1
        out.append((motif, palette, name))
    return out


def _pick_motif(rng: random.Random, recent: list[tuple[str, str, str]], used: Counter[str]) -> str:
    """Return the least used motif that is neither recent nor of the last picture's kind."""
    taken = {motif for motif, _, _ in recent}
    last = KINDS[recent[-1][0]] if recent else ""
    free = [m for m in MOTIFS if m not in taken] or list(MOTIFS)
    rng.shuffle(free)
    return min(free, key=lambda m: (KINDS[m] == last, used[m]))


def _pick_palette(
    rng: random.Random, motif: str, recent: list[tuple[str, str, str]], used: Counter[str]
) -> str:
    """Return a suitable palette: not recent, new with this motif, of another warmth, least used."""
    taken = {palette for _, palette, _ in recent}
    last = recent[-1][1] in WARM if recent else None
    suited = list(SUITED.get(motif, DAYLIGHT))
    rng.shuffle(suited)
    return min(
        suited, key=lambda p: (p in taken, used[f"{motif} {p}"], (p in WARM) == last, used[p])
    )

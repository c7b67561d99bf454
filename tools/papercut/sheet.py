"""A sheet of cut paper: coloured parts that throw one shadow, with the knife's marks on top."""

from dataclasses import dataclass, replace

from .geometry import moved, num

# depth -> (blur reach in units, darkness, rise, steps): near sheets lie higher above the ground
DEPTHS = {
    0: (0, 0.0, 0, 0),
    1: (7, 0.20, 0, 4),
    2: (16, 0.30, -2, 6),
    3: (30, 0.38, -4, 8),
}


@dataclass(frozen=True)
class Part:
    """One path of a sheet; solid parts throw the shadow, others are marks."""

    d: str
    fill: str = "none"
    stroke: str = ""
    width: float = 0
    opacity: float = 1
    solid: bool = False
    holes: bool = False

    def svg(self) -> str:
        """Return the path element."""
        paint = f'fill="{self.fill}"'
        if self.stroke:
            paint += f' stroke="{self.stroke}" stroke-width="{num(self.width)}"'
            paint += ' stroke-linecap="round" stroke-linejoin="round"'
        elif self.holes:
            paint += ' fill-rule="evenodd"'
        if self.opacity < 1:
            # not "opacity": that would cost a layer of its own for every mark
            paint += f' {"stroke" if self.stroke else "fill"}-opacity="{self.opacity:.2f}"'
        return f'<path d="{self.d}" {paint}/>'


class Sheet:
    """Parts in drawing order. Build with cut, mark, line and put; the paper stacks sheets."""

    def __init__(self) -> None:
        self.parts: list[Part] = []

    def cut(self, d: str, fill: str, edge: float = 0, holes: bool = True) -> "Sheet":
        """Add a solid shape; edge is the strength of its light cut edge (0..1).

        Without holes, overlapping pieces of one path (leaves, petals) stay one piece.
        """
        self.parts.append(Part(d, fill, solid=True, holes=holes))
        if edge:
            self.line(d, "#FFFFFF", 1.5, edge)
        return self

    def mark(self, d: str, fill: str, opacity: float = 1) -> "Sheet":
        """Add a filled mark that throws no shadow."""
        if d:
            self.parts.append(Part(d, fill, opacity=opacity))
        return self

    def line(self, d: str, stroke: str, width: float = 1.6, opacity: float = 1) -> "Sheet":
        """Add a drawn line that throws no shadow."""
        if d:
            self.parts.append(Part(d, stroke=stroke, width=width, opacity=opacity))
        return self

    def put(
        self,
        other: "Sheet",
        x: float = 0,
        y: float = 0,
        k: float = 1,
        flip: int = 1,
        rot: float = 0,
    ) -> "Sheet":
        """Paste another sheet's parts, scaled, mirrored, turned (degrees) and shifted."""
        for part in other.parts:
            d = moved(part.d, x, y, k, flip, rot)
            self.parts.append(replace(part, d=d, width=part.width * k))
        return self

    def silhouette(self) -> str:
        """Return the outline of all solid parts as one path."""
        return "".join(part.d for part in self.parts if part.solid)

    def body(self) -> str:
        """Return the markup of all parts."""
        return "".join(part.svg() for part in self.parts)

    def shadow(self, ident: str, depth: int, shade: str) -> str:
        """Return a soft shadow around the sheet made of widening strokes.

        Strokes instead of a blur filter: sharp at any size and an order of magnitude faster.
        """
        reach, dark, rise, steps = DEPTHS[depth]
        outline = self.silhouette()
        if not steps or not outline:
            return ""
        uses = "".join(
            f'<use href="#{ident}" stroke-width="{num(2 * reach * ((n + 1) / steps) ** 1.35)}"/>'
            for n in reversed(range(steps))
        )
        return (
            f'<defs><path id="{ident}" d="{outline}"/></defs><g fill="none" stroke="{shade}" '
            f'stroke-opacity="{dark / steps:.3f}" stroke-linejoin="round" '
            f'transform="translate(0 {rise})">{uses}</g>'
        )

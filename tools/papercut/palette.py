"""Palettes: the tones of one picture, far to near, and how to mix between them.

Red is never more than the sun, a lantern or a berry: it stays the smallest area.
"""

from dataclasses import dataclass

RED = "#C4332F"
PAPER = "#FFFBF2"


def mix(one: str, two: str, share: float) -> str:
    """Return the colour a share (0..1) of the way from one '#RRGGBB' to the other."""
    a = [int(one[i : i + 2], 16) for i in (1, 3, 5)]
    b = [int(two[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(p + (q - p) * share):02X}" for p, q in zip(a, b, strict=True))


@dataclass(frozen=True)
class Palette:
    """Tones of one picture; hills run from the farthest to the nearest sheet."""

    name: str
    label: str
    light: str
    sky: str
    hills: tuple[str, str, str, str, str]
    roof: str
    wall: str
    glow: str
    water: str
    near: str
    green: str
    bloom: str
    sun: str = RED
    halo: str = "#F2BE80"
    shade: str = "#241A10"
    night: bool = False

    @property
    def far(self) -> str:
        """Return the tone of the farthest hill."""
        return self.hills[0]

    @property
    def bank(self) -> str:
        """Return the tone of a river bank."""
        return mix(self.hills[4], self.roof, 0.25)

    @property
    def stone(self) -> str:
        """Return the tone of masonry in the middle distance."""
        return mix(self.roof, self.hills[4], 0.22)

    @property
    def foam(self) -> str:
        """Return the light tone of ripples."""
        return mix(self.water, "#FFFFFF", 0.28 if self.night else 0.62)

    @property
    def deep(self) -> str:
        """Return the dark tone of ripples."""
        return mix(self.water, self.hills[3], 0.55)

    @property
    def cloud(self) -> str:
        """Return the tone of clouds."""
        return mix(self.light, "#FFFFFF", 0.15 if self.night else 0.55)

    @property
    def wood(self) -> str:
        """Return a warm timber tone that sits with the palette."""
        return mix("#9A6B3F", self.roof, 0.28)

    @property
    def sail(self) -> str:
        """Return the tone of sailcloth and paper."""
        return mix("#F6E4C0", self.light, 0.35)


_ALL = (
    Palette(
        "pine", "松绿", "#FCF1DA", "#EBD8B6",
        ("#D5CFB0", "#B3BD9E", "#88A28C", "#5E8676", "#3A665B"),
        "#24433E", "#F1E6CF", "#DDA646", "#CFD2B8", "#16332F", "#3E6F62", "#D2665C",
        shade="#1D2A22",
    ),
    Palette(
        "indigo", "靛蓝", "#FDF6E6", "#E4DCCB",
        ("#C3CCD0", "#A3B5C0", "#8FA5B4", "#5F7F99", "#3E5F7C"),
        "#223B5C", "#F5EBD6", "#DDA646", "#D3DAD8", "#14243C", "#4C7A8A", "#D2665C",
        shade="#1A2238",
    ),
    Palette(
        "ochre", "赭石", "#FBEFD8", "#F0D9B0",
        ("#E6D0AC", "#D5B08A", "#BC8A68", "#96614F", "#714438"),
        "#55302A", "#F7EAD2", "#DDA646", "#EBD8B8", "#3A1E1A", "#7E8356", "#CF5B50",
        shade="#2B120A",
    ),
    Palette(
        "tea", "秋茶", "#FBF1DD", "#EEDCBC",
        ("#E1D2B4", "#C4B795", "#A59A77", "#857A5B", "#655A44"),
        "#3B2E26", "#F4E7CC", "#D9983C", "#DCD3B8", "#2B231C", "#6F7B56", "#CB5D4A",
        shade="#2A1A10",
    ),
    Palette(
        "dusk", "暮蓝", "#F3CFA8", "#8FA0AE",
        ("#B79A90", "#8F868F", "#6B7789", "#475D7A", "#2C4263"),
        "#15243F", "#3B5272", "#F2BE5C", "#5E7189", "#0C1829", "#33506B", "#D98A7A",
        sun="#D24B36", halo="#E39A6B", shade="#0B1526", night=True,
    ),
    Palette(
        "celadon", "青瓷", "#F8F5E8", "#DBE6DC",
        ("#CFDED3", "#A9C8BC", "#7EA89F", "#528580", "#336661"),
        "#1F4A4B", "#F3EEDD", "#D8A851", "#CBDDD5", "#143536", "#4E8A76", "#D4776B",
        halo="#EFCF9C", shade="#12302F",
    ),
    Palette(
        "plum", "梅紫", "#FBF0E6", "#E6D2CC",
        ("#DCC9C6", "#BDA3AC", "#977C90", "#6D5876", "#4B3D5C"),
        "#35294A", "#F5E8DE", "#DDAA58", "#DDD0CF", "#251C36", "#6C7F78", "#C9566A",
        sun="#BF3340", halo="#EDBFA0", shade="#221630",
    ),
    Palette(
        "ink", "水墨", "#F8F4E9", "#E0DACC",
        ("#D4D0C5", "#B1AEA5", "#878680", "#5F625F", "#414746"),
        "#2A2F31", "#F2EDE0", "#CFA25A", "#D9D6CB", "#1C2122", "#66736A", "#C9564A",
        halo="#E8CFA6", shade="#191A18",
    ),
    Palette(
        "wheat", "麦金", "#FDF3D4", "#F2DFA9",
        ("#EAD8A2", "#D2BA78", "#A99B58", "#7A7D46", "#535F3B"),
        "#36432F", "#F8ECCB", "#C9812E", "#E0DAB4", "#26321F", "#7C8B45", "#CF5F42",
        halo="#F3C56E", shade="#2A2410",
    ),
    Palette(
        "frost", "霜天", "#F3F3EC", "#C8D7DE",
        ("#CBD6D9", "#A4BAC5", "#789AAC", "#507690", "#355773"),
        "#213C55", "#F1EFE6", "#DDB062", "#C4D4DA", "#13283C", "#5C8493", "#CF6A62",
        halo="#EBC9A4", shade="#122236",
    ),
    Palette(
        "persimmon", "暖柿", "#FDEBCF", "#F4CC9E",
        ("#EDC79B", "#D3A17C", "#9F8474", "#64716F", "#3D5A5D"),
        "#263F44", "#FBEBD0", "#E2A443", "#E8D3B4", "#182D31", "#5F7F6B", "#D5563F",
        halo="#F3AF74", shade="#2A1A12",
    ),
    Palette(
        "moonlit", "月夜", "#B9CBD3", "#5E7C93",
        ("#7D98A8", "#5F7F95", "#486882", "#33506D", "#223A57"),
        "#11233B", "#54708A", "#F0C871", "#4E6B84", "#0A1727", "#2E5566", "#D9988C",
        sun="#FBF3DA", halo="#A9C0CB", shade="#081220", night=True,
    ),
)  # fmt: skip

PALETTES: dict[str, Palette] = {p.name: p for p in _ALL}

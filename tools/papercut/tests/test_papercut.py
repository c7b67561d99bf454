"""The demo pictures: same seed same picture, valid and harmless SVG, truthful words."""

import io
import re
from xml.etree import ElementTree

import pytest
from PIL import Image

from tools.papercut import MOTIFS, assign, draw
from tools.papercut.geometry import moved, shape
from tools.papercut.palette import PALETTES
from tools.papercut.picture import KINDS, NIGHT

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {
    "svg", "title", "defs", "g", "path", "rect", "use", "clipPath", "radialGradient", "stop",
}  # fmt: skip
NAMES = [f"学校{n}" for n in range(60)]

# what each motif must name in its alternative text
SUBJECTS = {
    "bridge": "石拱桥",
    "canal": "船闸",
    "rainbow": "彩虹",
    "lotus": "荷塘",
    "roofs": "校舍",
    "lanterns": "灯笼",
    "moongate": "月洞门",
    "tower": "城楼",
    "library": "书架",
    "classroom": "教室",
    "press": "印刷机",
    "orchard": "果园",
    "railway": "列车",
    "stele": "石碑",
}


@pytest.fixture(scope="module", params=sorted(MOTIFS))
def picture(request):
    return draw(request.param, "任城实验小学")


def test_at_least_ten_motifs_each_with_a_subject():
    assert len(MOTIFS) >= 10
    assert set(SUBJECTS) == set(MOTIFS) == set(KINDS)


def test_same_seed_same_picture(picture):
    again = draw(picture.motif, "任城实验小学")
    assert again == picture


def test_other_seed_other_composition(picture):
    other = draw(picture.motif, "别的学校", picture.palette)
    paths = set(re.findall(r' d="([^"]+)"', picture.svg))
    others = set(re.findall(r' d="([^"]+)"', other.svg))
    assert len(paths & others) < 0.5 * len(paths)


def test_svg_is_valid_and_harmless(picture):
    root = ElementTree.fromstring(picture.svg)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= ALLOWED
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name != "style"
            if name.endswith("href"):
                assert value.startswith("#")
    assert "nan" not in picture.svg
    assert "inf" not in picture.svg


def test_identifiers_are_unique_and_resolved(picture):
    ids = re.findall(r' id="([^"]+)"', picture.svg)
    assert len(ids) == len(set(ids))
    used = set(re.findall(r'href="#([^"]+)"', picture.svg))
    used |= set(re.findall(r"url\(#([^)]+)\)", picture.svg))
    assert used <= set(ids)


def test_alt_names_what_is_drawn(picture):
    assert SUBJECTS[picture.motif] in picture.alt
    assert picture.alt.endswith("。")
    assert 20 < len(picture.alt) < 160
    root = ElementTree.fromstring(picture.svg)
    assert root.attrib["aria-label"] == picture.alt
    assert root.findtext(f"{SVG}title") == picture.alt


def test_alt_names_the_birds_only_where_there_are_birds():
    for seed in ("一", "二", "三", "四", "五", "六"):
        drawn = draw("tower", seed, "pine")
        cranes = drawn.svg.count('fill="#FFFBF2"') > 1  # three paths a crane
        assert cranes == ("飞鹤" in drawn.alt)


@pytest.mark.parametrize("motif", ["bridge", "lanterns", "orchard", "press"])
def test_red_stays_small(motif):
    with Image.open(io.BytesIO(draw(motif, "红", "tea").render("png", width=320))) as image:
        pixels = image.convert("RGB").tobytes()
    reds = [
        i
        for i in range(0, len(pixels), 3)
        if pixels[i] > 150 and pixels[i + 1] < 80 and pixels[i + 2] < 80
    ]
    assert len(reds) < 0.04 * 320 * 180


def test_render_is_webp_of_the_size_asked_for_and_the_same_each_time():
    picture = draw("stele", "墨")
    data = picture.render()
    assert picture.render(width=320) == picture.render(width=320)
    assert 20_000 < len(data) < 160_000
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == "WEBP"
        assert image.size == (1600, 900)


@pytest.mark.parametrize(("width", "height"), [(900, 900), (1600, 620), (480, 360)])
def test_other_proportions(width, height):
    for motif in ("canal", "moongate", "library"):
        assert ElementTree.fromstring(draw(motif, "方", width=width, height=height).svg) is not None


def test_unknown_motif_palette_and_format_are_refused():
    with pytest.raises(ValueError, match="motif"):
        draw("dragon", "x")
    with pytest.raises(ValueError, match="palette"):
        draw("bridge", "x", "neon")
    with pytest.raises(ValueError, match="format"):
        draw("stele", "x").render("gif")


def test_a_hostile_seed_stays_out_of_the_markup():
    picture = draw("stele", '"><script>alert(1)</script>')
    assert "script" not in picture.svg


def test_assign_keeps_neighbours_apart():
    given = assign(NAMES)
    assert given == assign(NAMES)
    assert [seed for _, _, seed in given] == NAMES
    for i, (motif, palette, _) in enumerate(given):
        assert motif in MOTIFS
        assert palette in PALETTES
        assert motif not in {m for m, _, _ in given[max(0, i - 5) : i]}
        assert palette not in {p for _, p, _ in given[max(0, i - 4) : i]}
        if i:
            assert KINDS[motif] != KINDS[given[i - 1][0]]
    assert {motif for motif, _, _ in given} == set(MOTIFS)


def test_assign_chooses_palettes_for_given_motifs():
    given = assign(NAMES[:6], ["canal", "canal", None, "press", "canal", "lotus"])
    assert [m for i, (m, _, _) in enumerate(given) if i != 2] == [
        "canal", "canal", "press", "canal", "lotus",
    ]  # fmt: skip
    assert len({p for _, p, _ in given}) == 6


def test_night_is_for_few_motifs():
    assert all(m in {"lanterns", "bridge"} for m, p, _ in assign(NAMES) if p in NIGHT)


def test_shape_and_moved_agree_on_relative_commands():
    assert shape("M10 10h5v5l-5 0Z") == "M10 10L15 10L15 15L10 15Z"
    assert moved("M10 0L20 0Z", x=1, y=2, k=2, flip=-1) == "M-19 2L-39 2Z"

"""What lies in the demo's folder is what `make papercut` draws."""

import io
import json

import pytest
from PIL import Image, ImageChops, ImageStat

from tools.papercut.__main__ import FOLDER, INDEX, draw_listed, listed

ROWS = json.loads((FOLDER / INDEX).read_text(encoding="utf-8"))
# Another encoder may round otherwise, another drawing differs far more.
MOST_DIFFERENCE = 3


def difference(one: Image.Image, other: Image.Image) -> float:
    """How far apart two pictures are, 0 to 255."""
    apart = ImageChops.difference(one.convert("RGB"), other.convert("RGB"))
    return max(ImageStat.Stat(apart).mean)


def test_every_listed_picture_is_there():
    assert [row["file"] for row in ROWS] == [
        f"{motif}-{palette}.webp" for motif, palette, _seed in listed()
    ]


@pytest.mark.parametrize("wanted", listed()[::9], ids="-".join)
def test_a_picture_drawn_anew_is_the_one_that_is_committed(wanted):
    row, data = draw_listed(*wanted)
    assert row in ROWS
    with Image.open(FOLDER / row["file"]) as kept, Image.open(io.BytesIO(data)) as drawn:
        assert difference(kept, drawn) < MOST_DIFFERENCE


def test_the_test_would_see_another_picture():
    first, second = (FOLDER / row["file"] for row in ROWS[:2])
    with Image.open(first) as one, Image.open(second) as other:
        assert difference(one, other) > MOST_DIFFERENCE

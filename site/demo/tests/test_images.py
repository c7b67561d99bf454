"""The drawn pictures: all there, small, without metadata, and so chosen that neighbours differ."""

import json
from pathlib import Path

import pytest
from PIL import Image

from demo import images

DATA = Path(__file__).parents[1] / "data"
ROWS = images.drawn()
MOTIFS = sorted({row["motif"] for row in ROWS})
MOST_BYTES = 4 * 1024 * 1024


def files() -> list[Path]:
    return sorted(images.FOLDER.glob("*.webp"))


def chunks(data: bytes) -> list[bytes]:
    """The names of the parts of a WebP file."""
    names, at = [], 12
    while at < len(data):
        names.append(data[at : at + 4])
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + length + length % 2
    return names


def test_every_picture_is_listed_and_there():
    assert [path.name for path in files()] == sorted(row["file"] for row in ROWS)
    assert 30 <= len(ROWS) <= 40


def test_a_clone_stays_small():
    assert sum(path.stat().st_size for path in files()) <= MOST_BYTES


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_a_picture_is_large_enough_for_a_banner_and_has_pixels_alone(path):
    with Image.open(path) as picture:
        assert (picture.format, picture.size) == ("WEBP", (1600, 900))
    assert chunks(path.read_bytes()) == [b"VP8 "]


def test_each_picture_has_a_title_and_a_description_of_its_own():
    assert len({row["title"] for row in ROWS}) == len(ROWS)
    assert len({row["alt"] for row in ROWS}) == len(ROWS)
    assert all(20 < len(row["alt"]) < 160 for row in ROWS)


def test_there_is_a_picture_for_every_motif_that_the_texts_name():
    texts = "".join(path.read_text(encoding="utf-8") for path in DATA.rglob("*.json"))
    named = {part.split('"')[1] for part in texts.split('"motif":')[1:]}
    assert named <= set(MOTIFS)


def test_the_same_list_has_the_same_pictures():
    wishes = [(motif, f"page-{number}") for number in range(3) for motif in MOTIFS]
    assert images.choose(wishes) == images.choose(wishes)
    assert all(row["motif"] == motif for (motif, _seed), row in images.choose(wishes).items())


@pytest.mark.parametrize("motif", MOTIFS)
def test_neighbours_with_one_motif_differ(motif):
    kinds = len([row for row in ROWS if row["motif"] == motif])
    wishes = [(motif, f"page-{number}") for number in range(12)]
    chosen = [row["file"] for row in images.choose(wishes).values()]
    for number in range(len(chosen) - kinds):
        assert len(set(chosen[number : number + kinds])) == kinds


def test_no_gallery_shows_a_picture_twice():
    rows = json.loads((DATA / "rencheng" / "brands.json").read_text(encoding="utf-8"))
    for brand in rows:
        shown = [brand["cover"], *brand["gallery"]]
        wishes = [(item["motif"], str(number)) for number, item in enumerate(shown)]
        files = [row["file"] for row in images.choose(wishes).values()]
        assert len(set(files)) == len(files), brand["slug"]

"""The demo's images: drawn beforehand (`make papercut`), chosen by seed, stored as they are."""

import io
import json
import random
from collections import Counter
from functools import partial
from pathlib import Path

from django.core.files.base import ContentFile
from PIL import Image as Pillow
from wagtail.utils.file import hash_filelike

from core.models import Document, Image

FOLDER = Path(__file__).parent / "pictures"
CREDIT = "剪纸风格画，由程序绘制"
# How many images before it in the lists should all look different.
NEIGHBOURS = 5

Row = dict[str, str]


def drawn() -> list[Row]:
    """The pictures that there are: file, motif, title, alt."""
    return json.loads((FOLDER / "pictures.json").read_text(encoding="utf-8"))


def choose(wishes: list[tuple[str, str]]) -> dict[tuple[str, str], Row]:
    """A picture for each (motif, seed), always the same one for the same list.

    Args:
        wishes: in the order of the lists in which they will stand, so that neighbours differ.
    """
    chosen: dict[tuple[str, str], Row] = {}
    last: dict[str, int] = {}
    used: Counter[str] = Counter()
    rows = drawn()

    def cost(row: Row, place: int) -> tuple[int, int]:
        before = last.get(row["file"], -1)
        return (before if before >= place - NEIGHBOURS else -1), used[row["file"]]

    for place, (motif, seed) in enumerate(wishes):
        choices = [row for row in rows if row["motif"] == motif]
        random.Random(f"{motif} {seed}").shuffle(choices)  # noqa: S311 - no secret
        row = min(choices, key=partial(cost, place=place))
        last[row["file"]] = place
        used[row["file"]] += 1
        chosen[motif, seed] = row
    return chosen


class Images:
    """Makes one image of a picture in each collection that shows it; found again by its title."""

    def __init__(self, wishes: list[tuple[dict, str]], width: int | None = None):
        self.width = width
        self._chosen = choose([(wanted["motif"], seed) for wanted, seed in wishes])
        self._known = {
            (image.title, image.collection_id): image
            for image in Image.objects.filter(credit=CREDIT)
        }

    def get(self, wanted: dict | None, seed: str, collection) -> Image | None:
        """The image `{motif, caption}` for `seed`, in `collection`; None if none is wanted."""
        if not wanted:
            return None
        row = self._chosen[wanted["motif"], seed]
        key = row["title"], collection.pk
        if key not in self._known:
            self._known[key] = self._store(row, collection)
        return self._known[key]

    def _store(self, row: Row, collection) -> Image:
        data = self._bytes(FOLDER / row["file"])
        with Pillow.open(io.BytesIO(data)) as picture:
            width, height = picture.size
        # Stored before the row knows it: what is uploaded is encoded anew, to be rid of its
        # metadata, and these have none.
        name = Image().get_upload_to(row["file"])
        return Image.objects.create(
            title=row["title"],
            description=row["alt"],
            credit=CREDIT,
            collection=collection,
            file=Image().file.storage.save(name, ContentFile(data)),
            width=width,
            height=height,
            file_size=len(data),
            file_hash=hash_filelike(io.BytesIO(data)),
        )

    def _bytes(self, path: Path) -> bytes:
        if self.width is None:
            return path.read_bytes()
        out = io.BytesIO()
        with Pillow.open(path) as picture:
            picture.thumbnail((self.width, self.width))
            picture.save(out, "WEBP")
        return out.getvalue()


def safety_plan(plan: dict, collection) -> Document:
    """The safety plan of a route as a small text file."""
    text = "\n".join([plan["title"], "", *(f"· {point}" for point in plan["points"]), ""])
    known = Document.objects.filter(title=plan["title"], collection=collection).first()
    return known or Document.objects.create(
        title=plan["title"],
        file=ContentFile(text.encode(), name="anquan-yuan.txt"),
        collection=collection,
    )

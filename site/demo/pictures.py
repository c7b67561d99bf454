"""The demo's pictures: drawn from a seed when they are first needed, kept as images."""

from concurrent.futures import ProcessPoolExecutor

from django.core.files.base import ContentFile

from core.models import Document, Image
from tools.papercut import assign, draw

MOTIFS = {"barges": "canal", "hills": "railway"}
CREDIT = "剪纸风格画，由程序绘制"


class Pictures:
    """Makes each picture once; found again by its title when the demo is loaded again."""

    def __init__(self, width: int = 1600):
        self.width = width
        self._drawn: dict[str, tuple[bytes, str]] = {}
        self.known = dict(Image.objects.filter(credit=CREDIT).values_list("title", "pk"))

    def get(self, wanted: dict | None, seed: str, collection) -> Image | None:
        """The picture `{motif, caption}` for `seed`, in `collection`; None if none is wanted."""
        if not wanted:
            return None
        title = _title(wanted, seed)
        if title in self.known:
            return Image.objects.get(pk=self.known[title])
        data, alt = self._drawn.pop(title)
        image = Image.objects.create(
            title=title,
            file=ContentFile(data, name=f"{seed}.webp"),
            description=alt,
            credit=CREDIT,
            collection=collection,
        )
        self.known[title] = image.pk
        return image

    def draw_ahead(self, wishes: list[tuple[dict, str]], progress) -> None:
        """Draw what is still missing, on every core; `get` then only has to store it.

        Args:
            wishes: ({motif, caption}, seed) in the order of the lists in which they will stand,
                so that neighbours differ in colour.
            progress: called with (done, of) after each picture.
        """
        motifs = [MOTIFS.get(wanted["motif"], wanted["motif"]) for wanted, _seed in wishes]
        assigned = assign([seed for _wanted, seed in wishes], motifs)
        missing = {
            title: choice
            for (wanted, seed), choice in zip(wishes, assigned, strict=True)
            if (title := _title(wanted, seed)) not in self.known
        }
        if not missing:
            return
        with ProcessPoolExecutor() as pool:
            jobs = {
                title: pool.submit(_draw, motif, palette, seed, self.width)
                for title, (motif, palette, seed) in missing.items()
            }
            for number, (title, job) in enumerate(jobs.items(), start=1):
                self._drawn[title] = job.result()
                progress(number, len(jobs))


def _title(wanted: dict, seed: str) -> str:
    return f"{wanted.get('caption') or wanted['motif']} · {seed}"[:250]


def _draw(motif: str, palette: str, seed: str, width: int) -> tuple[bytes, str]:
    picture = draw(motif, seed, palette, width=width, height=width * 9 // 16)
    return picture.render("webp"), picture.alt


def safety_plan(plan: dict, collection) -> Document:
    """The safety plan of a route as a small text file."""
    text = "\n".join([plan["title"], "", *(f"· {point}" for point in plan["points"]), ""])
    known = Document.objects.filter(title=plan["title"], collection=collection).first()
    return known or Document.objects.create(
        title=plan["title"],
        file=ContentFile(text.encode(), name="anquan-yuan.txt"),
        collection=collection,
    )

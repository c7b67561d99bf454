"""Draw the pictures of the demo anew, with their titles and alternative texts: `make papercut`.

What is listed here is drawn; what lies in the folder and is not listed is deleted.
"""

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from . import draw
from .palette import PALETTES

FOLDER = Path(__file__).resolve().parents[2] / "site" / "demo" / "pictures"
INDEX = "pictures.json"
# Motif → its title and, for each picture, palette and seed. As many as the texts ask for it.
PICTURES = {
    "bridge": ("石拱桥", {"indigo": 2, "dusk": 5, "frost": 10}),
    "canal": ("运河船闸", {"pine": 1, "celadon": 5, "wheat": 8, "persimmon": 10}),
    "rainbow": ("雨后长桥", {"pine": 1, "wheat": 8}),
    "lotus": ("荷塘", {"indigo": 2, "celadon": 5, "persimmon": 10}),
    "roofs": ("校舍", {"pine": 1, "frost": 9, "persimmon": 10}),
    "lanterns": ("灯笼街", {"dusk": 1, "moonlit": 2, "plum": 3, "indigo": 4}),
    "moongate": ("月洞门", {"indigo": 2, "celadon": 5, "persimmon": 10}),
    "library": ("图书室", {"pine": 1, "frost": 9, "persimmon": 10}),
    "classroom": ("教室窗前", {"pine": 1, "wheat": 8, "frost": 9}),
    "orchard": ("果园", {"indigo": 2, "celadon": 5, "wheat": 8, "persimmon": 10}),
    "press": ("印刷间", {"indigo": 2, "celadon": 5, "persimmon": 10}),
    "railway": ("高架列车", {"plum": 6, "wheat": 8, "frost": 9}),
}


def listed() -> list[tuple[str, str, str]]:
    """Motif, palette and seed of every picture of the demo."""
    return [
        (motif, palette, str(seed))
        for motif, (_title, seeds) in PICTURES.items()
        for palette, seed in seeds.items()
    ]


def draw_listed(motif: str, palette: str, seed: str) -> tuple[dict[str, str], bytes]:
    """Return one picture of the demo: its row of the index, and the WebP file."""
    picture = draw(motif, seed, palette)
    row = {
        "file": f"{motif}-{palette}.webp",
        "motif": motif,
        "title": f"{PICTURES[motif][0]}（{PALETTES[palette].label}）",
        "alt": picture.alt,
    }
    return row, picture.render("webp")


def main(folder: Path = FOLDER) -> None:
    """Draw all that are listed into `folder`, and write their index."""
    folder.mkdir(exist_ok=True)
    wanted = listed()
    rows, size = [], 0
    with ProcessPoolExecutor() as pool:
        for row, data in pool.map(draw_listed, *zip(*wanted, strict=True)):
            (folder / row["file"]).write_bytes(data)
            rows.append(row)
            size += len(data)
            print(f"  [{len(rows)}/{len(wanted)}] {row['file']} {len(data) // 1024} KB")
    index = json.dumps(rows, ensure_ascii=False, indent=1)
    (folder / INDEX).write_text(index + "\n", encoding="utf-8")
    for path in folder.glob("*.webp"):
        if path.name not in {row["file"] for row in rows}:
            path.unlink()
    print(f"{len(rows)} pictures, {size // 1024} KB together")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)

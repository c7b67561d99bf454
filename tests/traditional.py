"""The folding table of the search, made anew: `python -m tests.traditional`."""

from pathlib import Path

from opencc import OpenCC

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "site/search/traditional.txt"
HEAD = """\
# Traditional characters and the simplified ones they are searched as, one pair a line.
# Made by `python -m tests.traditional` from opencc-python-reimplemented 0.1.7, whose tables are
# those of OpenCC (https://github.com/BYVoid/OpenCC), Apache License 2.0:
# https://www.apache.org/licenses/LICENSE-2.0 . Changes: single characters only, one for one.
"""
BLOCKS = (range(0x3400, 0xA000), range(0x20000, 0x2B81E))


def table() -> str:
    """The text of the table: every Han character that becomes one other character."""
    simplify = OpenCC("t2s").convert
    pairs = []
    for block in BLOCKS:
        for code in block:
            before, after = chr(code), simplify(chr(code))
            if len(after) == 1 and after != before:
                pairs.append(f"{before}{after}\n")
    return HEAD + "".join(pairs)


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")

"""What a browser gets of the static files of `make run`."""

import gzip
from pathlib import Path

import brotli
import pytest
from django.core.files.base import ContentFile

from district.static import QuickStaticFilesStorage

STATIC = Path(__file__).resolve().parents[3] / "static"


@pytest.fixture
def folder(tmp_path):
    """A folder into which one script has been collected."""
    script = next(path for path in sorted(STATIC.rglob("*.js")) if path.stat().st_size > 1024)
    storage = QuickStaticFilesStorage(location=tmp_path, base_url="/static/")
    storage.save("script.js", ContentFile(script.read_bytes()))
    list(storage.post_process({"script.js": (storage, "script.js")}))
    return tmp_path


def test_a_script_comes_in_both_compressed_forms_under_a_name_of_its_content(folder):
    plain, small, smallest = (
        next(folder.glob(f"script.????????????.js{ending}")) for ending in ("", ".gz", ".br")
    )
    assert gzip.decompress(small.read_bytes()) == plain.read_bytes()
    assert brotli.decompress(smallest.read_bytes()) == plain.read_bytes()
    assert smallest.stat().st_size < small.stat().st_size < plain.stat().st_size

"""The order of the test run: measured, and of files that exist."""

import pytest

from tests import durations
from tests.helpers.repository import ROOT

REPORT = """<testsuites><testsuite>
<testcase classname="tests.browser.test_reader" name="test_a" time="20.4"/>
<testcase classname="tests.browser.test_outside" name="test_b" time="10"/>
<testcase classname="brands.tests.test_models.TestTheSeal" name="test_c" time="2"/>
<testcase classname="brands.tests.test_models" name="test_d" time="1.6"/>
<testcase classname="tests.test_house" name="test_e" time="0.5"/>
</testsuite></testsuites>"""


@pytest.fixture
def report(tmp_path):
    """A junit report of a small run."""
    path = tmp_path / "report.xml"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_the_files_that_are_named_exist():
    missing = [name for name in durations.read() if not (ROOT / name).exists()]
    assert missing == ["average"]


def test_long_files_are_written_and_the_rest_is_an_average(report, tmp_path, monkeypatch):
    monkeypatch.setattr(durations, "FILE", tmp_path / "durations.json")
    durations.write([report])
    assert durations.read() == {
        "average": 11.5,
        "tests/browser/": 30,
        "brands/tests/test_models.py": 4,
    }


def test_two_reports_are_added_up(report):
    assert durations.measure([report, report])["brands/tests/test_models.py"] == pytest.approx(7.2)


def test_a_report_of_files_that_are_gone_is_refused(tmp_path):
    path = tmp_path / "report.xml"
    path.write_text(REPORT.replace("tests.test_house", "tests.test_nowhere"), encoding="utf-8")
    with pytest.raises(ValueError, match="test_nowhere"):
        durations.write([path])


def test_long_files_come_first_and_unknown_ones_count_as_average(tmp_path, monkeypatch):
    monkeypatch.setattr(durations, "FILE", tmp_path / "durations.json")
    durations.FILE.write_text('{"average": 5, "b.py": 9, "tests/browser/": 60, "c.py": 4}')
    nodeids = ["c.py::x", "a.py::z", "a.py::y", "b.py::x", "tests/browser/test_a.py::x"]
    assert durations.longest_first(nodeids) == [
        "tests/browser/test_a.py::x", "b.py::x", "a.py::z", "a.py::y", "c.py::x",
    ]  # fmt: skip

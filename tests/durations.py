"""How long each file of tests takes, measured: the long ones are begun first.

`python -m tests.run --write-durations` measures anew, after which `durations.json` is committed.
Standard library only.
"""

import json
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.helpers.repository import ROOT

FILE = ROOT / "tests/durations.json"
# Shorter files say nothing about the order, and would change with every run.
LEAST_SECONDS = 3
# Tests that share one browser and one server are run by one worker, as if they were one file.
BROWSER = "tests/browser/"


def scope_of(nodeid: str) -> str:
    """What one worker runs as a whole: a test's file, or all browser tests."""
    return BROWSER if nodeid.startswith(BROWSER) else nodeid.partition("::")[0]


def read() -> dict[str, float]:
    """Scope → seconds; under "average" those of a scope that is not named."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def longest_first(nodeids: Iterable[str]) -> list[str]:
    """The tests in the order in which to run them: by the seconds of their scope, else as given."""
    seconds = read()
    return sorted(nodeids, key=lambda nodeid: -seconds.get(scope_of(nodeid), seconds["average"]))


def write(reports: Iterable[Path]) -> None:
    """Write the file from junit reports of whole runs."""
    seconds = measure(reports)
    long = {scope: round(spent) for scope, spent in seconds.items() if spent >= LEAST_SECONDS}
    ordered = dict(sorted(long.items(), key=lambda item: (-item[1], item[0])))
    average = round(sum(seconds.values()) / len(seconds), 1)
    FILE.write_text(json.dumps({"average": average} | ordered, indent=1) + "\n", encoding="utf-8")


def measure(reports: Iterable[Path]) -> Counter[str]:
    """Scope → seconds of its tests in all reports together."""
    seconds: Counter[str] = Counter()
    for report in reports:
        for test in ElementTree.parse(report).iter("testcase"):
            seconds[scope_of(_file_of(test.get("classname", "")))] += float(test.get("time", 0))
    return seconds


def _file_of(class_name: str) -> str:
    """The file of a junit test case, whose class name is its module and perhaps a class."""
    parts = class_name.split(".")
    while parts:
        path = "/".join(parts) + ".py"
        if (ROOT / path).is_file():
            return path
        parts.pop()
    raise ValueError(f"no file of tests is named by {class_name}")

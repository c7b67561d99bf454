"""What other tools start, hooks and CI, calls our own commands and downloads nothing."""

import os
import re
from pathlib import Path

from tests.helpers.repository import ROOT

WORKFLOW = ROOT / ".github/workflows/ci.yml"
# How a hook may ask for other things than `make` does: only for what is about to be committed.
ONLY_WHAT_CHANGED = " --force-exclude"


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def recipe(target: str) -> list[str]:
    """The commands of one target of the Makefile, as a shell sees them."""
    lines = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", text_of(ROOT / "Makefile"), re.MULTILINE)[1]
    return [line.strip().replace("$(PY)", ".venv/bin/python") for line in lines.splitlines()]


def test_the_workflow_checks_out_and_calls_our_script():
    text = text_of(WORKFLOW)
    assert {action.partition("@")[0] for action in re.findall(r"uses: (\S+)", text)} == {
        "actions/checkout"
    }
    *before, last = re.findall(r"run: (.+)", text)
    assert last == "bash .ci/run"
    assert all(line.startswith("apt-get update") and " git " in line for line in before)
    assert "secrets." not in text
    assert "timeout-minutes: 30" in text


def test_pre_commit_asks_what_make_asks():
    text = text_of(ROOT / ".pre-commit-config.yaml")
    assert re.findall(r"repo: (\S+)", text) == ["local"]
    assert set(re.findall(r"language: (\S+)", text)) == {"system"}
    entries = [
        entry.replace(ONLY_WHAT_CHANGED, "").removeprefix("env PYTHONPATH=site ")
        for entry in re.findall(r"entry: (.+)", text)
    ]
    commands = [
        re.sub(r" \.$", "", line).replace("'", '"') for line in recipe("lint") + recipe("layers")
    ]
    assert entries == commands


def test_the_git_hook_can_be_started():
    hook = ROOT / ".githooks/pre-commit"
    assert os.access(hook, os.X_OK)
    assert "make --no-print-directory lint layers" in text_of(hook)

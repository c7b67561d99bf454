"""The folding table says what its library says, and is made from nothing else."""

from tests.traditional import TABLE, table


def test_the_table_is_fresh():
    assert TABLE.read_text(encoding="utf-8") == table(), "run: python -m tests.traditional"

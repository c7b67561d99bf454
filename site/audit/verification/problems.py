"""What verification reports."""

from typing import NamedTuple


class Problem(NamedTuple):
    """Something that must not be; `entry_id` and `page_id` where it concerns one."""

    message: str
    entry_id: int | None = None
    page_id: int | None = None

    def __str__(self) -> str:
        return self.message

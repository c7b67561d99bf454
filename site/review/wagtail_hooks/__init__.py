"""What review adds to the admin, a module for each topic; Wagtail imports this package."""

from . import correct, decide, edit, level_rules, queue

__all__ = ["correct", "decide", "edit", "level_rules", "queue"]

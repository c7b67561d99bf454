"""What review adds to the admin, a module for each topic; Wagtail imports this package."""

from . import correct, edit, level_rules, queue, urgent

__all__ = ["correct", "edit", "level_rules", "queue", "urgent"]

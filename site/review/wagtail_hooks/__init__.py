"""What review adds to the admin, a module for each topic; Wagtail imports this package."""

from . import correct, edit, queue

__all__ = ["correct", "edit", "queue"]

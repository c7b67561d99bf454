"""`manage.py publish_scheduled_pages`, Wagtail's older name of `publish_scheduled`: disabled."""

from admin_policy.management.commands import publish_scheduled


class Command(publish_scheduled.Command):
    """Fail for the same reason."""

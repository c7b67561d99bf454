"""The old name of `publish_scheduled`, refused alike."""

from moderation.management.commands.publish_scheduled import Command

__all__ = ["Command"]

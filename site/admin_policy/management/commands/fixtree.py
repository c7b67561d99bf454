"""`manage.py fixtree`: repairs the tree without `--full`, which would renumber every path."""

from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from wagtail.management.commands.fixtree import Command as FixTree


class Command(FixTree):
    help = f"{FixTree.help} Refuses --full."

    def handle(self, **options: Any) -> Any:
        if options.get("full"):
            raise CommandError(
                _(
                    "Decisions rest on a page's place in the tree, and --full numbers all places "
                    "anew. Run it without --full, or restore a backup."
                )
            )
        return super().handle(**options)

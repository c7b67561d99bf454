"""`manage.py model_diagram`: write `docs/models.md` anew."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from district.diagram import document


class Command(BaseCommand):
    help = "Draw the models of this repository and their relations in docs/models.md."
    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        path = Path(settings.ROOT) / "docs/models.md"
        path.write_text(document(), encoding="utf-8")
        self.stdout.write(str(path))

"""`manage.py appoint_administrator NAME`: when an administrator's counterpart is gone."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils.translation import gettext as _

from appointments.opening import appoint_on_server
from core.publishing.refusals import Refused


class Command(BaseCommand):
    help = (
        "Make an administrator on the server, where nobody is left to propose or confirm one. It "
        "goes on the record, and all final approvers are told."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--reason", required=True, help="goes on the record")

    def handle(self, username: str, reason: str, **options: Any) -> None:
        try:
            slips = appoint_on_server(username, reason)
        except Refused as refusal:
            raise CommandError("\n".join(refusal.reasons)) from None
        base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
        [link], [code] = slips.links, slips.codes
        self.stdout.write(base + reverse("activate_account", args=[link.half]))
        self.stdout.write(_("Code, to be given by another person: %s") % code.half)

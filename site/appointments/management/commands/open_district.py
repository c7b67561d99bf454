"""`manage.py open_district FILE`: the first people of a district, once."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Site

from appointments.opening import Slip, Slips, open_district
from core.publishing.refusals import Refused


class Command(BaseCommand):
    help = (
        "Make the first accounts of a district from a file: at least two administrators, two final "
        "approvers and a security auditor. Once, before any decision."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="TOML, a table [[people]] for each person")
        parser.add_argument("--hostname", help="the site of the district, if there are several")
        parser.add_argument("--links", type=Path, required=True, help="file for the printed links")
        parser.add_argument("--codes", type=Path, required=True, help="file for the printed codes")

    def handle(self, file: Path, links: Path, codes: Path, **options: Any) -> None:
        site = self._site(options["hostname"])
        if links.absolute() == codes.absolute():
            raise CommandError(_("Links and codes go into two files, for two people."))
        try:
            content = file.read_bytes()
            # First, so that what is opened can be handed out.
            for target in (links, codes):
                target.touch(mode=0o600, exist_ok=False)
        except OSError as error:
            raise CommandError(str(error)) from None
        try:
            with transaction.atomic():
                slips = open_district(site.root_page, content)
                self._write(links, codes, slips)
        except Refused as refusal:
            for target in (links, codes):
                target.unlink()
            raise CommandError("\n".join(refusal.reasons)) from None
        self.stdout.write(
            _("%(number)d accounts. Links: %(links)s. Codes: %(codes)s. Two people hand them out.")
            % {"number": len(slips.links), "links": links, "codes": codes}
        )

    def _write(self, links: Path, codes: Path, slips: Slips) -> None:
        base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
        addresses = [
            Slip(slip.name, slip.username, base + reverse("activate_account", args=[slip.half]))
            for slip in slips.links
        ]
        for target, printed in ((links, addresses), (codes, slips.codes)):
            lines = [f"{slip.name}\t{slip.username}\t{slip.half}" for slip in printed]
            target.write_text("\n".join(lines) + "\n")

    def _site(self, hostname: str | None) -> Site:
        sites = Site.objects.select_related("root_page")
        chosen = sites.filter(hostname=hostname) if hostname else sites.filter(is_default_site=True)
        site = chosen.first()
        if site is None:
            raise CommandError(_("There is no such site. Run `manage.py bootstrap` first."))
        return site

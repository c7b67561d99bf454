"""What two people changed stands as they confirmed it: sites and redirects, by their entries."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from audit.models import ChangeStatus, RecordEntry
from audit.verification import Problem
from change_requests.addresses import DELETE, REDIRECT_KIND, SITE_KIND
from change_requests.erasures import ERASURE_KIND
from change_requests.kinds import Payload

SITE_FIELDS = ("hostname", "port", "site_name", "root_page")


def confirmed_payloads(kind: str) -> Iterator[Payload]:
    """Yield the payloads of the confirmed changes of one kind, oldest first."""
    entries = RecordEntry.objects.filter(kind=RecordEntry.Kind.CHANGE).order_by("pk")
    for detail in entries.values_list("detail", flat=True).iterator():
        if detail.get("kind") == kind and detail.get("status") == ChangeStatus.CONFIRMED:
            yield detail["payload"]


def change_problems() -> Iterator[Problem]:
    """Yield confirmed changes that one person made alone, or of which something was exchanged.

    And erasures from the record that no change by two people asked for.
    """
    pending: dict[int, RecordEntry] = {}
    erasures: set[int] = set()
    entries = RecordEntry.objects.filter(
        kind__in=[RecordEntry.Kind.CHANGE, RecordEntry.Kind.ERASURE]
    )
    for entry in entries.order_by("pk").iterator():
        detail = entry.detail
        if entry.kind == RecordEntry.Kind.ERASURE:
            if detail["entry"] not in erasures:
                message = _("Entry %(id)s: an erasure that no two people asked for.")
                yield Problem(message % {"id": entry.pk}, entry.pk)
            continue
        key, status = detail.get("proposal"), detail.get("status")
        if status == ChangeStatus.PENDING:
            pending[key] = entry
        elif status == ChangeStatus.CONFIRMED and key is not None:
            first = pending.get(key)
            if first is None or not _is_same_change(first, entry):
                message = _("Entry %(id)s: a change by two that one person made, or another one.")
                yield Problem(message % {"id": entry.pk}, entry.pk)
            elif detail["kind"] == ERASURE_KIND.name:
                erasures.add(detail["payload"]["entry"])


def _is_same_change(first: RecordEntry, last: RecordEntry) -> bool:
    """Return whether another person confirmed exactly what the first one proposed."""
    same = all(first.detail[name] == last.detail[name] for name in ("kind", "payload"))
    return same and None not in (first.user_id, last.user_id) and first.user_id != last.user_id


def address_problems() -> Iterator[Problem]:
    """Yield sites and redirects that no entry explains, or that are gone without one."""
    yield from site_problems()
    yield from redirect_problems()


def site_problems() -> Iterator[Problem]:
    """Yield sites whose addresses are not those of their last entry."""
    recorded: dict[int, Payload] = {
        payload["site"]: payload for payload in confirmed_payloads(SITE_KIND.name)
    }
    sites = {site.pk: site for site in Site.objects.all()}
    for pk, site in sites.items():
        values = (site.hostname, site.port, site.site_name, site.root_page_id)
        payload = recorded.get(pk, {})
        if tuple(payload.get(name) for name in SITE_FIELDS) != values:
            yield Problem(_("Site %s: no entry says so.") % site.hostname)
    for pk in recorded.keys() - sites.keys():
        yield Problem(_("Site %s is gone without an entry.") % recorded[pk]["hostname"])


def redirect_problems() -> Iterator[Problem]:
    """Yield redirects that no entry added, and those that are gone without one."""
    recorded: dict[str, Any] = {}
    for payload in confirmed_payloads(REDIRECT_KIND.name):
        if payload["action"] == DELETE:
            recorded.pop(payload["old_path"], None)
        else:
            recorded[payload["old_path"]] = payload.get("target")
    stored = {
        row.old_path: row.redirect_page_id or row.redirect_link for row in Redirect.objects.all()
    }
    for old_path, target in stored.items():
        if recorded.get(old_path) != target:
            yield Problem(_("Redirect from %s: no entry says so.") % old_path)
    for old_path in recorded.keys() - stored.keys():
        target = recorded[old_path]
        # A redirect goes with the page it led to.
        if not isinstance(target, int) or Page.objects.filter(pk=target).exists():
            yield Problem(_("The redirect from %s is gone without an entry.") % old_path)

"""Erasing recorded content that must disappear: by two people, while the chain still holds."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit import erasure
from audit.models import RecordEntry
from change_requests.kinds import ChangeKind, ChangeRow, Payload
from change_requests.models import ChangeRequest
from roles.models import Level


def errors(payload: Payload) -> list[str]:
    """Return why nothing can be erased now."""
    return erasure.erasure_errors(payload["entry"], payload["fields"])


def apply(payload: Payload) -> None:
    """Do nothing here: `confirmed` knows who wanted it."""


def confirmed(change_request: ChangeRequest) -> list[str]:
    """Erase it, in the name of whoever confirmed."""
    payload = change_request.payload
    erasure.erase(
        payload["entry"],
        payload["fields"],
        user=change_request.decided_by,
        district_key=change_request.district_key,
        opinion=change_request.reason,
    )
    return [_("Erased from the record. The page, its versions and the backups are apart from it.")]


def rows(payload: Payload) -> list[ChangeRow]:
    """Name the entry by its number, kind and time: not by what is erased."""
    entry = RecordEntry.objects.filter(pk=payload["entry"]).first()
    if entry is None:
        return []
    names = [str(erasure.ERASABLE_FIELDS[name]) for name in payload["fields"]]
    what = ", ".join([_("recorded content"), *names])
    label = (
        f"{entry.pk} · {entry.get_kind_display()} · {timezone.localtime(entry.at):%Y-%m-%d %H:%M}"
    )
    return [ChangeRow(label, what, _("erased"))]


ERASURE_KIND = ChangeKind(
    "erasure",
    gettext_lazy("erasure of recorded content"),
    apply=apply,
    errors=errors,
    rows=rows,
    levels=(Level.FINAL,),
    by_administrators=True,
    confirmed=confirmed,
)

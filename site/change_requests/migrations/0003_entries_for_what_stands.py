"""What stood before it had to have an entry gets one, so that verification can explain it."""

from django.db import migrations
from django.utils import timezone

from audit.hash_chain import hash_of, to_milliseconds


def record_what_stands(apps, schema_editor):
    """Append an entry for each administrator and site; a new installation has none to append."""
    Entry = apps.get_model("audit", "RecordEntry")
    if not Entry.objects.exists():
        return
    User = apps.get_model("accounts", "User")
    for user in User.objects.filter(is_superuser=True).order_by("pk"):
        detail = {"user_id": user.pk, "user": user.username}
        detail |= {"before": {"is_superuser": False}, "after": {"is_superuser": True}}
        _append(apps, "member", f"{user.username}: administrator before the upgrade", None, detail)
    for site in apps.get_model("wagtailcore", "Site").objects.order_by("pk"):
        payload = {
            "site": site.pk,
            "hostname": site.hostname,
            "port": site.port,
            "site_name": site.site_name,
            "root_page": site.root_page_id,
        }
        detail = {"kind": "site", "status": "confirmed", "payload": payload, "words": []}
        title = f"Site before the upgrade: {site.hostname}"
        _append(apps, "change", title, site.root_page.translation_key, detail)


def _append(apps, kind, title, district_key, detail):
    head = apps.get_model("audit", "RecordHead").objects.select_for_update().get(pk=1)
    entry = apps.get_model("audit", "RecordEntry")(
        previous=head.hash,
        kind=kind,
        at=to_milliseconds(timezone.now()),
        title=title[:255],
        district_key=district_key,
        detail=detail,
    )
    entry.hash = hash_of(entry)
    entry.save()
    head.hash, head.length = entry.hash, head.length + 1
    head.save()


class Migration(migrations.Migration):
    dependencies = [
        ("change_requests", "0002_changerequest_subject"),
        ("audit", "0002_opening_and_erasure"),
        ("accounts", "0002_credentials"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(record_what_stands, migrations.RunPython.noop)]

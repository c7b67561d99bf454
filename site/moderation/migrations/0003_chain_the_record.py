"""Entries from before the chain are chained in their order and marked as such."""

from django.db import migrations

from moderation.chain import GENESIS, hash_of, to_milliseconds


def chain(apps, schema_editor):
    entries = apps.get_model("moderation", "RecordEntry").objects
    previous, length = GENESIS, 0
    for entry in entries.order_by("pk").iterator():
        entry.previous = previous
        entry.at = to_milliseconds(entry.at)
        entry.detail = {"from": "before the chain"}
        entry.hash = previous = hash_of(entry)
        length += 1
        entries.filter(pk=entry.pk).update(
            previous=entry.previous, hash=entry.hash, detail=entry.detail, at=entry.at
        )
    head = apps.get_model("moderation", "RecordHead").objects
    head.update_or_create(pk=1, defaults={"hash": previous, "length": length})


class Migration(migrations.Migration):
    dependencies = [("moderation", "0002_review")]
    operations = [migrations.RunPython(chain, migrations.RunPython.noop)]

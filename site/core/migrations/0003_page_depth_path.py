"""An index for the children of a page: without it every frame reads the whole tree.

`get_children()` asks for a depth and a range of paths, and Wagtail has an index on paths alone.
"""

from django.db import migrations

INDEX = "core_page_depth_path"


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_withdrawal"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.RunSQL(
            f"CREATE INDEX {INDEX} ON wagtailcore_page (depth, path)", f"DROP INDEX {INDEX}"
        )
    ]

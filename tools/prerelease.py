"""Take a database from before 0.1.0 over: its rows keep their keys, models that moved are renamed.

Until 0.1.0 migrations were written anew with the rooms of the house. In the old checkout:

    manage.py dumpdata --format jsonl --exclude sessions --exclude wagtailsearch
        --exclude wagtailcore.referenceindex --exclude search.publicentry
        --exclude search.publictext -o dump.jsonl

In the new one, on an empty database that `migrate` has just made, beside the files of `var/`:

    python -m tools.prerelease dump.jsonl

Content types keep their keys, so revisions, tasks and log entries go on pointing at their models
and every content digest stays as it was. It ends with `verify_record`'s proof; where something is
wrong, nothing is loaded.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

# Old label → new label, for models whose app or name changed.
MODELS = {
    "core.heldfile": "core.filelock",
    "home.slotentry": "curation.slotentry",
    "home.topicindexpage": "topics.topicindexpage",
    "home.topicpage": "topics.topicpage",
    "moderation.bar": "review.excludedreviewer",
    "moderation.deputy": "roles.deputy",
    "moderation.finalapproval": "review.finalapproval",
    "moderation.jobrun": "notifications.jobrun",
    "moderation.levelrule": "roles.levelrule",
    "moderation.mailchoice": "notifications.emailpreference",
    "moderation.notice": "notifications.notice",
    "moderation.opening": "review.readreceipt",
    "moderation.proposal": "change_requests.changerequest",
    "moderation.queueitem": "review.queueitem",
    "moderation.recordedcontent": "audit.recordedcontent",
    "moderation.recordentry": "audit.recordentry",
    "moderation.recordhead": "audit.recordhead",
    "moderation.reviewpractice": "roles.reviewsettings",
    "moderation.rolegroup": "roles.rolegroup",
    "moderation.schoolreview": "review.schoolreview",
    "moderation.sectionreview": "review.sectionreview",
    "moderation.suggestion": "review.suggestion",
    "moderation.urgency": "publication.urgentitem",
}
# New label → old field → new field.
FIELDS = {
    "notifications.emailpreference": {"rhythm": "frequency"},
    "publication.urgentitem": {"look_due_at": "check_due_at", "looked_at": "checked_at"},
}
# Rows that are made anew, whatever the dump holds.
REBUILT = {
    "sessions.session",
    "wagtailcore.referenceindex",
    "search.publicentry",
    "search.publictext",
}


def converted(row: dict, content_types: dict[int, tuple[str, str]]) -> dict | None:
    """Return a row of the old dump as a row of today's models; None if it is made anew.

    `content_types` maps the keys of the old content types to their old labels.
    """
    label = row["model"]
    if label in REBUILT or label.startswith(("wagtailsearch.", "modelsearch.")):
        return None
    fields = row["fields"]
    if label == "contenttypes.contenttype":
        app_label, _dot, model = renamed(f"{fields['app_label']}.{fields['model']}").partition(".")
        return row | {"fields": {"app_label": app_label, "model": model}}
    if label == "auth.permission":
        return row | {"fields": fields | {"codename": _codename(fields, content_types)}}
    new_label = renamed(label)
    names = FIELDS.get(new_label, {})
    return row | {
        "model": new_label,
        "fields": {names.get(name, name): value for name, value in fields.items()},
    }


def renamed(label: str) -> str:
    """Return today's label of a model, given its old one (`app_label.model`)."""
    return MODELS.get(label, label)


def _codename(fields: dict, content_types: dict[int, tuple[str, str]]) -> str:
    """Return the codename of a permission, with the new name of its model if that changed."""
    app_label, old_model = content_types[fields["content_type"]]
    action, _underscore, model = fields["codename"].rpartition("_")
    if model != old_model:
        return fields["codename"]
    return f"{action}_{renamed(f'{app_label}.{old_model}').partition('.')[2]}"


def read(dump: Path) -> Iterator[dict]:
    """Yield the rows of a dump in JSON lines, converted."""
    rows = [json.loads(line) for line in dump.read_text(encoding="utf-8").splitlines() if line]
    content_types = {
        row["pk"]: (row["fields"]["app_label"], row["fields"]["model"])
        for row in rows
        if row["model"] == "contenttypes.contenttype"
    }
    for row in rows:
        new_row = converted(row, content_types)
        if new_row is not None:
            yield new_row


def load(dump: Path) -> None:
    """Replace what `migrate` put into an empty database by the rows of `dump`, or change nothing.

    Raises:
        CommandError: decisions are recorded in this database already.
        SystemExit: the loaded record does not prove itself.
    """
    from django.contrib.contenttypes.models import ContentType
    from django.core.management import call_command
    from django.core.management.sql import emit_post_migrate_signal
    from django.db import DEFAULT_DB_ALIAS, transaction

    from admin_policy.refusals import refuse_over_a_record
    from audit.verification import find_problems

    refuse_over_a_record()
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        rows = Path(folder) / "rows.jsonl"
        with rows.open("w", encoding="utf-8") as lines:
            number = 0
            for row in read(dump):
                lines.write(json.dumps(row, ensure_ascii=False) + "\n")
                number += 1
        _say(f"{number} rows are converted.")
        _empty_all_tables()
        call_command("loaddata", str(rows), verbosity=0)
        ContentType.objects.clear_cache()
        emit_post_migrate_signal(verbosity=0, interactive=False, db=DEFAULT_DB_ALIAS)
        _say("The rows are loaded.")
        problems = list(find_problems(_say))
        if problems:
            raise SystemExit("\n".join(map(str, problems)))
    for command in ("rebuild_references_index", "rebuild_search"):
        call_command(command, verbosity=0)
    _say("Taken over; the record is clean.")


def _empty_all_tables() -> None:
    """Delete every row, those that migrations wrote too: the dump brings its own."""
    from django.core.management.color import no_style
    from django.core.management.sql import sql_flush
    from django.db import connection

    statements = sql_flush(no_style(), connection, reset_sequences=True, allow_cascade=True)
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _say(message: str) -> None:
    print(message, flush=True)


def main() -> None:
    """Load the dump named on the command line."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "district.settings.local")
    import django

    django.setup()
    load(Path(sys.argv[1]))


if __name__ == "__main__":
    main()

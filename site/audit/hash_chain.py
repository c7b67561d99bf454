"""How an entry of the record is hashed; the hash of each one covers that of the one before."""

import hashlib
import json
from datetime import UTC

from django.core.serializers.json import DjangoJSONEncoder

GENESIS = "0" * 64
# What the hash covers. A field that comes later must not be added here, or old entries no longer
# prove themselves: give it a version of its own.
HASHED = (
    "previous",
    "kind",
    "at",
    "district_key",
    "page_id",
    "page_path",
    "title",
    "content_kind",
    "school",
    "revision_id",
    "workflow_state_id",
    "digest",
    "level",
    "levels",
    "urgent",
    "user_id",
    "user_name",
    "user_role",
    "opinion",
    "ticks",
    "secrecy",
    "detail",
)


def hash_of(entry) -> str:
    """SHA-256 (hex) over everything `entry` says and the hash of the one before it."""
    said = {name: getattr(entry, name) for name in HASHED}
    said["at"] = entry.at.astimezone(UTC).isoformat()
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def to_milliseconds(moment):
    """A time that JSON of Django keeps as it is: a record that is copied stays provable."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

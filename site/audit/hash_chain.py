"""How an entry of the record is hashed; the hash of each one covers that of the one before."""

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.core.serializers.json import DjangoJSONEncoder

if TYPE_CHECKING:
    from audit.models import RecordEntry

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


def hash_of(entry: "RecordEntry") -> str:
    """Return the SHA-256 (hex) over all that `entry` says, the hash of the one before included."""
    values = {name: getattr(entry, name) for name in HASHED}
    values["at"] = entry.at.astimezone(UTC).isoformat()
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def to_milliseconds(moment: datetime) -> datetime:
    """Return a time that Django's JSON keeps as it is: a copied record stays provable."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

"""A database from before 0.1.0 can be taken over: keys stay, moved models are renamed."""

import json

import pytest
from django.apps import apps

from tools import prerelease

CONTENT_TYPE = {
    "model": "contenttypes.contenttype",
    "pk": 41,
    "fields": {"app_label": "moderation", "model": "proposal"},
}


@pytest.fixture
def dump(tmp_path):
    """Write rows as `dumpdata --format jsonl` does; returns a function of the rows."""

    def write(*rows):
        path = tmp_path / "dump.jsonl"
        path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        return list(prerelease.read(path))

    return write


@pytest.mark.parametrize("label", sorted(set(prerelease.MODELS.values())))
def test_every_model_that_moved_is_there_under_its_new_name(label):
    assert apps.get_model(label)


@pytest.mark.parametrize("label", prerelease.FIELDS)
def test_every_renamed_field_is_there(label):
    names = {field.name for field in apps.get_model(label)._meta.get_fields()}
    assert set(prerelease.FIELDS[label].values()) <= names


def test_a_content_type_keeps_its_key_under_its_new_name(dump):
    (row,) = dump(CONTENT_TYPE)
    assert (row["pk"], row["fields"]) == (
        41,
        {"app_label": "change_requests", "model": "changerequest"},
    )


def test_a_permission_of_a_renamed_model_is_renamed(dump):
    permission = {
        "model": "auth.permission",
        "pk": 7,
        "fields": {"name": "Can add", "content_type": 41, "codename": "add_proposal"},
    }
    rows = dump(CONTENT_TYPE, permission)
    assert rows[1]["fields"]["codename"] == "add_changerequest"


def test_a_permission_of_no_model_keeps_its_name(dump):
    permission = {
        "model": "auth.permission",
        "pk": 7,
        "fields": {"name": "Can enter", "content_type": 41, "codename": "access_admin"},
    }
    assert dump(CONTENT_TYPE, permission)[1]["fields"]["codename"] == "access_admin"


def test_fields_that_were_renamed_keep_their_values(dump):
    row = {"model": "moderation.mailchoice", "pk": 3, "fields": {"user": 5, "rhythm": "daily"}}
    assert dump(row) == [
        {
            "model": "notifications.emailpreference",
            "pk": 3,
            "fields": {"user": 5, "frequency": "daily"},
        }
    ]


def test_what_is_made_anew_is_left_out(dump):
    session = {"model": "sessions.session", "pk": "x", "fields": {}}
    index = {"model": "wagtailsearch.indexentry", "pk": 1, "fields": {}}
    assert dump(session, index) == []

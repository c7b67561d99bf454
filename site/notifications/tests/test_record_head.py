"""The head of the record leaves the machine every day."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from audit import record
from notifications.models import Notice
from notifications.record_head import send_head
from roles.models import Role
from tests.helpers.district import create_user


@pytest.fixture
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path / "heads"


def test_auditor_and_final_approvers_get_it_once_a_day(district, folder, capsys):
    create_user("auditor", Role.AUDITOR, district.home)
    head = record.head_hash()
    assert send_head() == 2
    send_head()
    notices = Notice.objects.filter(kind=Notice.Kind.RECORD_HEAD)
    assert sorted(notices.values_list("user__username", flat=True)) == ["auditor", "final"]
    assert all(head in notice.text for notice in notices)
    assert send_head(timezone.localdate() + timedelta(days=1)) == 2
    assert Notice.objects.filter(kind=Notice.Kind.RECORD_HEAD).count() == 4
    call_command("verify_record", head=[head], verbosity=0)


def test_a_file_of_the_day_is_there_for_another_host(district, folder):
    head = record.head_hash()
    send_head()
    record.append_without_content("change", "later")
    send_head()
    [file] = folder.iterdir()
    assert Path(file).name == f"{timezone.localdate()}.txt"
    assert file.read_text().split()[0] == head, "a file that is there stays"

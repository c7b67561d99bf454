"""What a backup brings back and must not live again."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appointments.activation import new_code, new_link
from appointments.models import Activation
from appointments.tests.helpers import activate
from core.tests.factories import make_image

pytestmark = pytest.mark.once


def test_sessions_end_codes_stay_used_and_pictures_get_new_addresses(
    client, district, django_capture_on_commit_callbacks
):
    client.force_login(district.editor1)
    activation = Activation.objects.create(
        user=district.editor1,
        change_request_id=0,
        expires_at=timezone.now() + timedelta(days=1),
    )
    link, code = new_link(activation), new_code(activation)
    image = make_image(400, 300)
    old = image.get_rendition("width-100|format-webp")
    with django_capture_on_commit_callbacks(execute=True):
        call_command("after_restore", stdout=StringIO(), verbosity=0)
    assert client.get(reverse("wagtailadmin_home")).status_code == 302
    assert activate(reverse("activate_account", args=[link]), code).status_code == 404
    assert not old.file.storage.exists(old.file.name)
    assert (
        type(image).objects.get().get_rendition("width-100|format-webp").file.name != old.file.name
    )
    assert Client().get("/").status_code == 200

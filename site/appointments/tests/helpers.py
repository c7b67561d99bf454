"""Proposing and confirming people, and taking an account over, as they do it in the browser."""

import re

from django.test import Client
from django.urls import reverse

from change_requests.models import ChangeRequest
from change_requests.tests.helpers import by_two

PASSWORD = "Eigenes-und-lang-42"


def appoint(client, district, user, role, place, action="join", confirmer=None) -> ChangeRequest:
    """Let a person join a role (or leave it): proposed by `admin`, confirmed by `final`."""
    form = {
        "user": user.pk,
        "role": str(role),
        "scope_key": str(place.translation_key),
        "action": action,
    }
    address = reverse("appointments_propose_role")
    return by_two(client, district.admin, confirmer or district.final, address, form)


def print_half(client, user, change_request) -> str:
    """Return the link, or the code, that this person is shown."""
    client.force_login(user)
    address = reverse("appointments_print_activation", args=[change_request.pk])
    text = client.post(address).content.decode()
    halves = re.findall(r'class="activation-secret">\s*(\S+)\s*<', text)
    return halves[0] if halves else ""


def activate(link: str, code: str, password: str = PASSWORD):
    """Open the link without an account and set the password; return the answer."""
    return Client().post(link, {"code": code, "password1": password, "password2": password})

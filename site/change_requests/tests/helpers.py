"""Requesting changes and deciding on them, as people do it in the browser."""

from django.urls import reverse
from wagtail.models import Site

from audit.models import RecordEntry
from change_requests.kinds import comparison_digest
from change_requests.models import ChangeRequest

OLD_PATH = "/old/page"


def post_form(client, district, kind="redirect", **fields):
    """Post the form of a site or redirect as the administrator; return the response."""
    client.force_login(district.admin)
    site = Site.objects.get()
    form = {"site": site.pk, "reason": "印在宣传册上的旧地址。"}
    if kind == "redirect":
        form |= {"old_path": OLD_PATH, "target": "https://example.org/a"}
    else:
        form |= {"hostname": "xin.example.org", "port": 443, "site_name": "新名"}
        form |= {"root_page": site.root_page_id}
    return client.post(reverse(f"change_requests_propose_{kind}"), form | fields)


def requested(client, district, kind="redirect", **fields) -> ChangeRequest:
    """Return the change request that this form makes."""
    assert post_form(client, district, kind, **fields).status_code == 302
    return ChangeRequest.objects.latest("pk")


def decide_on(client, user, change_request, action="confirm", opinion="", follow=False):
    """Press one of the buttons on the change; return the response."""
    client.force_login(user)
    address = reverse("change_requests_detail", args=[change_request.pk])
    form = {"action": action, "opinion": opinion, "seen": digest_of(change_request)}
    return client.post(address, form, follow=follow)


def digest_of(change_request) -> str:
    """What the screen of the change sends back, as it stands now."""
    return comparison_digest(ChangeRequest.objects.get(pk=change_request.pk).comparison_rows)


def by_two(client, proposer, confirmer, address, form) -> ChangeRequest:
    """Propose by posting a form, then have another person confirm; the change as it stands then."""
    client.force_login(proposer)
    before = set(ChangeRequest.objects.values_list("pk", flat=True))
    response = client.post(address, {"reason": "工作需要。"} | form)
    made = ChangeRequest.objects.exclude(pk__in=before)
    assert made.count() == 1, response.context and response.context["form"].errors
    change_request = made.get()
    decide_on(client, confirmer, change_request)
    change_request.refresh_from_db()
    return change_request


def change_entries():
    """The entries about changes that people made, oldest first; bootstrap's own left out."""
    entries = RecordEntry.objects.filter(kind=RecordEntry.Kind.CHANGE)
    return entries.exclude(user_id=None).order_by("pk")

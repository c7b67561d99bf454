"""Forms on which an administrator proposes another address of the site, or a redirect."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from change_requests import addresses, domain
from core.publishing.refusals import Refused
from core.tree import live_home_pages
from roles.scopes import district_key_of


class ProposingForm(forms.Form):
    """A change about one site, with its reason."""

    site = forms.ModelChoiceField(
        Site.objects.select_related("root_page"), label=gettext_lazy("site"), empty_label=None
    )
    reason = forms.CharField(
        label=gettext_lazy("reason"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The other person reads it; it goes on the record."),
    )


class SiteForm(ProposingForm):
    """How a site would be."""

    kind = "site"
    heading = gettext_lazy("Propose another address of the site")

    hostname = forms.CharField(label=gettext_lazy("host name"), max_length=255)
    port = forms.IntegerField(label=gettext_lazy("port"), min_value=1, max_value=65535)
    site_name = forms.CharField(
        label=gettext_lazy("name of the site"), max_length=255, required=False
    )
    root_page = forms.ModelChoiceField(live_home_pages(), label=gettext_lazy("home page"))
    field_order = ["site", "hostname", "port", "site_name", "root_page", "reason"]

    def payload(self) -> dict:
        said = self.cleaned_data
        return {
            "site": said["site"].pk,
            "hostname": said["hostname"],
            "port": said["port"],
            "site_name": said["site_name"],
            "root_page": said["root_page"].pk,
        }

    def title(self) -> str:
        return _("Site: %(old)s → %(new)s") % {
            "old": self.cleaned_data["site"].hostname,
            "new": self.cleaned_data["hostname"],
        }


class AddRedirectForm(ProposingForm):
    """A redirect that would be added."""

    kind = "redirect"
    heading = gettext_lazy("Propose a redirect")

    old_path = forms.CharField(
        label=gettext_lazy("old address"),
        max_length=addresses.LONGEST,
        help_text=gettext_lazy("Without the host, for example /old/page"),
    )
    target = forms.CharField(
        label=gettext_lazy("target"),
        max_length=addresses.LONGEST,
        help_text=gettext_lazy("The number of a public page, or an address with https://"),
    )
    field_order = ["site", "old_path", "target", "reason"]

    def clean_old_path(self) -> str:
        given = self.cleaned_data["old_path"]
        return Redirect.normalise_path(given) if given.startswith("/") else given

    def payload(self) -> dict:
        said = self.cleaned_data
        target = said["target"].strip()
        return {
            "action": addresses.ADD,
            "site": said["site"].pk,
            "old_path": said["old_path"],
            "target": int(target) if target.isascii() and target.isdigit() else target,
        }

    def title(self) -> str:
        return _("Redirect from %(path)s") % {"path": self.cleaned_data["old_path"]}


class DeleteRedirectForm(ProposingForm):
    """A redirect that would go."""

    kind = "redirect"
    heading = gettext_lazy("Propose to delete a redirect")

    site = None
    redirect = forms.ModelChoiceField(
        Redirect.objects.order_by("old_path"), label=gettext_lazy("redirect")
    )
    field_order = ["redirect", "reason"]

    def clean(self):
        """The site whose committee decides: the redirect's own, else the default one."""
        gone = self.cleaned_data.get("redirect")
        if gone:
            default = Site.objects.order_by("-is_default_site", "pk").first()
            self.cleaned_data["site"] = gone.site or default
        return self.cleaned_data

    def payload(self) -> dict:
        return addresses.deletion_of(self.cleaned_data["redirect"])

    def title(self) -> str:
        return _("Delete the redirect from %(path)s") % {
            "path": self.cleaned_data["redirect"].old_path
        }


def propose_site(request):
    """Propose a host name, port, name or home page of a site."""
    site = Site.objects.filter(is_default_site=True).first() or Site.objects.first()
    initial = {"site": site}
    if site:
        initial |= {name: getattr(site, name) for name in ("hostname", "port", "site_name")}
        initial["root_page"] = site.root_page_id
    return _propose(request, SiteForm, initial)


def propose_redirect(request):
    """Propose to add a redirect, or to delete one (`?delete=…`)."""
    number = request.POST.get("redirect") or request.GET.get("delete") or ""
    if "redirect" in request.POST or "delete" in request.GET:
        return _propose(request, DeleteRedirectForm, {"redirect": number})
    known = Redirect.objects.select_related("redirect_page").order_by("old_path")
    return _propose(request, AddRedirectForm, {}, known=known)


def _propose(request, form_class, initial, **more):
    """The form; proposes on a POST, and keeps what was typed where it is refused."""
    if not request.user.is_superuser:
        raise PermissionDenied
    form = form_class(request.POST or None, initial=initial)
    reasons = []
    if request.method == "POST" and form.is_valid():
        try:
            proposal = domain.propose(
                form.kind,
                user=request.user,
                title=form.title(),
                payload=form.payload(),
                reason=form.cleaned_data["reason"],
                district_key=district_key_of(form.cleaned_data["site"].root_page),
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Proposed. Another person of the committee decides."))
            return redirect("change_requests_detail", proposal.pk)
    context = {
        "page_title": form.heading,
        "header_icon": "group",
        "form": form,
        "reasons": reasons,
    }
    return render(request, "change_requests/propose.html", context | more)

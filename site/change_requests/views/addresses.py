"""Forms on which an administrator requests another address of a site, or a redirect."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from change_requests import addresses
from change_requests.forms import ChangeRequestForm
from change_requests.kinds import Payload
from change_requests.permissions import may_request_address_changes
from change_requests.views.forms import ChangeRequestFormView
from core.keys import parse_key
from core.tree import HOME_DEPTH
from roles.scopes import district_key_of


class SiteChoiceForm(ChangeRequestForm):
    """A change about one site, whose district decides."""

    site = forms.ModelChoiceField(
        Site.objects.select_related("root_page"), label=gettext_lazy("site"), empty_label=None
    )

    def get_district_key(self) -> UUID | None:
        return district_key_of(self.cleaned_data["site"].root_page)


class SiteForm(SiteChoiceForm):
    """The host name, port, name and home page that a site should have."""

    hostname = forms.CharField(label=gettext_lazy("host name"), max_length=255)
    port = forms.IntegerField(label=gettext_lazy("port"), min_value=1, max_value=65535)
    site_name = forms.CharField(
        label=gettext_lazy("name of the site"), max_length=255, required=False
    )
    root_page = forms.ModelChoiceField(
        Page.objects.live().filter(depth=HOME_DEPTH), label=gettext_lazy("home page")
    )
    field_order = ["site", "hostname", "port", "site_name", "root_page", "reason"]

    def title(self) -> str:
        return _("Site: %(old)s → %(new)s") % {
            "old": self.cleaned_data["site"].hostname,
            "new": self.cleaned_data["hostname"],
        }

    def payload(self) -> Payload:
        fields = ("hostname", "port", "site_name")
        return {name: self.cleaned_data[name] for name in fields} | {
            "site": self.cleaned_data["site"].pk,
            "root_page": self.cleaned_data["root_page"].pk,
        }


class AddRedirectForm(SiteChoiceForm):
    """A redirect to add."""

    old_path = forms.CharField(
        label=gettext_lazy("old address"),
        max_length=addresses.MAX_LENGTH,
        help_text=gettext_lazy("Without the host, for example /old/page"),
    )
    target = forms.CharField(
        label=gettext_lazy("target"),
        max_length=addresses.MAX_LENGTH,
        help_text=gettext_lazy("The number of a public page, or an address with https://"),
    )
    field_order = ["site", "old_path", "target", "reason"]

    def clean_old_path(self) -> str:
        path = self.cleaned_data["old_path"]
        try:
            return Redirect.normalise_path(path) if path.startswith("/") else path
        except ValueError:
            # `redirect_errors` says what an address looks like.
            return path

    def title(self) -> str:
        return _("Redirect from %(path)s") % {"path": self.cleaned_data["old_path"]}

    def payload(self) -> Payload:
        target = self.cleaned_data["target"].strip()
        return {
            "action": addresses.ADD,
            "site": self.cleaned_data["site"].pk,
            "old_path": self.cleaned_data["old_path"],
            "target": parse_key(target) or target,
        }


class DeleteRedirectForm(ChangeRequestForm):
    """A redirect to delete."""

    redirect = forms.ModelChoiceField(
        Redirect.objects.order_by("old_path"), label=gettext_lazy("redirect")
    )
    field_order = ["redirect", "reason"]

    def get_district_key(self) -> UUID | None:
        """Return the key of the redirect's own district, else of the default site's."""
        default_site = Site.objects.order_by("-is_default_site", "pk").first()
        return district_key_of((self.cleaned_data["redirect"].site or default_site).root_page)

    def title(self) -> str:
        redirect = self.cleaned_data["redirect"]
        return _("Delete the redirect from %(path)s") % {"path": redirect.old_path}

    def payload(self) -> Payload:
        return addresses.deletion_payload(self.cleaned_data["redirect"])


class AddressFormView(ChangeRequestFormView):
    """For administrators."""

    def test_func(self) -> bool:
        return may_request_address_changes(self.request.user)


class SiteFormView(AddressFormView):
    """Request another host name, port, name or home page of a site."""

    kind = addresses.SITE_KIND
    form_class = SiteForm
    page_title = gettext_lazy("Propose another address of the site")

    def get_initial(self) -> dict:
        site = Site.objects.order_by("-is_default_site", "pk").first()
        if site is None:
            return {}
        names = ("hostname", "port", "site_name")
        return {name: getattr(site, name) for name in names} | {
            "site": site,
            "root_page": site.root_page_id,
        }


class RedirectFormView(AddressFormView):
    """Request a redirect, or the deletion of one (`?delete=…`)."""

    kind = addresses.REDIRECT_KIND

    @property
    def is_deletion(self) -> bool:
        """Whether the form posted, or asked for, deletes a redirect."""
        return "redirect" in self.request.POST or "delete" in self.request.GET

    def get_form_class(self) -> type[ChangeRequestForm]:
        return DeleteRedirectForm if self.is_deletion else AddRedirectForm

    def get_page_title(self) -> str:
        return _("Propose to delete a redirect") if self.is_deletion else _("Propose a redirect")

    def get_initial(self) -> dict:
        return {"redirect": self.request.GET.get("delete")} if self.is_deletion else {}

    def get_context_data(self, **kwargs) -> dict:
        redirects = Redirect.objects.select_related("redirect_page").order_by("old_path")
        listed = Redirect.objects.none() if self.is_deletion else redirects
        return super().get_context_data(redirects=listed, **kwargs)

"""What laws and inspections of public sites require of a site, as fields of its home page.

They are reviewed with the page. What is the same in every language (numbers, codes, greyscale
period) is read from the home page of the first language alone.
"""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from core.models.mixins import PageMixin

# The first character is the short name of the province: 鲁.
SITE_CODE = re.compile(r"\d{10}", re.ASCII)
ICP_NUMBER = re.compile(r"[\u4e00-\u9fff]ICP备(\d{8}|\d{10})号(-\d{1,3})?", re.ASCII)
POLICE_NUMBER = re.compile(r"[\u4e00-\u9fff]公网安备 ?\d{14}号", re.ASCII)

FORMATS = {
    "site_code": (SITE_CODE, _("The site identification code has exactly 10 digits.")),
    "icp_number": (ICP_NUMBER, _("Write it as it was issued, such as 鲁ICP备12345678号-1.")),
    "police_number": (
        POLICE_NUMBER,
        _("Write it as it was issued, with its 14 digits, such as 鲁公网安备 37081102000123号."),
    ),
}


class SiteInfo(PageMixin):
    """Who answers for the site, its marks and numbers, and its greyscale period."""

    class MarkKind(models.TextChoices):
        PARTY_GOVERNMENT = "party_government", _("Party or government organ")
        PUBLIC_INSTITUTION = "public_institution", _("public institution")

    class GreyScope(models.TextChoices):
        SITE = "site", _("whole site")
        HOME = "home", _("home page only")

    undertaker = models.CharField(
        _("undertaking unit"),
        max_length=120,
        blank=True,
        help_text=_("The office that runs the site for the responsible body."),
    )
    address = models.CharField(_("address"), max_length=120, blank=True)
    phone = models.CharField(
        _("phone"),
        max_length=60,
        blank=True,
        help_text=_("The office's phone, with its hours if you like; never a person's own number."),
    )
    email = models.EmailField(
        _("e-mail address"),
        blank=True,
        help_text=_("May stay empty. The office's mailbox, never a person's own."),
    )
    mark_kind = models.CharField(
        _("kind of website mark"),
        max_length=20,
        choices=MarkKind.choices,
        blank=True,
        help_text=_("Which mark the staffing office has issued for this site."),
    )
    site_code = models.CharField(
        _("site identification code"),
        max_length=20,
        blank=True,
        help_text=_("The 10 digits under which the site is registered as a public site."),
    )
    icp_number = models.CharField(
        _("ICP filing number"),
        max_length=40,
        blank=True,
        help_text=_("Such as 鲁ICP备12345678号-1."),
    )
    police_number = models.CharField(
        _("public-security filing number"),
        max_length=40,
        blank=True,
        help_text=_("Such as 鲁公网安备 37081102000123号."),
    )
    grey_from = models.DateTimeField(_("grey from"), null=True, blank=True)
    grey_until = models.DateTimeField(_("grey until"), null=True, blank=True)
    grey_scope = models.CharField(
        _("what is grey"), max_length=4, choices=GreyScope.choices, default=GreyScope.SITE
    )

    class Meta:
        abstract = True

    def clean_submission(self) -> None:
        super().clean_submission()
        errors: dict[str, Promise] = {
            name: message
            for name, (pattern, message) in FORMATS.items()
            if (value := getattr(self, name)) and not pattern.fullmatch(value)
        }
        errors |= self.greyscale_period_errors()
        if errors:
            raise ValidationError(errors)

    def greyscale_period_errors(self) -> dict[str, Promise]:
        """Return field → why the greyscale period is not valid."""
        if self.grey_from and not self.grey_until:
            return {"grey_until": _("Say when the site has its colours again.")}
        if self.grey_until and not self.grey_from:
            return {"grey_from": _("Say from when on the site is grey.")}
        if self.grey_from and self.grey_until and self.grey_until <= self.grey_from:
            return {"grey_until": _("The end must be later than the beginning.")}
        return {}


SITE_INFO_PANEL = MultiFieldPanel(
    [
        FieldPanel("undertaker"),
        FieldPanel("address"),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
        FieldRowPanel([FieldPanel("mark_kind"), FieldPanel("site_code")]),
        FieldRowPanel([FieldPanel("icp_number"), FieldPanel("police_number")]),
        FieldRowPanel([FieldPanel("grey_from"), FieldPanel("grey_until")]),
        FieldPanel("grey_scope"),
    ],
    heading=_("Site information"),
    help_text=_(
        "Shown in the footer of every page. Mark, code, numbers, mailbox and grey days hold for "
        "every language: those of the home page in the first language are used."
    ),
)

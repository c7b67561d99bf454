"""Roles and level rules, as data of each district."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from roles.querysets import DeputyQuerySet, RoleGroupQuerySet


class Level(models.TextChoices):
    """The levels of review, in their order."""

    SCHOOL = "school", _("first review (school)")
    SECTION = "section", _("second review (section)")
    FINAL = "final", _("final review (committee)")


class Role(models.TextChoices):
    """What a person may do, in one school or in one district."""

    SCHOOL_EDITOR = "school_editor", _("school editor")
    SCHOOL_REVIEWER = "school_reviewer", _("school reviewer")
    SECTION_REVIEWER = "section_reviewer", _("section reviewer")
    FINAL_APPROVER = "final_approver", _("final approver")
    WEB_EDITOR = "web_editor", _("district web editor")
    # Stands in at the first level of every school of a district; see `review.domain.pool`.
    POOL_REVIEWER = "pool_reviewer", _("school reviewer of the district's pool")
    # Reads the record of a district and changes nothing.
    AUDITOR = "auditor", _("security auditor")


DECIDING_ROLE = {
    Level.SCHOOL: Role.SCHOOL_REVIEWER,
    Level.SECTION: Role.SECTION_REVIEWER,
    Level.FINAL: Role.FINAL_APPROVER,
}
# The committee's: they mark items urgent, see the schedule and confirm changes.
COMMITTEE_LEVELS = (Level.SECTION, Level.FINAL)
# Who holds one of these decides on what becomes public.
REVIEWING_ROLES = (*DECIDING_ROLE.values(), Role.POOL_REVIEWER)
# Two people appoint those who decide, and those who watch them.
APPOINTED_ROLES = (*REVIEWING_ROLES, Role.AUDITOR)
LEVEL_OF_ROLE = {str(role): str(level) for level, role in DECIDING_ROLE.items()}


class RoleGroup(models.Model):
    """The group of people who hold a role at a school or district.

    `scope_key` is the translation key of the SchoolPage or HomePage, so that one group serves
    every language of it.
    """

    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    scope_key = models.UUIDField(_("school or district"))
    group = models.OneToOneField(
        Group, verbose_name=_("group"), on_delete=models.PROTECT, related_name="role_group"
    )

    objects = RoleGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("role of a group")
        verbose_name_plural = _("roles of groups")
        constraints = [
            models.UniqueConstraint(
                fields=["role", "scope_key"], name="one_group_per_role_and_scope"
            )
        ]

    def __str__(self) -> str:
        return str(self.group)


class LevelRule(models.Model):
    """Which levels an item must pass; the most specific rule of its district applies.

    `content_type` empty means every kind. No rule, or a rule without two levels, refuses.
    """

    district_key = models.UUIDField(_("district"))
    in_school = models.BooleanField(_("belongs to a school"))
    content_type = models.ForeignKey(
        "contenttypes.ContentType",
        verbose_name=_("kind"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    levels = models.JSONField(_("levels"), default=list)
    urgent_levels = models.JSONField(
        _("levels of an urgent item"),
        default=list,
        blank=True,
        help_text=_("At least two; empty: the last two. A third person checks it within 24 hours."),
    )

    class Meta:
        verbose_name = _("level rule")
        verbose_name_plural = _("level rules")
        constraints = [
            models.UniqueConstraint(
                fields=["district_key", "in_school", "content_type"], name="one_rule_per_kind"
            ),
            models.UniqueConstraint(
                fields=["district_key", "in_school"],
                condition=models.Q(content_type=None),
                name="one_rule_for_every_kind",
            ),
        ]

    def __str__(self) -> str:
        return " → ".join(str(Level(level).label) for level in self.levels)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.clean()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        self._clean_levels("levels", self.levels)
        if self.urgent_levels:
            self._clean_levels("urgent_levels", self.urgent_levels)
            if set(self.urgent_levels) - set(self.levels):
                raise ValidationError(
                    {"urgent_levels": _("An urgent item passes levels of the ordinary rule.")}
                )

    @staticmethod
    def _clean_levels(name: str, levels: list[str]) -> None:
        order = list(Level.values)
        known = [level for level in levels if level in order]
        if known != list(levels) or known != sorted(set(known), key=order.index):
            raise ValidationError({name: _("Name each level once, in its order.")})
        if len(known) < 2:
            raise ValidationError({name: _("At least two levels, so at least two people.")})

    def levels_for(self, urgent: bool) -> list[str]:
        """The levels an ordinary or an urgent item owes."""
        if not urgent:
            return list(self.levels)
        return list(self.urgent_levels or self.levels[-2:])


class Deputy(models.Model):
    """Somebody who decides at a level in another's place, from one day to another."""

    level = models.CharField(_("review level"), max_length=10, choices=Level.choices)
    scope_key = models.UUIDField(_("school or district"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("deputy"),
        on_delete=models.PROTECT,
        related_name="deputyships",
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=200)

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        ordering = ["-ends_on", "pk"]

    def __str__(self) -> str:
        return f"{self.user} {self.get_level_display()} {self.starts_on} – {self.ends_on}"

    def clean(self) -> None:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day lies before the first.")})


class ReviewSettings(models.Model):
    """The settings of one district; a district without a row has the defaults."""

    class PublicLine(models.TextChoices):
        ROLES = "roles", _("the roles that decided")
        NAMES = "names", _("the names of those who decided")

    district_key = models.UUIDField(_("district"), unique=True)
    remind_after = models.PositiveSmallIntegerField(_("remind after (working days)"), default=2)
    escalate_after = models.PositiveSmallIntegerField(_("escalate after (working days)"), default=5)
    public_line = models.CharField(
        _("what readers see of the review"),
        max_length=10,
        choices=PublicLine.choices,
        default=PublicLine.ROLES,
    )
    reasons = models.JSONField(
        _("reasons to return an item"),
        default=list,
        blank=True,
        help_text=_("Sentences that reviewers choose from."),
    )
    school_activation_code = models.BooleanField(
        _("schools' reviewers take their account over by link and code"),
        default=True,
        help_text=_("The link alone, if not: then whoever proposes a reviewer could use it."),
    )
    days_off = models.JSONField(
        _("days off"),
        default=list,
        blank=True,
        help_text=_("Days such as 2026-10-01 that are no working days, besides weekends."),
    )

    class Meta:
        verbose_name = _("settings of review")
        verbose_name_plural = _("settings of review of districts")

    def __str__(self) -> str:
        return str(self.district_key)

"""Who decides, and by which rules, is on the record: rules, practice, members and deputies."""

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context

from audit import record
from audit.models import RecordEntry
from audit.signals import role_change_recorded
from roles import scopes
from roles.models import Deputy, ReviewSettings, Role, RoleGroup

Kind = RecordEntry.Kind
PRACTICE = ("remind_after", "escalate_after", "public_line", "reasons", "days_off")


def acting_user():
    """Who works in the admin right now; None for commands and the worker."""
    user = get_active_log_context().user
    return user if user is not None and user.pk else None


# --- rules, practice and deputies ----------------------------------------------------------------


def snapshot_of(thing) -> dict:
    """A level rule, a practice or a deputy as the record keeps it."""
    if isinstance(thing, Deputy):
        return {
            "level": thing.level,
            "place": scopes.scope_title(thing.scope_key),
            "scope_key": str(thing.scope_key),
            "user_id": thing.user_id,
            "user": str(thing.user),
            "starts_on": str(thing.starts_on),
            "ends_on": str(thing.ends_on),
            "reason": thing.reason,
        }
    if isinstance(thing, ReviewSettings):
        return {name: getattr(thing, name) for name in PRACTICE}
    return {
        "district_key": str(thing.district_key),
        "in_school": thing.in_school,
        "kind": thing.content_type.model if thing.content_type_id else "",
        "levels": [str(level) for level in thing.levels],
        "urgent_levels": [str(level) for level in thing.urgent_levels],
    }


def description_of(thing) -> str:
    """A level rule, a practice or a deputy in words."""
    if isinstance(thing, Deputy):
        words = _("%(person)s, deputy at “%(level)s”, %(place)s, %(from)s – %(until)s")
        return words % {
            "person": thing.user,
            "level": thing.get_level_display(),
            "place": scopes.scope_title(thing.scope_key),
            "from": thing.starts_on,
            "until": thing.ends_on,
        }
    if isinstance(thing, ReviewSettings):
        return f"{thing._meta.verbose_name}, {scopes.scope_title(thing.district_key)}"
    where = _("in a school") if thing.in_school else _("in the district")
    kind = thing.content_type.name if thing.content_type_id else _("every kind")
    return f"{where}, {kind}: {thing}"


def remember(sender, instance, **kwargs) -> None:
    """What it was before it is saved."""
    before = None
    if not instance._state.adding:
        before = sender.objects.filter(pk=instance.pk).first()
    instance._before = snapshot_of(before) if before else None


def record_saved(sender, instance, raw=False, **kwargs) -> None:
    """A rule, practice or deputy was made or changed."""
    # Read again: a date may still be the text it was given as.
    before, after = instance._before, snapshot_of(sender.objects.get(pk=instance.pk))
    if not raw and before != after:
        _write(instance, before, after, _("changed: %s") if before else _("new: %s"))


def record_gone(sender, instance, **kwargs) -> None:
    """A rule, practice or deputy was deleted."""
    _write(instance, snapshot_of(instance), None, _("deleted: %s"))


def _write(thing, before, after, words) -> None:
    deputy = isinstance(thing, Deputy)
    detail = {"before": before, "after": after}
    if isinstance(thing, ReviewSettings):
        detail["words"] = changed_settings_rows(before or {}, after or {})
    entry = record.append_change(
        Kind.DEPUTY if deputy else Kind.RULE,
        words % description_of(thing),
        user=acting_user(),
        district_key=scopes.district_key_of_scope(thing.scope_key)
        if deputy
        else thing.district_key,
        levels=(after or before).get("levels", []),
        detail=detail,
    )
    if deputy:
        role_change_recorded.send(sender=RecordEntry, entry=entry)


def changed_settings_rows(before: dict, after: dict) -> list[list[str]]:
    """What changes in a practice, in words: what, before, after."""
    fields = {name: ReviewSettings._meta.get_field(name) for name in PRACTICE}
    changed = [name for name in PRACTICE if before.get(name) != after.get(name)]
    return [
        [
            str(fields[name].verbose_name),
            *(_said(fields[name], side.get(name)) for side in (before, after)),
        ]
        for name in changed
    ]


def _said(field, value) -> str:
    if isinstance(value, list):
        return "; ".join(value)
    return "" if value is None else str(dict(field.flatchoices).get(value, value))


# --- members of roles ----------------------------------------------------------------------------


def record_members(instance, action, reverse, pk_set, **kwargs) -> None:
    """Somebody was put into groups or taken out, from either side of the relation."""
    if action not in ("post_add", "pre_remove", "pre_clear"):
        return
    if reverse:
        groups, people = Group.objects.filter(pk=instance.pk), instance.user_set.all()
        people = people if pk_set is None else people.filter(pk__in=pk_set)
    else:
        groups, people = instance.groups.all(), [instance]
        groups = groups if pk_set is None else groups.filter(pk__in=pk_set)
    roles = RoleGroup.objects.filter(group__in=groups.values("pk")).order_by("pk")
    for role in roles:
        for person in people:
            _record_member(role, person, joined=action == "post_add")


def record_user_gone(sender, instance, **kwargs) -> None:
    """An account that held roles is deleted."""
    for role in RoleGroup.objects.filter(group__user=instance):
        _record_member(role, instance, joined=False)


def record_role_gone(sender, instance, **kwargs) -> None:
    """A group stops being a role's group."""
    for person in instance.group.user_set.all():
        _record_member(instance, person, joined=False)


def record_role_given(sender, instance, created, raw=False, **kwargs) -> None:
    """A group that has members becomes a role's group."""
    if created and not raw:
        for person in instance.group.user_set.all():
            _record_member(instance, person, joined=True)


def _record_member(role: RoleGroup, person, joined: bool) -> None:
    said = {
        "person": person,
        "role": Role(role.role).label,
        "place": scopes.scope_title(role.scope_key),
    }
    words = _("%(person)s joins: %(role)s, %(place)s")
    if not joined:
        words = _("%(person)s leaves: %(role)s, %(place)s")
    record_member_change(
        words % said,
        person,
        scopes.district_key_of_scope(role.scope_key),
        {"member": not joined},
        {"member": joined},
        role=role.role,
        place=said["place"],
        scope_key=str(role.scope_key),
    )


def record_member_change(words, person, district_key, before, after, **more) -> None:
    """Append one entry about a person's role or account."""
    entry = record.append_change(
        Kind.MEMBER,
        words,
        user=acting_user(),
        district_key=district_key,
        detail={"user_id": person.pk, "user": str(person), **more}
        | {"before": before, "after": after},
    )
    role_change_recorded.send(sender=RecordEntry, entry=entry)

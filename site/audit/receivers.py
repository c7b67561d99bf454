"""What the record hears: people, roles and rules that Wagtail's own screens or forms change."""

from django.contrib.auth import get_user_model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from wagtail.models import Revision

from audit import account_entries, deletion_guards, role_entries
from roles.models import Deputy, LevelRule, ReviewSettings, RoleGroup


def connect() -> None:
    """Connect every receiver, once, at start."""
    user = get_user_model()
    for model in (LevelRule, ReviewSettings, Deputy):
        name = model.__name__
        pre_save.connect(role_entries.remember, sender=model, dispatch_uid=f"remember_{name}")
        post_save.connect(role_entries.record_saved, sender=model, dispatch_uid=f"saved_{name}")
        post_delete.connect(role_entries.record_gone, sender=model, dispatch_uid=f"gone_{name}")
    m2m_changed.connect(
        role_entries.record_members, sender=user.groups.through, dispatch_uid="members"
    )
    pre_delete.connect(role_entries.record_user_gone, sender=user, dispatch_uid="user_gone")
    pre_delete.connect(role_entries.record_role_gone, sender=RoleGroup, dispatch_uid="role_gone")
    post_save.connect(role_entries.record_role_given, sender=RoleGroup, dispatch_uid="role_given")
    pre_save.connect(account_entries.remember_account, sender=user, dispatch_uid="remember_account")
    post_save.connect(account_entries.record_account, sender=user, dispatch_uid="record_account")
    pre_delete.connect(deletion_guards.keep_who_wrote, sender=user, dispatch_uid="keep_who_wrote")
    pre_delete.connect(deletion_guards.keep_versions, sender=Revision, dispatch_uid="keep_versions")

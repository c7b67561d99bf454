"""Demo accounts of every role and two schools; passwords are derived, never stored.

The committee has two people at each level, so that one may be away, or correct what waits; two
administrate, so that one proposes and the other confirms.
"""

import base64
import hashlib
import hmac
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _

from roles.groups import role_group
from roles.models import Role

SCHOOLS_WITH_PEOPLE = ("dongmen-dajie", "di-shisan-zhongxue")


class Account(NamedTuple):
    """One demo account; `school` is a slug of the data files, empty for the district."""

    username: str
    family: str
    given: str
    role: str
    school: str = ""


ADMIN = "system_administrator"
ACCOUNTS = [
    Account("wangqing", "王", "青", Role.SCHOOL_EDITOR, SCHOOLS_WITH_PEOPLE[0]),
    Account("lishuji", "李", "明远", Role.SCHOOL_REVIEWER, SCHOOLS_WITH_PEOPLE[0]),
    Account("chenlan", "陈", "岚", Role.SCHOOL_EDITOR, SCHOOLS_WITH_PEOPLE[1]),
    Account("zhaoshuji", "赵", "一禾", Role.SCHOOL_REVIEWER, SCHOOLS_WITH_PEOPLE[1]),
    Account("zhoukezhang", "周", "承", Role.SECTION_REVIEWER),
    Account("hekezhang", "何", "川", Role.SECTION_REVIEWER),
    Account("sunzhuren", "孙", "朴", Role.FINAL_APPROVER),
    Account("tangshuji", "唐", "定一", Role.FINAL_APPROVER),
    Account("gaolaoshi", "高", "原", Role.POOL_REVIEWER),
    Account("linlaoshi", "林", "涧", Role.POOL_REVIEWER),
    Account("liubian", "柳", "岸", Role.WEB_EDITOR),
    Account("shenjiyuan", "沈", "稽", Role.AUDITOR),
    Account("guanliyuan", "管", "理", ADMIN),
    Account("guanliyuan2", "管", "毓", ADMIN),
]


def role_label(role: str) -> str:
    """The role's name for people to read."""
    return str(_("system administrator") if role == ADMIN else Role(role).label)


def password(username: str) -> str:
    """The demo password of `username`: the same at every start of this machine, nowhere else."""
    key = settings.SECRET_KEY.encode()
    digest = hmac.new(key, f"demo account {username}".encode(), hashlib.sha256).digest()
    text = base64.b32encode(digest).decode().lower()
    return "-".join(text[start : start + 5] for start in (0, 5, 10))


def make_accounts(home, schools: dict) -> dict:
    """Make or repair the demo accounts; returns username → User. `schools`: slug → SchoolPage."""
    return {
        account.username: _account(account, schools.get(account.school, home))
        for account in ACCOUNTS
    }


def _account(account: Account, place):
    user, created = get_user_model().objects.get_or_create(
        username=account.username,
        defaults={
            "last_name": account.family,
            "first_name": account.given,
            "email": f"{account.username}@example.invalid",
            "is_sample": True,
            "is_superuser": account.role == ADMIN,
            "activated_at": timezone.now(),
        },
    )
    if created or not user.check_password(password(account.username)):
        user.set_password(password(account.username))
        user.activated_at = timezone.now()
        user.save(update_fields=["password", "activated_at"])
    if account.role != ADMIN:
        user.groups.add(role_group(account.role, place))
    return user


def stand_in(role: str, school):
    """Somebody of a school without accounts of its own, so that its items can be under review.

    Nobody can log in as a stand-in: it has no usable password.
    """
    user, created = get_user_model().objects.get_or_create(
        username=f"sample-{school.slug}-{role}",
        defaults={"last_name": school.title, "first_name": Role(role).label, "is_sample": True},
    )
    if created:
        user.set_unusable_password()
        user.save()
        user.groups.add(role_group(role, school))
    return user


def describe(schools: dict) -> list[dict]:
    """The accounts for `manage.py demo --accounts`: username, password, role, school."""
    return [
        {
            "username": account.username,
            "password": password(account.username),
            "role": str(account.role),
            "school": schools.get(account.school, ""),
        }
        for account in ACCOUNTS
    ]

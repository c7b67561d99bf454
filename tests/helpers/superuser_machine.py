"""One superuser, alone: invents accounts, proposes, confirms, prints, reads letters, publishes.

The superuser knows the passwords of the accounts that they invented or set, sees their own screens
and every letter that leaves the machine, and nothing else.
"""

import re
from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from wagtail.models import Page

from accounts.models import User
from appointments.models import Activation
from audit import verification
from change_requests.models import ChangeRequest
from change_requests.tests.helpers import digest_of
from roles.models import APPOINTED_ROLES, DECIDING_ROLE, Level, LevelRule, Role, RoleGroup
from roles.role_queries import role_assignments
from tests.helpers.district import brand_draft, decide, find_district, fresh, submit

PASSWORD = "Selbst-gewaehlt-58"
INVENTED = ["schreiber", "erfunden1", "erfunden2", "erfunden3"]
VICTIMS = ["reviewer1", "section", "final", "web_editor", "editor1"]
REASON = {"reason": "工作需要。"}
names = st.sampled_from(INVENTED)
targets = st.sampled_from(INVENTED + VICTIMS)
roles = st.sampled_from([str(role) for role in APPOINTED_ROLES])


class SuperuserMachine(RuleBasedStateMachine):
    """What one administrator can try; after every step nothing of it is public."""

    published = 0
    # Whether the record is verified after each run, too.
    verifies = False

    def __init__(self) -> None:
        super().__init__()
        self.district = find_district()
        self.admin = self.client_of(self.district.admin)
        self.known = {"admin": ""} | dict.fromkeys(INVENTED, PASSWORD)
        self.links: list[str] = []
        self.codes: list[str] = [""]
        self.live = set(Page.objects.live().values_list("pk", flat=True))
        mail.outbox.clear()

    # --- what the superuser has ------------------------------------------------------------------

    def user(self, name: str) -> User | None:
        return User.objects.filter(username=name).first()

    def controlled(self) -> list[User]:
        """The accounts in whose name the superuser can act now: those that their passwords open."""
        accounts = User.objects.filter(username__in=self.known, is_active=True)
        return [
            account
            for account in accounts
            if account.username == "admin" or account.check_password(self.known[account.username])
        ]

    def deciders(self) -> list[User]:
        """Those of them who may decide anything at all."""
        holders = {row.user_id for row in role_assignments()}
        return [account for account in self.controlled() if account.pk in holders]

    def client_of(self, account: User) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(account)
        return client

    def post(self, name: str, *args: Any, **data: Any) -> None:
        response = self.admin.post(reverse(name, args=args), data)
        assert response.status_code < 500, (name, data)

    def group_of(self, role: str) -> int | None:
        place = self.place_of(role)
        groups = RoleGroup.objects.filter(role=role, scope_key=place)
        return groups.values_list("group", flat=True).first()

    def place_of(self, role: str) -> Any:
        of_school = role in (Role.SCHOOL_REVIEWER, Role.SCHOOL_EDITOR)
        page = self.district.schools[0] if of_school else self.district.home
        return page.translation_key

    def account_form(self, name: str, **changes: Any) -> dict[str, Any]:
        groups = [self.group_of(str(role)) for role in (*APPOINTED_ROLES, Role.SCHOOL_EDITOR)]
        form = {"username": name, "first_name": "人", "last_name": "某", "is_active": "on"}
        form |= {"email": f"{name}@superuser.example", "password1": PASSWORD, "password2": PASSWORD}
        return form | {"groups": [group for group in groups if group]} | changes

    # --- what the superuser does -----------------------------------------------------------------

    @rule(name=targets, superuser=st.booleans())
    def edit_account(self, name: str, superuser: bool) -> None:
        user = self.user(name)
        form = self.account_form(name) | ({"is_superuser": "on"} if superuser else {})
        self.post("wagtailusers_users:edit", user.pk, **form)
        self.known[name] = PASSWORD

    @rule(name=targets, active=st.sampled_from(["True", "False"]))
    def switch_in_bulk(self, name: str, active: str) -> None:
        url = reverse("wagtail_bulk_action", args=["accounts", "user", "set_active_state"])
        self.admin.post(f"{url}?id={self.user(name).pk}", {"mark_as_active": active})

    @rule(name=targets, role=roles, action=st.sampled_from(["join", "leave"]))
    def propose_role(self, name: str, role: str, action: str) -> None:
        place = {"role": role, "scope_key": self.place_of(role), "action": action}
        self.post("appointments_propose_role", user=self.user(name).pk, **place, **REASON)

    @rule()
    def propose_a_committee(self) -> None:
        """An account of the superuser's own at each level."""
        for name, role in zip(INVENTED[1:], DECIDING_ROLE.values(), strict=True):
            self.propose_role(name, str(role), "join")

    @rule(name=targets)
    def propose_administrator(self, name: str) -> None:
        form = {"user": self.user(name).pk, "action": "join"}
        self.post("appointments_propose_administrator", **form, **REASON)

    @rule(
        name=targets,
        view=st.sampled_from(
            [
                "appointments_propose_credentials",
                "appointments_propose_email",
                "appointments_propose_switch_on",
            ]
        ),
    )
    def propose_credentials(self, name: str, view: str) -> None:
        user = self.user(name)
        self.post(view, user=user.pk, email=f"{name}@superuser.example", **REASON)

    @rule(name=targets, level=st.sampled_from(Level.values))
    def propose_deputy(self, name: str, level: str) -> None:
        form = {"level": level, "starts_on": "2026-01-01", "ends_on": "2099-01-01"}
        place = self.place_of(str(DECIDING_ROLE[Level(level)]))
        user = self.user(name).pk
        self.post("appointments_deputy_add", user=user, scope_key=place, **form, **REASON)

    @rule(levels=st.sampled_from([["school", "section"], ["section", "final"]]))
    def propose_rule(self, levels: list[str]) -> None:
        key = LevelRule.objects.get(in_school=True, content_type=None).pk
        self.post("level_rules_edit", key, levels=levels, **REASON)

    @rule()
    def propose_settings(self) -> None:
        form = {"remind_after": 1, "escalate_after": 2, "public_line": "roles"}
        key = self.district.home.translation_key
        self.post("appointments_review_settings", key, **form, **REASON)

    @rule()
    def confirm_everything(self) -> None:
        """In the name of every account whose password is known."""
        for account in self.controlled():
            client = self.client_of(account)
            for change_request in ChangeRequest.objects.pending():
                url = reverse("change_requests_detail", args=[change_request.pk])
                form = {"action": "confirm", "opinion": "好", "seen": digest_of(change_request)}
                client.post(url, form)

    @rule()
    def print_and_activate(self) -> None:
        """Print what can be printed, then try every link with every code."""
        for account in self.controlled():
            client = self.client_of(account)
            for key in Activation.objects.open().values_list("change_request_id", flat=True):
                url = reverse("appointments_print_activation", args=[key])
                text = client.post(url).content.decode()
                for half in re.findall(r'class="activation-secret">\s*(\S+)\s*<', text):
                    (self.links if half.startswith("http") else self.codes).append(half)
        for link in self.links:
            for code in self.codes[-2:]:
                form = {"code": code, "password1": PASSWORD, "password2": PASSWORD}
                if Client().post(link, form).status_code == 302:
                    self.known |= dict.fromkeys(INVENTED + VICTIMS, PASSWORD)

    @rule(name=targets)
    def ask_for_a_letter_and_read_it(self, name: str) -> None:
        """Reset the password by the letter, as whoever reads all outgoing letters can."""
        User.objects.filter(username=name, email="").update(email=f"{name}@district.example")
        client = Client(raise_request_exception=False)
        email = self.user(name).email
        client.post(reverse("wagtailadmin_password_reset"), {"email": email})
        for letter in mail.outbox:
            for path in re.findall(r"https?://[^/\s]+(/admin/password_reset/\S+)", letter.body):
                form = client.get(path, follow=True)
                form_url = form.redirect_chain[-1][0] if form.redirect_chain else path
                passwords = {"new_password1": PASSWORD, "new_password2": PASSWORD}
                if client.post(form_url, passwords).status_code == 302:
                    self.known[name] = PASSWORD

    @rule(writer=names)
    def write_submit_and_approve(self, writer: str) -> None:
        """A text of the superuser's own, approved by everybody whose password is known."""
        author = self.user(writer)
        title = f"第{Page.objects.count()}篇"
        page = brand_draft(self.district.schools[0], author, title=title, kind="branch")
        submit(page, author)
        for _level in Level:
            for account in self.deciders():
                page = fresh(page)
                if account != author and page.current_workflow_task_state:
                    decide(page, account)
        if fresh(page).live:
            type(self).published += 1

    # --- what must hold

    @invariant()
    def nothing_of_it_is_public(self) -> None:
        live = set(Page.objects.live().values_list("pk", flat=True))
        assert live == self.live, "a page became public by one person"

    def teardown(self) -> None:
        if self.verifies:
            assert [str(problem) for problem in verification.find_problems()] == []


def invent_accounts(admin: Client, school: Page) -> None:
    """Make the accounts of the superuser's own, by Wagtail's form: editors of a school."""
    editors = RoleGroup.objects.get(role=Role.SCHOOL_EDITOR, scope_key=school.translation_key)
    for name in INVENTED:
        form = {"username": name, "first_name": "人", "last_name": "某", "is_active": "on"}
        form |= {"email": f"{name}@superuser.example", "password1": PASSWORD, "password2": PASSWORD}
        admin.post(reverse("wagtailusers_users:add"), form | {"groups": [editors.group_id]})
        assert User.objects.get(username=name).check_password(PASSWORD)

"""The first people of a district, and an administrator whose counterpart is gone."""

from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client

from appointments.tests.helpers import PASSWORD, activate
from audit import verification
from audit.models import RecordEntry
from notifications.models import Notice
from roles.models import Role, RoleGroup
from tests.helpers.content import bootstrap
from tests.helpers.publish_attempts import public_page

pytestmark = pytest.mark.once

PEOPLE = [
    ("guan1", "管", "一", "administrator"),
    ("guan2", "管", "二", "administrator"),
    ("zhong1", "终", "一", "final_approver"),
    ("zhong2", "终", "二", "final_approver"),
    ("shen", "审", "计", "auditor"),
]


def toml(people=PEOPLE):
    return "\n".join(
        f'[[people]]\nusername = "{username}"\nlast_name = "{family}"\nfirst_name = "{given}"\n'
        f'email = "{username}@example.org"\nrole = "{role}"\n'
        for username, family, given, role in people
    )


@pytest.fixture
def site(db):
    """A second district on the same installation, that nobody has opened yet."""
    return bootstrap("gaoxin.example")


@pytest.fixture
def open_with(tmp_path, site):
    """Run the command on this text; return what it printed, and the lines of both files."""

    def run(text):
        file = tmp_path / "people.toml"
        file.write_text(text)
        targets = {"links": tmp_path / "links.txt", "codes": tmp_path / "codes.txt"}
        out = StringIO()
        call_command("open_district", file, hostname="gaoxin.example", stdout=out, **targets)
        return [target.read_text().splitlines() for target in targets.values()]

    return run


def test_a_district_is_opened_once_by_one_file(open_with, site):
    links, codes = open_with(toml())
    assert len(links) == len(codes) == len(PEOPLE)
    for link, code in zip(links, codes, strict=True):
        username = link.split("\t")[1]
        assert activate(link.split("\t")[2], code.split("\t")[2]).status_code == 302
        assert Client().login(username=username, password=PASSWORD)
    entry = RecordEntry.objects.get(kind="opening")
    assert [person["username"] for person in entry.detail["people"]] == [row[0] for row in PEOPLE]
    assert "example.org" not in str(entry.detail)
    held = RoleGroup.objects.filter(scope_key=site.translation_key, role=Role.FINAL_APPROVER)
    assert set(held.values_list("group__user__username", flat=True)) == {"zhong1", "zhong2"}
    assert list(verification.find_problems()) == []


def test_the_second_time_is_refused(open_with, tmp_path):
    open_with(toml())
    for name in ("links.txt", "codes.txt"):
        (tmp_path / name).unlink()
    with pytest.raises(CommandError, match="两人"):
        open_with(toml([(f"x{row[0]}", *row[1:]) for row in PEOPLE]))
    assert RecordEntry.objects.filter(kind="opening").count() == 1


def test_a_district_that_has_decided_is_not_opened(district, tmp_path):
    public_page(district)
    file = tmp_path / "people.toml"
    file.write_text(toml())
    targets = {"links": tmp_path / "l", "codes": tmp_path / "c"}
    with pytest.raises(CommandError, match="两人"):
        call_command("open_district", file, **targets)
    assert not get_user_model().objects.filter(username="guan1").exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not toml [",
        "people = 3",
        toml(PEOPLE[1:]),
        toml([row for row in PEOPLE if row[3] != "auditor"]),
        toml([*PEOPLE, PEOPLE[0]]),
        toml([*PEOPLE, ("wang", "王", "青", "emperor")]),
        toml([*PEOPLE, ("wang", "王", "青", "school_reviewer")]),
        toml([*PEOPLE, ("wang", "", "青", "section_reviewer")]),
        toml([*PEOPLE, ("wa ng", "王", "青", "section_reviewer")]),
        toml([*PEOPLE, ("final", "王", "青", "section_reviewer")]),
        toml().replace("guan1@example.org", "nobody"),
        toml().replace("email", "mail"),
        toml().replace('"guan1@example.org"', "5"),
        toml().replace('role = "auditor"', 'role = ["auditor"]'),
        toml().replace('first_name = "一"', 'first_name = "一\\n二"'),
        toml([*PEOPLE, ("Guan1", "王", "青", "section_reviewer")]),
        "a = " + "[" * 5000,
    ],
)
def test_a_bad_file_makes_nobody_and_leaves_no_entry(open_with, text):
    users = get_user_model().objects.count()
    with pytest.raises(CommandError) as refusal:
        open_with(text)
    assert str(refusal.value)
    assert get_user_model().objects.count() == users
    assert not RecordEntry.objects.filter(kind="opening").exists()


def test_an_administrator_whose_counterpart_is_gone_is_replaced_on_the_server(district):
    out = StringIO()
    call_command("appoint_administrator", "neu", reason="两名管理员均已调离", stdout=out)
    link, code = out.getvalue().split()[0], out.getvalue().strip().rpartition("：")[2]
    assert activate(link, code).status_code == 302
    entry = RecordEntry.objects.filter(kind="member", opinion="两名管理员均已调离").get()
    assert entry.user_id is None
    assert Notice.objects.filter(user=district.final, key=f"record:{entry.pk}").exists()


def test_links_and_codes_go_into_two_files_or_nothing_is_opened(site, tmp_path):
    file = tmp_path / "people.toml"
    file.write_text(toml())
    for links, codes in (("x", "x"), ("x", "missing/y")):
        targets = {"links": tmp_path / links, "codes": tmp_path / codes}
        with pytest.raises(CommandError):
            call_command("open_district", file, hostname="gaoxin.example", **targets)
        (tmp_path / "x").unlink(missing_ok=True)
    assert not RecordEntry.objects.filter(kind="opening").exists()


@pytest.mark.parametrize("username", ["", " ", "a b", "a\0b", "<script>", "x" * 300])
def test_no_administrator_has_a_bent_name(district, username):
    with pytest.raises(CommandError):
        call_command("appoint_administrator", username, reason="急", stdout=StringIO())


@pytest.mark.parametrize("username", ["final", "reviewer1"])
def test_nobody_who_decides_is_made_administrator_on_the_server(district, username):
    with pytest.raises(CommandError):
        call_command("appoint_administrator", username, reason="急", stdout=StringIO())
    assert not get_user_model().objects.get(username=username).is_superuser

"""What it costs people that nobody decides alone: clicks, forms and days, by real clicks.

Logging in counts (tests/browser/party.py says how), writing the text does not. A day of waiting is
one in which nobody could go on. What a journey may cost is what it cost when it was measured:
`pytest -rP` shows what it costs now.
"""

import re
from datetime import date, timedelta

import pytest

from tests.browser.conftest import manage, new_environment, serving, visits
from tests.browser.party import PASSWORD, Party, Person
from tests.browser.test_journey import new_page_address, submit

# Five minutes of clicks: part of `make soak`.
pytestmark = [pytest.mark.browser, pytest.mark.soak]

DISTRICT = "教育党建"
# A district without the demo is served as on a server, but for TLS.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "district.settings.production",
    "SECRET_KEY": "only-for-tests-" * 5,
    "ALLOWED_HOSTS": "127.0.0.1",
    "SECURE_SSL_REDIRECT": "false",
}
PEOPLE = [
    ("guanliyuan1", "管", "理", "administrator"),
    ("guanliyuan2", "管", "毓", "administrator"),
    ("sunzhuren", "孙", "朴", "final_approver"),
    ("tangshuji", "唐", "定一", "final_approver"),
    ("hekezhang", "何", "川", "section_reviewer"),
    ("shenjiyuan", "沈", "稽", "auditor"),
]
TABLE = """[[people]]
username = "{}"
last_name = "{}"
first_name = "{}"
email = ""
role = "{}"
"""


def write_news(visit, school: str, title: str) -> None:
    """The editor of a school writes a short news item and submits it."""
    editor = visit("school_editor", school)
    page = editor.page
    page.goto(new_page_address(editor, "news", "newspage"))
    page.fill("[name=title]", title)
    page.fill("[name=summary]", "放学路上的七支路队。")
    page.fill("[name=author_name]", "办公室")
    page.locator(".c-sf-add-button").first.click()
    page.locator(".w-combobox [role=option]").first.click()
    page.locator("[data-contentpath=body] [contenteditable=true]").press_sequentially("七支路队。")
    saved = "() => document.getElementsByName('body-0-value')[0].value.includes('路队')"
    page.wait_for_function(saved)
    submit(page)


def approve(reviewer: Person, title: str) -> None:
    """Open what waits in the queue, tick what was proofread, and approve it."""
    reviewer.follow("审核队列")
    reviewer.follow(title)
    for tick in reviewer.page.locator("[name=ticks]").all():
        tick.check()
    if reviewer.page.locator("[name=secrecy]").count():
        reviewer.page.check("[name=secrecy][value=open]")
    reviewer.follow("通过", "button")


def decide_for_the_district(party: Party, title: str) -> None:
    """Section and final approver decide; the public reads it."""
    for username in ("zhoukezhang", "sunzhuren"):
        approve(party.enter(username), title)
    reader = party.visit()
    reader.page.goto("/news/")
    reader.page.get_by_role("link", name=title).first.click()
    assert title in reader.page.inner_text("main h1")


def print_half(person: Person, half: str) -> str:
    """Print one's half of an activation from the screen of the confirmed change."""
    person.follow("打印")
    person.send(f"显示{half}")
    return person.page.inner_text(".activation-secret")


def confirm(person: Person, change: str) -> None:
    person.follow("双人变更")
    person.follow(change)
    person.send("确认")
    assert "已确认" in person.text()


def print_link(proposer: Person, change: str) -> str:
    """The proposer is told of the confirmation, and prints the link."""
    proposer.follow("消息")
    proposer.follow(change)
    return print_half(proposer, "链接")


def test_a_school_with_one_reviewer_waits_for_nobody(visit):
    """Whose words are in the text decides no more; the pool has it the moment this is so."""
    title = "放学路上的七支路队"
    write_news(visit, "东门大街小学", title)
    party = Party(visit)
    reviewer = party.enter("lishuji")
    suggest(reviewer, title)
    editor = party.enter("wangqing")
    editor.follow(title)
    editor.send("采用并重新送审")

    reviewer.follow("审核队列")
    assert title not in reviewer.text()
    reviewer.follow("全部在审")
    row = reviewer.page.get_by_role("row").filter(has_text=title)
    assert "您写过" in row.inner_text() and row.get_by_role("link").count() == 0

    approve(party.enter("gaolaoshi"), title)
    decide_for_the_district(party, title)
    party.costs_at_most(clicks=44, forms=10, days=0)


def suggest(reviewer: Person, title: str) -> None:
    """The reviewer's words come back as a suggestion; the screen says who is barred by them."""
    reviewer.follow("审核队列")
    reviewer.follow(title)
    reviewer.follow("更正")
    foot = reviewer.page.inner_text(".correct-next")
    barred, remaining = foot.split("之后可以审核的人")
    assert "王青" in barred and "李明远" in barred
    assert "高原、林涧" in remaining and "李明远" not in remaining
    words = {"summary": "七支路队，由家长护送。", "correction_words": "写明由谁护送。"}
    reviewer.send("退回并附建议稿", **words)


def test_a_reviewer_on_leave_has_a_deputy_the_same_day(visit):
    """The deputy reviews another school, so nobody has to take an account over.

    Without a deputy the pool has the item after the reminder's term, two working days.
    """
    title = "假期里的七支路队"
    write_news(visit, "第十三中学", title)
    party = Party(visit)
    administrator = party.enter("guanliyuan")
    administrator.open_settings("代理审核人")
    administrator.follow("提议代理审核人")
    administrator.choose(level="一审（学校）", scope_key="第十三中学", user="李明远")
    last_day = date.today() + timedelta(days=7)
    enter_day(administrator, "[name=ends_on]", last_day)
    administrator.send("提出", reason="赵一禾外出学习一周。")

    final = party.enter("tangshuji")
    confirm(final, "代理审核人：李明远")
    assert final.page.get_by_role("link", name="打印").count() == 0
    approve(party.enter("lishuji"), title)
    decide_for_the_district(party, title)
    party.costs_at_most(clicks=49, forms=10, days=0)


def enter_day(person: Person, field: str, day: date) -> None:
    """Type a day; the calendar that opens must not cover the button below when it closes."""
    person.page.fill(field, day.isoformat())
    calendar = person.page.locator(".xdsoft_datetimepicker:visible")
    calendar.wait_for()
    person.page.press(field, "Tab")
    calendar.wait_for(state="hidden")


@pytest.fixture
def new_district(tmp_path):
    """A district without the demo, opened from a file: a server, and username → link and code."""
    environment = new_environment(tmp_path, **PRODUCTION)
    manage(environment, "bootstrap")
    people, links, codes = (tmp_path / name for name in ("people.toml", "links", "codes"))
    people.write_text("\n".join(TABLE.format(*person) for person in PEOPLE))
    manage(environment, "open_district", str(people), "--links", str(links), "--codes", str(codes))
    slips = {}
    for file in (links, codes):
        for line in file.read_text().splitlines():
            _name, username, half = line.split("\t")
            slips.setdefault(username, []).append(half)
    with serving(environment) as server:
        yield server, slips


@pytest.fixture
def newcomers(browser, new_district):
    """`visit()` gives a person with a browser in the new district."""
    yield from visits(browser, new_district[0])


def test_a_district_begins_with_two_administrators(newcomers, new_district):
    """Both take their accounts over and appoint a reviewer, whom they give one half each."""
    server, slips = new_district
    party = Party(newcomers)
    first = party.take_over("guanliyuan1", *slips["guanliyuan1"])
    second = party.take_over("guanliyuan2", *slips["guanliyuan2"])
    make_account(first)
    first.open_settings("审核与管理人员")
    first.follow("提议任免")
    first.choose(user="方远 (fanglaoshi)", role="科室审核人", scope_key=DISTRICT)
    first.send("提出", reason="新任科室审核人。")
    confirm(second, "方远开始担任")
    code = print_half(second, "启用码")
    link = print_link(first, "方远开始担任")
    reviewer = party.take_over("fanglaoshi", link, code)
    reviewer.follow("审核队列")
    assert "没有待您审核的稿件" in reviewer.text()
    manage(server.environment, "verify_record")
    party.costs_at_most(clicks=30, forms=11, days=0)


def make_account(administrator: Person) -> None:
    """A teacher's account, with a password that ends when a role is given to it."""
    administrator.open_settings("用户")
    administrator.follow("添加用户")
    fields = {
        "username": "fanglaoshi",
        "email": "fanglaoshi@example.invalid",
        "last_name": "方",
        "first_name": "远",
        "password1": PASSWORD + "-1",
        "password2": PASSWORD + "-1",
    }
    administrator.send("创建", **fields)


def test_an_administrator_alone_goes_on_with_a_final_approver(newcomers, new_district):
    """The counterpart is gone: a final approver confirms; the server makes a new administrator."""
    server, slips = new_district
    party = Party(newcomers)
    administrator = party.take_over("guanliyuan1", *slips["guanliyuan1"])
    final = party.take_over("sunzhuren", *slips["sunzhuren"])
    switch_off(administrator, "管毓")
    administrator.open_settings("审核与管理人员")
    row = administrator.page.get_by_role("row").filter(has_text="何川")
    with administrator.page.expect_navigation():
        row.get_by_role("link", name="重设密码").click()
    administrator.send("提出", reason="忘记了密码。")
    assert "孙朴" in administrator.text() and "管毓" not in administrator.text()
    confirm(final, "何川")
    code = print_half(final, "启用码")
    link = print_link(administrator, "何川")
    assert "审核队列" in party.take_over("hekezhang", link, code).page.inner_text("body")

    words = ["appoint_administrator", "guanliyuan3", "--reason", "管毓已调离。"]
    link, code = manage(server.environment, *words).splitlines()
    third = party.take_over("guanliyuan3", link, re.search(r"[A-Z2-9]{12}$", code).group())
    third.open_settings("审核与管理人员")
    assert "guanliyuan3" in third.text()
    final.follow("消息")
    assert "guanliyuan3" in final.text()
    manage(server.environment, "verify_record")
    party.costs_at_most(clicks=29, forms=13, days=0)


def switch_off(administrator: Person, name: str) -> None:
    """One person is enough to stop an account."""
    administrator.open_settings("用户")
    administrator.follow(name)
    administrator.page.uncheck("[name=is_active]")
    administrator.send("保存")
    assert "未能保存" not in administrator.text()

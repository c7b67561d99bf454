"""People whose clicks and forms are counted, for journeys that say what they cost.

A click is a press of the mouse; a choice in a list costs two of them; typing costs none.
"""

import time

from tests.browser.conftest import Visitor

PASSWORD = "yi-zhan-deng-de-jie-li"
SECONDS_A_DAY = 24 * 60 * 60
COUNT = """
const add = number => { sessionStorage.clicks = Number(sessionStorage.clicks ?? 0) + number; };
if (window === top) {
  addEventListener("pointerdown", () => add(1), true);
  addEventListener("change", event => { if (event.target.matches("select")) add(2); }, true);
}
"""


class Person:
    """Somebody with a browser of their own, whose clicks and forms are counted."""

    def __init__(self, visitor: Visitor):
        self.visitor, self.page, self.forms = visitor, visitor.page, 0
        visitor.context.add_init_script(COUNT)
        visitor.context.on("request", self.note)

    def note(self, request) -> None:
        self.forms += request.method == "POST" and request.is_navigation_request()

    @property
    def clicks(self) -> int:
        return int(self.page.evaluate("sessionStorage.clicks ?? 0"))

    def follow(self, name: str, role: str = "link") -> None:
        """Click what has this name, and wait for the next screen."""
        with self.page.expect_navigation():
            self.page.get_by_role(role, name=name).first.click()
        self.visitor.settle()

    def send(self, button: str, **fields: str) -> None:
        """Fill the fields of a form and send it."""
        for name, value in fields.items():
            self.page.fill(f"[name={name}]", value)
        self.follow(button, "button")

    def choose(self, **choices: str) -> None:
        for name, label in choices.items():
            self.page.select_option(f"[name={name}]", label=label)

    def log_in(self, username: str, password: str) -> "Person":
        self.page.goto("/admin/login/")
        self.send("登录", username=username, password=password)
        return self

    def open_settings(self, name: str) -> None:
        self.page.get_by_role("button", name="设置").click()
        self.follow(name)

    def text(self) -> str:
        return self.page.inner_text("main")


class Party:
    """The people of one journey, and what it costs all of them."""

    def __init__(self, visit):
        self.visit, self.people, self.began = visit, [], time.monotonic()

    def newcomer(self) -> Person:
        self.people.append(Person(self.visit()))
        return self.people[-1]

    def enter(self, username: str) -> Person:
        """Somebody of the demo logs in."""
        person = self.newcomer()
        accounts = person.visitor.server.accounts
        account = next(each for each in accounts if each["username"] == username)
        return person.log_in(username, account["password"])

    def take_over(self, username: str, link: str, code: str) -> Person:
        """The owner of an account opens the link, enters the code and logs in."""
        person = self.newcomer()
        person.page.goto(link)
        person.send("设置密码", code=code, password1=PASSWORD, password2=PASSWORD)
        assert "账号已启用" in person.text()
        return person.log_in(username, PASSWORD)

    def costs_at_most(self, *, clicks: int, forms: int, days: int) -> None:
        cost = {
            "clicks": sum(person.clicks for person in self.people),
            "forms": sum(person.forms for person in self.people),
            "days": int((time.monotonic() - self.began) / SECONDS_A_DAY),
        }
        print(f"{len(self.people)} people: {cost}")
        bounds = {"clicks": clicks, "forms": forms, "days": days}
        assert {name: max(bounds[name], cost[name]) for name in cost} == bounds, cost

"""One request to the admin, and the reasons why a view gets none."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractUser
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from tests.helpers.scenario import Scenario

READ_ONLY = "reads only"
CHOOSER = "reads only: it answers with what was chosen and stores nothing"
OWN_ACCOUNT = "not about pages, because it is about one's own account or screen"
XHR = {"x-requested-with": "XMLHttpRequest"}


@dataclass
class Post:
    """One request: the arguments of the URL, and what is posted to it."""

    args: tuple = ()
    data: dict = field(default_factory=dict)
    query: str = ""
    headers: dict = field(default_factory=dict)
    as_json: bool = False
    method: str = "post"

    def send(self, client: Client, name: str) -> HttpResponse:
        """Send it to the view of this name."""
        url = reverse(name, args=self.args) + self.query
        if self.method == "put":
            return client.put(url, self.data["text"], "application/x-www-form-urlencoded")
        content_type = {"content_type": "application/json"} if self.as_json else {}
        return client.post(url, self.data, headers=self.headers, **content_type)

    def __str__(self) -> str:
        data = {name: str(value)[:30] for name, value in self.data.items()}
        return json.dumps([self.args, data], ensure_ascii=False)


# What a table of payloads holds for a view: the posts to try, or a reason why there are none.
Payload = str | Callable[[Scenario, AbstractUser], Iterable[Post]]


def post_to_each(pages: Iterable[Page], *payloads: dict, **options) -> list[Post]:
    """Each of `payloads` (default: an empty one) posted to each of `pages`, files or other rows."""
    return [Post((page.pk,), data, **options) for page in pages for data in payloads or ({},)]

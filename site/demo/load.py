"""Loading a sample district, step by step; every step can be run again."""

import time
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.models import Collection, Page

from brands.models import BrandRelatedPage
from demo import content, people, review, sources
from demo.bulk import in_bulk
from demo.images import Images, safety_plan
from district.bootstrap import INDEXES, PageText, Texts, bootstrap
from district.school_opening import open_school, shared_collection
from home.models import HomePage
from publication.initial_publication import Source, publish_initial

Progress = Callable[[str], None]


def load(
    name: str,
    progress: Progress = print,
    picture_width: int | None = None,
    hostname: str = "localhost",
) -> HomePage:
    """Load the sample district `name`, completing what an earlier run left; returns its home."""
    return _Loader(name, progress, picture_width, hostname).run()


class _Loader:
    def __init__(self, name: str, progress: Progress, picture_width: int | None, hostname: str):
        self.progress, self.hostname = progress, hostname
        self.data = {
            part: sources.read(name, part)
            for part in ("district", "schools", "brands", "news", "routes", "projects", "topics")
        }
        self.images = Images(self._wishes(), picture_width)
        self.schools: dict[str, Any] = {}
        self.bases: dict[str, Any] = {}
        self.pages: dict[str, Any] = {}
        self.accounts: dict[str, Any] = {}

    def run(self) -> HomePage:
        self.home = self._framework()
        self.shared = shared_collection(self.home)
        self.indexes = {
            slug: model.objects.child_of(self.home).get() for slug, model in INDEXES.items()
        }
        steps: list[tuple[str, list, Callable[[list], None]]] = [
            (_("standing pages"), self.data["district"]["pages"], self._standard_pages),
            (_("schools"), self.data["schools"], self._schools),
            (_("study bases"), self.data["routes"]["bases"], self._bases),
            (_("brands, as drafts"), self.data["brands"], self._brands),
            (_("routes"), self.data["routes"]["routes"], self._routes),
            (_("volunteer projects"), self.data["projects"], self._projects),
            (_("accounts"), people.ACCOUNTS, self._accounts),
            (_("news, some of it in review"), self.data["news"], self._news),
            (_("brands"), self.data["brands"], self._publish_brands),
            (_("topics"), self.data["topics"], self._topics),
        ]
        for name, rows, step in steps:
            started = time.monotonic()
            with in_bulk():
                step(rows)
            self._report(name, len(rows), time.monotonic() - started)
        return self.home

    def _report(self, name: str, number: int, seconds: float) -> None:
        line = _("%(name)s: %(number)d, %(seconds).1f s")
        self.progress(line % {"name": name, "number": number, "seconds": seconds})

    def _framework(self) -> HomePage:
        data = self.data["district"]
        texts: Texts = {"zh-hans": {"home": PageText(data["home"]["title"])}}
        texts["en"] = {"home": PageText(data["home_en"]["title"])}
        for slug, row in data["indexes"].items():
            texts["zh-hans"][slug] = PageText(row["title"], row["intro"])
            texts["en"][slug] = PageText(row["en"]["title"], row["en"]["intro"])
        fields = {
            "zh-hans": content.home_fields(data["home"]),
            "en": content.home_fields(data["home_en"]),
        }
        return bootstrap(self.hostname, texts=texts, home_fields=fields)

    def _wishes(self) -> list[tuple[dict, str]]:
        """Every picture that the data ask for, in the order of the lists that will show them."""
        data = self.data
        routes = [*data["routes"]["bases"], *data["routes"]["routes"]]
        wishes = [(row["cover"], row["slug"]) for row in data["schools"]]
        for row in data["brands"]:
            wishes.append((row["cover"], row["slug"]))
            wishes += [
                (item, f"{row['slug']}-{number}") for number, item in enumerate(row["gallery"])
            ]
        wishes += [(row["cover"], row["slug"]) for row in [*routes, *data["projects"]]]
        wishes += [(row["banner"], row["slug"]) for row in data["topics"]]
        wishes += [(row["image"], row["slug"]) for row in data["news"] if "image" in row]
        return wishes

    def _collection(self, slug: str | None) -> Collection:
        return self.schools[slug].collection if slug else self.shared

    def _parent(self, row: dict, index: str) -> Page:
        return self.schools[row["school"]] if row["school"] else self.indexes[index]

    def _add(self, parent: Page, row: dict, build, days: int | None = None) -> Page:
        """The page of `row` below `parent`, published if it is not there yet."""
        page = self._draft(parent, row, build)
        return page if page.live else self._publish(page, row, days)

    def _draft(self, parent: Page, row: dict, build) -> Page:
        existing = parent.get_children().filter(slug=row["slug"]).first()
        if existing:
            return existing.specific
        page = build(row)
        # Without numbers a database gives rows back in any order it likes.
        for relation in get_all_child_relations(page):
            for order, child in enumerate(getattr(page, relation.get_accessor_name()).all()):
                child.sort_order = order
        page.live, page.locale = False, parent.locale
        parent.refresh_from_db()
        return parent.add_child(instance=page)

    def _publish(self, page: Page, row: dict, days: int | None) -> Page:
        at = None if days is None else sources.moment(days, minute=len(row["slug"]) * 13)
        return publish_initial(page, Source.DEMO, at=at)

    def _standard_pages(self, rows: list[dict]) -> None:
        for row in rows:
            self._add(self.home, row, content.standard_page)

    def _schools(self, rows: list[dict]) -> None:
        for row in rows:
            cover = self.images.get(row["cover"], row["slug"], self.shared)
            self.schools[row["slug"]] = open_school(
                row["title"],
                self.indexes["schools"],
                source=Source.DEMO,
                at=sources.moment(500),
                **content.school_fields(row, cover),
            )

    def _brands(self, rows: list[dict]) -> None:
        for row in rows:
            collection = self._collection(row["school"])
            cover = self.images.get(row["cover"], row["slug"], collection)
            gallery = [
                (self.images.get(item, f"{row['slug']}-{number}", collection), item["caption"])
                for number, item in enumerate(row["gallery"])
            ]
            # Founded at the end, when there is what they relate to.
            self.pages[f"brand:{row['slug']}"] = self._draft(
                self.schools[row["school"]],
                row,
                lambda row, cover=cover, gallery=gallery: content.brand(row, cover, gallery),
            )

    def _bases(self, rows: list[dict]) -> None:
        for row in rows:
            cover = self.images.get(row["cover"], row["slug"], self.shared)
            self.bases[row["slug"]] = self._add(
                self.indexes["routes"],
                row,
                lambda row, cover=cover: content.study_base(row, cover),
                days=400,
            )

    def _routes(self, rows: list[dict]) -> None:
        for number, row in enumerate(rows):
            collection = self._collection(row["school"])
            cover = self.images.get(row["cover"], row["slug"], collection)
            plan = safety_plan(row["safety_plan"], collection)
            self.pages[f"route:{row['slug']}"] = self._add(
                self._parent(row, "routes"),
                row,
                lambda row, cover=cover, plan=plan: content.route(row, cover, plan, self.bases),
                days=200 - 20 * number,
            )

    def _projects(self, rows: list[dict]) -> None:
        for number, row in enumerate(rows):
            cover = self.images.get(row["cover"], row["slug"], self._collection(row["school"]))
            self.pages[f"project:{row['slug']}"] = self._add(
                self._parent(row, "volunteering"),
                row,
                lambda row, cover=cover: content.project(row, cover),
                days=380 - 10 * number,
            )

    def _accounts(self, _rows: list) -> None:
        self.accounts = people.make_accounts(self.home, self.schools)

    def _news(self, rows: list[dict]) -> None:
        for row in rows:
            image = self.images.get(row.get("image"), row["slug"], self._collection(row["school"]))
            parent = self._parent(row, "news")
            if row["state"].startswith("live"):
                page = self._add(
                    parent, row, lambda row, image=image: content.news(row, image), row["days_ago"]
                )
                self.pages[f"news:{row['slug']}"] = page
            if row["state"] != "live":
                review.bring_to_state(row, parent, content.news(row, image), self.accounts)

    def _publish_brands(self, rows: list[dict]) -> None:
        """Brands become public with the pages they relate to; those that are, are left alone."""
        for row in rows:
            page = self.pages[f"brand:{row['slug']}"]
            if page.live:
                continue
            targets = [self.pages[key] for key in row["related"] if key in self.pages]
            page.related = [
                BrandRelatedPage(target=target, sort_order=order)
                for order, target in enumerate(targets)
            ]
            self.pages[f"brand:{row['slug']}"] = self._publish(page, row, days=420)

    def _topics(self, rows: list[dict]) -> None:
        """Last: they show what the others have made public."""
        for row in rows:
            banner = self.images.get(row["banner"], row["slug"], self.shared)
            self._add(
                self.indexes["topics"],
                row,
                lambda row, banner=banner: content.topic(row, banner, self.pages),
                row["days_ago"],
            )

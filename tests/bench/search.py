"""What a search takes among 100,000 pages, on both databases: `make bench`.

Ends with 1 if a bound is broken. Measured is the whole search page, its count and facets with it,
once everything is warm. Wagtail's own backend and a plain LIKE stand beside it for comparison.
"""

import contextlib
import random
import re
import signal
import sys
import time
from statistics import median, quantiles

from tests.bench.databases import on_both

FEW, MANY = 10_000, 100_000
BATCH = 1_000
# What the page may take: for up to so many hits, and for the commonest word; and how it grows.
MOST_HITS, MILLISECONDS, COMMONEST, RATIO = 5_000, 150, 800, 4
LIMIT = 20
SENTENCE = re.compile(r"[^。！？]+[。！？]?")


def main() -> int:
    """Measure on both databases; 0 if every bound holds."""
    return measure() if "--here" in sys.argv else on_both("tests.bench.search")


class Library:
    """A district whose public pages grow: sentences of the judged set, in ever new order."""

    def __init__(self):
        from schools.models import SchoolIndexPage, SchoolPage
        from tests.helpers.bulk_factories import bulk_create_pages
        from tests.helpers.district import find_district, make_district
        from tests.judged.corpus import corpus_texts

        make_district()
        self.district = find_district()
        index = self.district.child(SchoolIndexPage)
        self.schools = bulk_create_pages(SchoolPage, [index], 600, stage="primary", township="东镇")
        texts = corpus_texts()
        self.titles = list(texts)
        self.sentences = [one for text in texts.values() for one in SENTENCE.findall(text)]
        self.random, self.count, self.letters = random.Random(7), 0, 0
        self.seconds = 0.0

    def grow(self, total: int) -> None:
        """Publish news until there are `total`."""
        from wagtail.search.backends import get_search_backend

        from news.models import NewsPage
        from search import index_sync
        from tests.helpers.bulk_factories import bulk_create_pages

        backend = get_search_backend()
        while self.count < total:
            texts = [self._text() for _row in range(BATCH)]
            bodies = [[("paragraph", f"<p>{text}</p>")] for text in texts]
            pages = bulk_create_pages(
                NewsPage, self.random.sample(self.schools, 20), BATCH, kind="activity", summary="",
                title=lambda _number, _parent: self._title(), school=lambda _number, parent: parent,
                body=lambda number, _parent, bodies=bodies: bodies[number],
            )  # fmt: skip
            started = time.perf_counter()
            backend.index_class(backend).add_items(NewsPage, pages)
            self.seconds += time.perf_counter() - started
            index_sync.refresh([page.pk for page in pages], hidden={})
            self.count += BATCH
            self.letters += sum(map(len, texts))
            if self.count % 10_000 == 0:
                print(f"  {self.count} pages", flush=True)

    def _title(self) -> str:
        return f"{self.random.choice(self.titles)[:40]} {self.random.randrange(10**6)}"

    def _text(self) -> str:
        return "".join(self.random.choices(self.sentences, k=self.random.randrange(4, 20)))


def measure() -> int:
    """Fill the database of these settings and measure; prints the tables."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    library = Library()
    judge(library.district)
    times: dict[int, dict[str, tuple[int, float]]] = {}
    for total in (FEW, MANY):
        library.grow(total)
        settle()
        times[total] = {query: ask(query, library.district.home) for query in queries()}
    broken = report(times, library)
    compare(library)
    return int(broken)


def judge(district) -> None:
    """Print how well the judged queries are answered, among their own pages."""
    from tests.judged.scores import mean_scores, publish_corpus, score_queries

    publish_corpus(district)
    scores = score_queries(district.home)
    recall, precision = mean_scores(scores)
    print(
        f"{len(scores)} judged queries: recall {recall:.3f}, precision@5 {precision:.3f}",
        flush=True,
    )


def queries() -> list[str]:
    """The judged queries that the texts hold, and the commonest character pairs of all."""
    from tests.judged.corpus import judged_queries as judged

    common = ["党员", "孩子", "老师", "学生", "一", "党员教师 孩子"]
    return list(dict.fromkeys([one.query for one in judged() if one.expected] + common))


def ask(query: str, home) -> tuple[int, float]:
    """Hits and milliseconds of the search page, the better of two once it is warm."""
    from django.core.cache import cache
    from django.test import Client

    client, spent = Client(), []
    total = client.get("/search/", {"q": query}, headers={"accept": "application/json"}).json()
    for _round in range(2):
        cache.clear()
        started = time.perf_counter()
        response = client.get("/search/", {"q": query})
        spent.append(1000 * (time.perf_counter() - started))
        if response.status_code != 200:
            raise SystemExit(f"{query}: {response.status_code}")
    if "--queries" in sys.argv:
        print(f"    {query} {total['total']} {min(spent):.0f}")
    return total["total"], min(spent)


def report(times, library) -> bool:
    """Print what was measured; whether a bound is broken."""
    few = {query: spent for query, (hits, spent) in times[MANY].items() if hits < MOST_HITS}
    slow = percentile(few.values())
    worst = max(times[MANY].items(), key=lambda item: item[1][0])
    grown = {total: percentile(times[total][query][1] for query in few) for total in (FEW, MANY)}
    ratio = grown[MANY] / grown[FEW]
    most = max(spent for _hits, spent in times[MANY].values())
    print(f"\n{len(times[MANY])} queries, whole page with count and facets, warm.\n")
    print("| pages | median ms | p95 ms | p95 ms, < 5,000 hits | slowest ms |")
    print("| --- | --- | --- | --- | --- |")
    for total, results in times.items():
        spent = [milliseconds for _hits, milliseconds in results.values()]
        print(
            f"| {total:,} | {median(spent):.0f} | {percentile(spent):.0f} | {grown[total]:.0f} "
            f"| {max(spent):.0f} |"
        )
    print(f"\nCommonest: {worst[0]}, {worst[1][0]:,} hits, {worst[1][1]:.0f} ms")
    print(f"From {FEW:,} to {MANY:,} pages: {ratio:.1f} × (bound {RATIO})")
    print(f"Indexing: {1000 * library.seconds / library.count:.2f} ms a page")
    print(
        f"Index: {size() / (library.letters * 3):.1f} × the text ({library.letters * 3 >> 20} MB)"
    )
    bounds = {
        f"{slow:.0f} ms > {MILLISECONDS} ms": slow > MILLISECONDS,
        f"{most:.0f} ms > {COMMONEST} ms": most > COMMONEST,
        f"{ratio:.1f} × > {RATIO} ×": ratio > RATIO,
    }
    broken = [bound for bound, is_broken in bounds.items() if is_broken]
    print("Bounds: " + (", ".join(broken) or "hold"))
    return bool(broken)


def compare(library) -> None:
    """Wagtail's own backend over the same texts, and LIKE over a plain column: as information."""
    from news.models import NewsPage
    from search.models import PublicText

    terms = ["三红工程", "听课本", "党员"]
    print("\n| query | LIKE | Wagtail's own |")
    print("| --- | --- | --- |")
    likes = [
        limited(lambda word=word: PublicText.objects.filter(text__icontains=word).count())
        for word in terms
    ]
    wagtail_backend = default_backend()
    index = wagtail_backend.index_class(wagtail_backend)
    index._refresh_title_norms = lambda full=False: None
    for start in range(0, library.count, BATCH):
        index.add_items(NewsPage, list(NewsPage.objects.order_by("pk")[start : start + BATCH]))
    settle()
    for word, like in zip(terms, likes, strict=True):
        results = wagtail_backend.search(word, NewsPage.objects.live())
        own = limited(lambda results=results: (results.count(), list(results[:10]))[0])
        print(f"| {word} | {like} | {own} |")


def default_backend():
    """The backend that Wagtail would use on this database."""
    from importlib import import_module

    from django.db import connection

    name = {"sqlite": "sqlite.sqlite", "postgresql": "postgres.postgres"}[connection.vendor]
    return import_module(f"wagtail.search.backends.database.{name}").SearchBackend({})


def limited(work) -> str:
    """What `work` returns and the milliseconds it took; given up after `LIMIT` seconds."""

    class TooLong(Exception):
        pass

    def give_up(*_args):
        raise TooLong

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(LIMIT)
    started = time.perf_counter()
    try:
        hits = work()
    except Exception as failure:  # SQLite reports the signal as an error of its own
        return f"> {LIMIT} s" if time.perf_counter() - started >= LIMIT - 1 else repr(failure)
    finally:
        signal.alarm(0)
    return f"{hits:,} hits, {1000 * (time.perf_counter() - started):.0f} ms"


def percentile(values, share: int = 95) -> float:
    """The value below which this share of all lie."""
    return quantiles(values, n=100, method="inclusive")[share - 1]


def settle() -> None:
    """What the server does by itself some minutes after such a load."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("PRAGMA optimize")


def size() -> int:
    """The bytes of Wagtail's index and of the public entries with their texts."""
    from django.db import connection

    tables = ["wagtailsearch_indexentry", "search_publicentry", "search_publictext"]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sql = "SELECT sum(pg_total_relation_size(name)) FROM unnest(%s::text[]) name"
            cursor.execute(sql, [tables])
        else:
            sql = (
                "SELECT sum(pgsize) FROM dbstat WHERE name LIKE %s OR name LIKE %s OR name LIKE %s"
            )
            cursor.execute(sql, [f"{name}%" for name in tables])
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())

"""The search backend for PostgreSQL: vectors over the tokens of `search.tokens`.

The vectors are written as literals, so that PostgreSQL's own parser, which knows addresses,
numbers and English, has no say in what a word is.
"""

from contextlib import contextmanager

from django.db import connection, transaction
from wagtail.search.backends.database.postgres import postgres as stock

from search.chinese import ENTRIES, MOST_TOKENS, ChineseCompiler, ChineseIndex
from search.expressions import POSTGRESQL
from search.extraction import Part
from search.tokens import sounds_of, tokens_of

# A vector knows 16,383 positions, and 255 for each word. Beyond that ours begin anew: a phrase at
# the end of a very long text is still found.
LAST_POSITION, MOST_POSITIONS = 15_000, 255
PLAN = {"enable_seqscan": "off", "work_mem": "'32MB'"}


class Index(ChineseIndex, stock.PostgresIndex):
    def column(self, name, parts):
        vector = _Vector()
        for part in parts:
            vector.add(tokens_of(part.text), _weight(name, part))
        if name == "title":
            vector.add([sound for part in parts for sound in sounds_of(part.text)], "D")
        return str(vector)


def _weight(column: str, part: Part) -> str:
    if column == "title":
        return "A"
    return "C" if (part.boost or 0) > 1 else "D"


class _Vector:
    """Tokens with their positions and weights, as the literal of a `tsvector`."""

    def __init__(self):
        self.places, self.length = {}, 0

    def add(self, tokens: list[str], weight: str) -> None:
        for token in tokens[: MOST_TOKENS - self.length]:
            places = self.places.setdefault(token, [])
            if len(places) < MOST_POSITIONS:
                places.append(f"{self.length % LAST_POSITION + 1}{weight}")
            self.length += 1

    def __str__(self) -> str:
        return " ".join(f"'{token}':{','.join(places)}" for token, places in self.places.items())


class QueryCompiler(ChineseCompiler, stock.PostgresSearchQueryCompiler):
    engine = POSTGRESQL
    key_sql = f'CAST("{ENTRIES}"."object_id" AS bigint)'

    def match_sql(self, text):
        columns = self.searched_columns()
        if columns == ("title", "body"):
            # The expression of the index that migration 0001 makes.
            return [], [f"({self.vector_sql()}) @@ %s::tsquery"], [text]
        either = " OR ".join(f'"{ENTRIES}"."{name}" @@ %s::tsquery' for name in columns)
        return [], [f"({either})"], [text] * len(columns)

    def rank_sql(self, text):
        """By the title; by the text as well only where few are found: it has to be unpacked."""
        vector = self.vector_sql() if self.closely else f'"{ENTRIES}"."title"'
        return f"ts_rank({vector}, %s::tsquery)", [text]

    def vector_sql(self) -> str:
        """The columns looked in, as one vector."""
        return " || ".join(f'"{ENTRIES}"."{name}"' for name in self.searched_columns())


class AutocompleteQueryCompiler(QueryCompiler, stock.PostgresAutocompleteQueryCompiler):
    typing = True


class SearchBackend(stock.PostgresSearchBackend):
    always_weighs_texts = False

    @contextmanager
    def planned(self):
        """For a search over everything: PostgreSQL does not know what a text costs to unpack.

        It would rather read all texts than ask the index for the half of them.
        """
        with transaction.atomic(), connection.cursor() as cursor:
            for setting, value in PLAN.items():
                cursor.execute(f"SET LOCAL {setting} = {value}")
            yield
            # An outer transaction goes on as it was.
            for setting in PLAN:
                cursor.execute(f"SET LOCAL {setting} TO DEFAULT")

    index_class = Index
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler

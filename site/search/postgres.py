"""The search backend for PostgreSQL: vectors over the tokens of `search.tokens`.

The vectors are written as literals, so that PostgreSQL's own parser, which knows addresses,
numbers and English, does not decide what a word is.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from wagtail.search.backends.database.postgres import postgres as stock

from search.chinese import ENTRIES, MAX_TOKENS, ChineseCompiler, ChineseIndex
from search.expressions import POSTGRESQL
from search.extraction import TextPart
from search.tokens import pinyin_tokens, tokenize

# A vector holds 16,383 positions, and 255 for each token. Beyond that ours start again: a phrase
# at the end of a very long text still matches.
LAST_POSITION, MAX_POSITIONS = 15_000, 255
PLANNER_SETTINGS = {"enable_seqscan": "off", "work_mem": "'32MB'"}


class Index(ChineseIndex, stock.PostgresIndex):
    """Writes a column as the literal of a `tsvector`."""

    def column(self, name: str, parts: list[TextPart]) -> str:
        vector = _Vector()
        for part in parts:
            vector.add(tokenize(part.text), _weight(name, part))
        if name == "title":
            vector.add([token for part in parts for token in pinyin_tokens(part.text)], "D")
        return str(vector)


def _weight(column: str, part: TextPart) -> str:
    if column == "title":
        return "A"
    return "C" if (part.boost or 0) > 1 else "D"


class _Vector:
    """Tokens with their positions and weights."""

    def __init__(self) -> None:
        self.positions: dict[str, list[str]] = {}
        self.length = 0

    def add(self, tokens: list[str], weight: str) -> None:
        for token in tokens[: MAX_TOKENS - self.length]:
            positions = self.positions.setdefault(token, [])
            if len(positions) < MAX_POSITIONS:
                positions.append(f"{self.length % LAST_POSITION + 1}{weight}")
            self.length += 1

    def __str__(self) -> str:
        return " ".join(
            f"'{token}':{','.join(positions)}" for token, positions in self.positions.items()
        )


class QueryCompiler(ChineseCompiler, stock.PostgresSearchQueryCompiler):
    """Writes matches and ranks for `tsquery`."""

    dialect = POSTGRESQL
    key_sql = f'CAST("{ENTRIES}"."object_id" AS bigint)'

    def match_sql(self, text: str) -> tuple[list[str], list[str], list[str]]:
        columns = self.searched_columns()
        if columns == ("title", "body"):
            # The expression of the index that migration 0001 creates.
            return [], [f"({self.vector_sql()}) @@ %s::tsquery"], [text]
        conditions = " OR ".join(f'"{ENTRIES}"."{name}" @@ %s::tsquery' for name in columns)
        return [], [f"({conditions})"], [text] * len(columns)

    def rank_sql(self, text: str) -> tuple[str, list[str]]:
        """Rank by the title; by the text as well only of few rows: it has to be unpacked."""
        vector = self.vector_sql() if self.rank_by_text else f'"{ENTRIES}"."title"'
        return f"ts_rank({vector}, %s::tsquery)", [text]

    def vector_sql(self) -> str:
        """Return the searched columns as one vector."""
        return " || ".join(f'"{ENTRIES}"."{name}"' for name in self.searched_columns())


class AutocompleteQueryCompiler(QueryCompiler, stock.PostgresAutocompleteQueryCompiler):
    """Compiles a query whose last term may be a prefix."""

    is_autocomplete = True


class SearchBackend(stock.PostgresSearchBackend):
    """Wagtail's backend for PostgreSQL with our index and compilers."""

    always_ranks_by_text = False
    index_class = Index
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler

    @contextmanager
    def planner_settings(self) -> Iterator[None]:
        """Set the planner for a search over everything, while the block runs.

        PostgreSQL does not know what a text costs to unpack: it would rather read all texts than
        ask the index for half of them.
        """
        with transaction.atomic(), connection.cursor() as cursor:
            for setting, value in PLANNER_SETTINGS.items():
                cursor.execute(f"SET LOCAL {setting} = {value}")
            yield
            # An outer transaction goes on with its own settings.
            for setting in PLANNER_SETTINGS:
                cursor.execute(f"SET LOCAL {setting} TO DEFAULT")

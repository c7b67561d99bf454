"""The search backend for SQLite: FTS5 over the tokens of `search.tokens`."""

from contextlib import nullcontext

from wagtail.search.backends.database.sqlite import sqlite as stock

from search.chinese import ENTRIES, MAX_TOKENS, ChineseCompiler, ChineseIndex
from search.expressions import SQLITE
from search.extraction import TextPart, join_parts
from search.tokens import pinyin_tokens, tokenize

FTS = stock.SQLiteFTSIndexEntry._meta.db_table
# In the order of the table's columns: autocomplete, body, title.
WEIGHTS = (1.0, 1.0, 10.0)


class Index(ChineseIndex, stock.SQLiteIndex):
    """Writes a column as its tokens, separated by spaces."""

    def column(self, name: str, parts: list[TextPart]) -> str:
        text = join_parts(parts)
        tokens = tokenize(text)[:MAX_TOKENS]
        return " ".join(tokens + (pinyin_tokens(text) if name == "title" else []))


class QueryCompiler(ChineseCompiler, stock.SQLiteSearchQueryCompiler):
    """Writes matches and ranks for FTS5."""

    dialect = SQLITE
    key_sql = f'CAST("{ENTRIES}"."object_id" AS INTEGER)'

    def match_sql(self, text: str) -> tuple[list[str], list[str], list[str]]:
        """Join from the full-text table to the entries: the plus prevents the other direction."""
        columns = " ".join(self.searched_columns())
        conditions = [f'"{FTS}" MATCH %s', f'"{ENTRIES}"."id" = +"{FTS}"."rowid"']
        return [FTS], conditions, [f"{{{columns}}} : ({text})"]

    def rank_sql(self, text: str) -> tuple[str, list[str]]:
        weights = ", ".join(map(str, WEIGHTS))
        return f'-bm25("{FTS}", {weights})', []


class AutocompleteQueryCompiler(QueryCompiler, stock.SQLiteAutocompleteQueryCompiler):
    """Compiles a query whose last term may be a prefix."""

    is_autocomplete = True


class SearchBackend(stock.SQLiteSearchBackend):
    """Wagtail's backend for SQLite with our index and compilers."""

    always_ranks_by_text = True
    planner_settings = nullcontext
    index_class = Index
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler

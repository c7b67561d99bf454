"""The search backend for SQLite: FTS5 over the tokens of `search.tokens`."""

from contextlib import nullcontext

from wagtail.search.backends.database.sqlite import sqlite as stock

from search.chinese import ENTRIES, MOST_TOKENS, ChineseCompiler, ChineseIndex
from search.expressions import SQLITE
from search.extraction import text_of
from search.tokens import sounds_of, tokens_of

FTS = stock.SQLiteFTSIndexEntry._meta.db_table
# In the order of the table's columns: autocomplete, body, title.
WEIGHTS = (1.0, 1.0, 10.0)


class Index(ChineseIndex, stock.SQLiteIndex):
    def column(self, name, parts):
        text = text_of(parts)
        tokens = tokens_of(text)[:MOST_TOKENS]
        return " ".join(tokens + (sounds_of(text) if name == "title" else []))


class QueryCompiler(ChineseCompiler, stock.SQLiteSearchQueryCompiler):
    engine = SQLITE
    key_sql = f'CAST("{ENTRIES}"."object_id" AS INTEGER)'

    def match_sql(self, text):
        """From the full-text table to the entries: the plus keeps SQLite from the other way."""
        columns = " ".join(self.searched_columns())
        conditions = [f'"{FTS}" MATCH %s', f'"{ENTRIES}"."id" = +"{FTS}"."rowid"']
        return [FTS], conditions, [f"{{{columns}}} : ({text})"]

    def rank_sql(self, text):
        weights = ", ".join(map(str, WEIGHTS))
        return f'-bm25("{FTS}", {weights})', []


class AutocompleteQueryCompiler(QueryCompiler, stock.SQLiteAutocompleteQueryCompiler):
    typing = True


class SearchBackend(stock.SQLiteSearchBackend):
    always_weighs_texts = True
    planned = nullcontext
    index_class = Index
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler

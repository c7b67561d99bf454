"""A tree of Wagtail's query objects as one expression of a full-text engine.

SQLite has no NOT of its own, only "this but not that", so a part that is only negated is kept as
such until something stands beside it.
"""

from typing import NamedTuple

from wagtail.search.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText

from search.tokens import Word, words_of


class Engine(NamedTuple):
    """How an engine writes its expressions."""

    word: str  # tokens that follow each other, already quoted
    follows: str
    quoted: str
    begun: str
    both: str
    either: str
    but_not: str

    def write(self, word: Word) -> str:
        """One word: its tokens in order, or what begins with its letters."""
        tokens = self.follows.join(self.quoted % token for token in word.tokens)
        found = self.word % tokens + (self.begun if word.begun else "")
        if not word.spelt:
            return found
        begun = self.word % (self.quoted % word.spelt) + self.begun
        return self.either % (found, begun) if begun != found else found


SQLITE = Engine('"%s"', " ", "%s", " *", "(%s AND %s)", "(%s OR %s)", "(%s NOT %s)")
POSTGRESQL = Engine("%s", " <-> ", "'%s'", ":*", "(%s & %s)", "(%s | %s)", "(%s & !(%s))")


class Expression(NamedTuple):
    """What to look for; `negated`: everything else. Without a text: nothing."""

    text: str = ""
    negated: bool = False


NOTHING, EVERYTHING = Expression(), Expression(negated=True)


def expression_of(query, engine: Engine, typing: bool = False) -> Expression:
    """The expression of a query tree; `typing`: the last word of a text may still grow."""

    def of(part) -> Expression:
        match part:
            case MatchAll():
                return EVERYTHING
            case Not():
                found = of(part.subquery)
                return found._replace(negated=not found.negated)
            case Boost():
                return of(part.subquery)
            case And():
                return _all([of(one) for one in part.subqueries], engine)
            case Or():
                return _any([of(one) for one in part.subqueries], engine)
            case PlainText() | Phrase() | Fuzzy():
                words = words_of(part.query_string, typing)
                join = _any if getattr(part, "operator", "and") == "or" else _all
                found = [Expression(engine.write(word)) for word in words]
                # Marks alone find nothing; an "and" of no words would find everything.
                return join(found, engine) if found else NOTHING
        raise NotImplementedError(f"no expression for {type(part).__name__}")

    return of(query)


def _all(parts: list[Expression], engine: Engine) -> Expression:
    if NOTHING in parts:
        return NOTHING
    wanted = [part.text for part in parts if not part.negated]
    unwanted = [part.text for part in parts if part.negated and part.text]
    if not wanted:
        return Expression(_chain(engine.either, unwanted), negated=True)
    text = _chain(engine.both, wanted)
    return Expression(
        engine.but_not % (text, _chain(engine.either, unwanted)) if unwanted else text
    )


def _any(parts: list[Expression], engine: Engine) -> Expression:
    # A or B is what is neither not-A nor not-B.
    turned = [part._replace(negated=not part.negated) for part in parts]
    if EVERYTHING in parts:
        return EVERYTHING
    wanted = [part.text for part in parts if not part.negated and part.text]
    if len(wanted) == len([part for part in parts if part.text]):
        return Expression(_chain(engine.either, wanted))
    found = _all(turned, engine)
    return found._replace(negated=not found.negated)


def _chain(template: str, texts: list[str]) -> str:
    chained = ""
    for text in texts:
        chained = template % (chained, text) if chained else text
    return chained

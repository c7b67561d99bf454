"""A tree of Wagtail's query objects as one expression of a full-text engine.

SQLite has no NOT of its own, only "this but not that", so a part that is only negated is kept as
such until something stands beside it.
"""

from typing import NamedTuple

from wagtail.search.query import (
    And,
    Boost,
    Fuzzy,
    MatchAll,
    Not,
    Or,
    Phrase,
    PlainText,
    SearchQuery,
)

from search.tokens import Word, words_of


class Engine(NamedTuple):
    """How an engine writes its expressions."""

    quoted: str  # one token
    follows: str
    phrase: str  # tokens that follow each other
    begun: str  # the same, the last of them only begun
    both: str
    either: str
    but_not: str

    def write(self, word: Word) -> str:
        """One word: its tokens in order, or what begins with its letters."""
        found = self._phrase(word.tokens, word.begun)
        begun = self._phrase((word.spelt,), begun=True) if word.spelt else found
        return chain(self.either, list(dict.fromkeys([found, begun])))

    def _phrase(self, tokens: tuple[str, ...], begun: bool) -> str:
        template = self.begun if begun else self.phrase
        return template % self.follows.join(self.quoted % token for token in tokens)


SQLITE = Engine("%s", " ", '"%s"', '"%s" *', " AND ", " OR ", " NOT ")
# In brackets: “not” binds closer than “follows”.
POSTGRESQL = Engine("'%s'", " <-> ", "(%s)", "(%s:*)", " & ", " | ", " & !")


class Words(SearchQuery):
    """Words that stand for each other: any of them is enough."""

    def __init__(self, words: list[Word]):
        self.words = words

    def __repr__(self) -> str:
        return f"<Words {self.words!r}>"


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
            case Words():
                return Expression(chain(engine.either, [engine.write(one) for one in part.words]))
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
        return Expression(chain(engine.either, unwanted), negated=True)
    text = chain(engine.both, wanted)
    if not unwanted:
        return Expression(text)
    return Expression(chain(engine.but_not, [text, chain(engine.either, unwanted)]))


def _any(parts: list[Expression], engine: Engine) -> Expression:
    # A or B is what is neither not-A nor not-B.
    turned = [part._replace(negated=not part.negated) for part in parts]
    if EVERYTHING in parts:
        return EVERYTHING
    wanted = [part.text for part in parts if not part.negated and part.text]
    if len(wanted) == len([part for part in parts if part.text]):
        return Expression(chain(engine.either, wanted))
    found = _all(turned, engine)
    return found._replace(negated=not found.negated)


def chain(joint: str, texts: list[str]) -> str:
    """Parts of one level, in one pair of brackets: an engine's parser goes down only so far."""
    return f"({joint.join(texts)})" if len(texts) > 1 else "".join(texts)

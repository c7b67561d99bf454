"""Models of core, split by what they are: pages, media, figures, levels."""

from .figures import TracedFigure
from .levels import HonourLevel
from .media import Document, HeldFile, Image, Rendition
from .pages import BasePage, Facet, IndexPage
from .selected import as_listed, listed_pages

__all__ = [
    "BasePage",
    "Document",
    "Facet",
    "HeldFile",
    "HonourLevel",
    "Image",
    "IndexPage",
    "Rendition",
    "TracedFigure",
    "as_listed",
    "listed_pages",
]

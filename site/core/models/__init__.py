"""Models of core, split by what they are: pages, media, figures, levels."""

from .figures import TracedFigure
from .levels import HonourLevel
from .media import Document, HeldFile, Image, Rendition
from .pages import BasePage, Facet, IndexPage, listed_pages

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
    "listed_pages",
]

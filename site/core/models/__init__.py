"""Models of core, split by what they are: pages, media, figures, levels."""

from core.media.models import Document, FileLock, Image, Rendition

from .figures import TracedFigure
from .levels import HonourLevel
from .pages import BasePage, Facet, IndexPage
from .selected import as_listed, listed_pages

__all__ = [
    "BasePage",
    "Document",
    "Facet",
    "FileLock",
    "HonourLevel",
    "Image",
    "IndexPage",
    "Rendition",
    "TracedFigure",
    "as_listed",
    "listed_pages",
]

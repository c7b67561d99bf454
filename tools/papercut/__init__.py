"""Layered paper-cut landscapes drawn from a seed: `draw` one picture, `assign` motifs to a list.

The pictures carry no text, no emblem, no flag and nobody's face.
"""

from .picture import MOTIFS, Picture, assign, draw

__all__ = ["MOTIFS", "Picture", "assign", "draw"]

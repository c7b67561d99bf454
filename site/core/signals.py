"""How sibling apps hear of each other: sent after the transaction that changed the public site.

`went_public` and `withdrawn` carry `page` (specific instance); the sender is its class.
"""

from django.dispatch import Signal

went_public = Signal()
withdrawn = Signal()

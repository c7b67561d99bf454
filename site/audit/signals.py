"""Signals of the record, for the apps above it."""

from django.dispatch import Signal

# Somebody's role, deputyship or account was changed, by whatever screen; carries `entry`.
role_change_recorded = Signal()

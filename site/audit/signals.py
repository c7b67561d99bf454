"""What rooms above the record may listen to."""

from django.dispatch import Signal

# Somebody's role, deputyship or account was changed, by whatever screen; carries `entry`.
role_change_recorded = Signal()

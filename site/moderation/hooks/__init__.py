"""What review adds to the admin, one topic per module."""

"""What review adds to the admin, by topic."""

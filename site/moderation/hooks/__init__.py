"""Admin hooks of review, one module per topic, named after what they add."""

<<<<<<< HEAD
"""What review adds to the admin, one topic per module."""
=======
"""Admin hooks of review, one module per topic, named after what they add."""
>>>>>>> deciding

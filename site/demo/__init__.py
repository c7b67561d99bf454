"""A sample district: content, pictures, people and items in every state of review."""

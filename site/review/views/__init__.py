"""The screens of review in the admin, one module each, named after what they show."""

"""What review adds to the admin, a module for each topic; `moderation.wagtail_hooks` loads them."""

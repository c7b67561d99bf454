"""What review adds to the admin."""

from django.urls import path
from wagtail import hooks

from moderation import views


@hooks.register("register_admin_urls")
def register_review_urls():
    """The page that explains a refusal."""
    return [
        path("review/refused/<int:task_state_id>/", views.refused, name="moderation_refused"),
    ]

"""The public addresses of readers' reports."""

from django.urls import path

from feedback import views

urlpatterns = [
    path("report/", views.report_error, name="report_error"),
    path("report/thanks/<str:number>/", views.thanks, name="report_thanks"),
]

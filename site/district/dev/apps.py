from django.apps import AppConfig


class DevelopmentConfig(AppConfig):
    name = "district.dev"
    label = "development"

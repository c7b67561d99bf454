"""Levels of honours and of listed places."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HonourLevel(models.TextChoices):
    """The level at which an honour is given or a place is listed, the highest first."""

    NATIONAL = "national", _("national level")
    PROVINCE = "province", _("province level")
    CITY = "city", _("city level")
    DISTRICT = "district", _("district level")
    SCHOOL = "school", _("school level")

"""Tokens of the API are made and revoked by their owners; nobody makes one for somebody else."""

from django.contrib import admin
from knox.models import AuthToken

admin.site.unregister(AuthToken)

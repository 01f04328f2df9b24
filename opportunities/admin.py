"""Groups and roles, to look them up."""

from django.contrib import admin
from django.db import models

from core.admin import ReadOnlyAdmin
from opportunities.models import Membership, Opportunity, Organisation, RoleSkill, Session


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    can_delete = False


class RoleSkillInline(admin.TabularInline):
    model = RoleSkill
    extra = 0
    can_delete = False


class SessionInline(admin.TabularInline):
    model = Session
    extra = 0
    can_delete = False


@admin.register(Organisation)
class OrganisationAdmin(ReadOnlyAdmin):
    list_display = ["name", "legal_form", "identifier", "verified_at", "suspended_at"]
    list_filter = ["legal_form", "network", "size"]
    search_fields = ["name", "identifier"]
    inlines = [MembershipInline]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


@admin.register(Opportunity)
class OpportunityAdmin(ReadOnlyAdmin):
    list_display = [
        "title",
        "organisation",
        "status",
        "places",
        "places_taken",
        "applications_pending",
        "published_at",
    ]
    list_select_related = ["organisation"]
    list_filter = ["status", "commitment", "from_home", "source"]
    search_fields = ["title", "organisation__name", "source_reference"]
    inlines = [RoleSkillInline, SessionInline]

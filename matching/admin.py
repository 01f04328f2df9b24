"""Rankings and models, to look them up."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from matching.models import (
    AllocationPlan,
    Invitation,
    LearnedWeights,
    ModelVersion,
    RankingRun,
)


@admin.register(RankingRun)
class RankingRunAdmin(ReadOnlyAdmin):
    list_display = ["id", "state", "requested_at", "finished_at", "people_done", "people", "roles"]
    list_filter = ["state"]


@admin.register(ModelVersion)
class ModelVersionAdmin(ReadOnlyAdmin):
    list_display = ["version", "fitted_at", "roles", "fingerprint"]


@admin.register(LearnedWeights)
class LearnedWeightsAdmin(ReadOnlyAdmin):
    list_display = ["id", "learned_at", "state", "why", "outcomes", "state_since", "by"]
    list_filter = ["state"]


@admin.register(AllocationPlan)
class AllocationPlanAdmin(ReadOnlyAdmin):
    list_display = ["id", "made_at", "people", "roles", "proposed", "invited", "seconds"]
    exclude = ["state"]


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["id", "made_at", "sent_at", "dropped_at", "opened_at", "answer"]
    list_filter = ["answer"]

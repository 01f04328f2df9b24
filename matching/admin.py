"""Rankings and models, to look them up."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from matching.models import LearnedWeights, ModelVersion, RankingRun


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

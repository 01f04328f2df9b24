"""How the API signs people in, limits, pages and describes itself: a part of the settings."""

from datetime import timedelta
from typing import Any

from config.environment import env

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "api.authentication.TokenInHeader",
        "api.authentication.SessionOfPages",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["api.parsers.BoundedJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "api.pagination.Pages",
    "DEFAULT_FILTER_BACKENDS": [],
    "DEFAULT_SCHEMA_CLASS": "api.schema.Schema",
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_THROTTLE_CLASSES": [
        "api.throttling.AnonymousRate",
        "api.throttling.PersonRate",
    ],
    "DEFAULT_THROTTLE_RATES": {"anon": "120/min", "user": "300/min", "sign-in": "10/min"},
    "NUM_PROXIES": env.int("TRUSTED_PROXIES", 0),
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_HANDLER_CLASS": "api.errors.ApiExceptionHandler",
    "ALLOWED_ERROR_STATUS_CODES": [
        *("400", "401", "403", "404", "405", "406", "409", "413", "415", "429", "500")
    ],
}
REST_KNOX = {"TOKEN_TTL": timedelta(days=30), "TOKEN_LIMIT_PER_USER": 10}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Harrow Volunteering API",
    "DESCRIPTION": (
        "Find roles, register, apply, and answer applications. Sign in with a token "
        "(`Authorization: Token …`) or with the session of the pages."
    ),
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "AttendanceStateEnum": "placements.models.Attendance.State",
        "CampaignStateEnum": "insights.models.Campaign.State",
        "ConcernKindEnum": "placements.models.Concern.Kind",
        "HoursStateEnum": "placements.models.HoursEntry.State",
        "LimitReasonEnum": "opportunities.models.CapacityLimit.Reason",
        "MoreRoomKindEnum": "opportunities.models.MoreRoom.Kind",
        "MotiveEnum": "core.motives.Motive",
        "MoveEnum": "api.v1.application_output.MOVE_CODES",
        "NoReasonEnum": "api.v1.applications.NO_REASONS",
        "NotForMeReasonEnum": "matching.models.Impression.Reason",
        "OfferStateEnum": "placements.models.TimedOffer.State",
        "SlotEnum": "api.inputs.SLOT_CODES",
        "StateEnum": "placements.models.Application.State",
        "SuggestionStateEnum": "matching.models.Suggestion.State",
        "WaitingStateEnum": "placements.models.WaitingListEntry.State",
    },
}

"""Roles to start from."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from api.lists import Listed
from core.motives import Motive
from opportunities.models import Opportunity
from opportunities.role_templates import RoleTemplate, families


class RoleTemplateOutput(serializers.Serializer[RoleTemplate]):
    """A role to start from: send what you keep of `role` to `opportunities/`, with your group."""

    code = serializers.CharField()
    family = serializers.CharField(help_text="The heading it stands under.")
    age_reason = serializers.CharField(help_text="Why it asks for an age above 16, or ''.")
    dbs_reason = serializers.CharField(help_text="Why the law allows its DBS check, or ''.")
    role = serializers.DictField(child=serializers.JSONField())


class RoleTemplates(Listed):
    """In English, as roles are written here; in the order of the page."""

    permission_classes = [AllowAny]
    queryset = Opportunity.objects.none()

    @extend_schema(
        summary="List roles to start from",
        responses=RoleTemplateOutput(many=True),
        tags=["role-templates"],
    )
    def get(self, request: Request) -> Response:
        every = [
            _told(template, family.title) for family in families() for template in family.templates
        ]
        return self.listed(every, RoleTemplateOutput)


def _told(template: RoleTemplate, family: str) -> dict[str, Any]:
    fields = template.role_fields()
    return {
        "code": template.code,
        "family": family,
        "age_reason": template.age_reason,
        "dbs_reason": template.dbs_reason,
        "role": fields | {"offers": [Motive(code).value for code in fields["offers"]]},
    }

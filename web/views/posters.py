"""A role's poster."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.utils.text import slugify
from django.views.generic import View

from core.clock import today
from opportunities.models import Opportunity
from opportunities.selectors import for_lists
from web.posters import poster


class RolePoster(View):
    """PDF of a public role, the same for everybody."""

    def get(self, request: HttpRequest, role: int) -> HttpResponse:
        public = Opportunity.objects.public().exclude(closes_on__lt=today())
        shown = get_object_or_404(for_lists(public), pk=role)
        name = slugify(shown.title)[:60] or "role"
        response = HttpResponse(
            poster(shown),
            content_type="application/pdf",
            headers={
                "Content-Disposition": f'inline; filename="{name}-{shown.pk}.pdf"',
                "X-Robots-Tag": "noindex",
            },
        )
        patch_cache_control(response, max_age=300)
        return response

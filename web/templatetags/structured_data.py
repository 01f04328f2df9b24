"""What search engines read on a page, for templates."""

from django import template
from django.utils.safestring import SafeString

from opportunities.models import Opportunity
from web import structured_data

register = template.Library()


@register.filter
def job_posting(role: Opportunity) -> SafeString:
    return structured_data.job_posting(role)

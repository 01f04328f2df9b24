"""What the desk says about its rows, for templates."""

from django import template

from accounts.models import User
from matching import wording

register = template.Library()


@register.filter
def would_open(person: User) -> list[wording.Change]:
    """Give what would make this person's list longer; needs their recommendation loaded."""
    return wording.what_would_change(person.volunteer.recommendation.counts)

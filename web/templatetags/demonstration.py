"""Who can be signed in as, in a demonstration."""

from django import template

from demonstration.logins import LOGINS, PASSWORD, Login

register = template.Library()


@register.simple_tag
def demonstration_logins() -> tuple[Login, ...]:
    """Give the made-up people to sign in as."""
    return LOGINS


@register.simple_tag
def demonstration_password() -> str:
    return PASSWORD

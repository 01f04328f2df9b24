"""What whoever asks for a password or code again protects by it, for templates."""

from typing import Any
from urllib.parse import urlsplit

from django import template
from django.urls import Resolver404, resolve

register = template.Library()


@register.simple_tag(takes_context=True)
def at_stake(context: dict[str, Any], otherwise: str) -> Any:
    """Give what the page that follows says is at stake there (`at_stake` of its view), or
    `otherwise`.
    """
    request = context["request"]
    address = request.GET.get("next") or request.POST.get("next") or ""
    try:
        view = resolve(urlsplit(address).path).func
    except (Resolver404, ValueError):
        return otherwise
    return getattr(getattr(view, "view_class", None), "at_stake", otherwise)

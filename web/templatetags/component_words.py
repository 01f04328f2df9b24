"""What GOV.UK Frontend's scripts say, in the language of the page: attributes that they read.

Without them they speak English on every page. How many characters are left is said for each plural
of the language, by the names that the browser (CLDR) gives these.
"""

from babel import Locale
from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, to_locale
from django.utils.translation import gettext as _

register = template.Library()

#: What the scripts put a number for.
_NUMBER = {"count": "%{count}"}
#: Up to it every plural of the languages of the pages occurs.
_FAR_ENOUGH = 100


@register.simple_tag
def character_count_words() -> SafeString:
    """Give what a box says of the characters that are left in it."""
    words = {"characters-at-limit": _("You have no characters left")}
    for name, number in _plurals().items():
        left = ngettext(
            "You have %(count)s character left", "You have %(count)s characters left", number
        )
        over = ngettext(
            "You have %(count)s character too many",
            "You have %(count)s characters too many",
            number,
        )
        words[f"characters-under-limit.{name}"] = left % _NUMBER
        words[f"characters-over-limit.{name}"] = over % _NUMBER
    return _attributes(words)


@register.simple_tag
def password_input_words() -> SafeString:
    """Give what the button beside a password says, and what is read out when it is pressed."""
    return _attributes(
        {
            "show-password": _("Show"),
            "hide-password": _("Hide"),
            "show-password-aria-label": _("Show password"),
            "hide-password-aria-label": _("Hide password"),
            "password-shown-announcement": _("Your password is visible"),
            "password-hidden-announcement": _("Your password is hidden"),
        }
    )


def _plurals() -> dict[str, int]:
    """Give each plural of the page's language, by its name, with the least number that takes it."""
    plural_of = Locale.parse(to_locale(get_language() or "en-gb")).plural_form
    named = {str(plural_of(number)): number for number in range(_FAR_ENOUGH, -1, -1)}
    # The scripts want this one of every language; in some it is for fractions alone.
    return {"other": _FAR_ENOUGH} | named


def _attributes(words: dict[str, str]) -> SafeString:
    return format_html_join(" ", 'data-i18n.{}="{}"', words.items())

"""What the rules on age allow, with the sentence a person reads when they do not."""

from datetime import date

from django.utils.translation import gettext as _

from core.errors import NotAllowed

#: Nobody younger registers.
MINIMUM_AGE = 13
#: Younger people need a parent or guardian to confirm before they apply.
AGE_OF_CONSENT = 16


def age_on(date_of_birth: date, day: date) -> int:
    """Give the age in whole years on `day`. Born on 29 February: a year older on 1 March."""
    had_birthday = (day.month, day.day) >= (date_of_birth.month, date_of_birth.day)
    return day.year - date_of_birth.year - (not had_birthday)


def check_can_register(date_of_birth: date | None, day: date) -> None:
    """Raise NotAllowed for a person under 13. Not saying one's age is allowed."""
    if date_of_birth is not None and age_on(date_of_birth, day) < MINIMUM_AGE:
        raise NotAllowed(
            _("You need to be %(age)s or over to register. You are welcome to look at the roles.")
            % {"age": MINIMUM_AGE},
            code="too_young",
        )

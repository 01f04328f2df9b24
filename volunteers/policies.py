"""What the rules on age allow, with the sentence a person reads when they do not."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from core.errors import NotAllowed
from volunteers.models import Volunteer

#: Nobody younger registers.
MINIMUM_AGE = 13
#: Younger people need a parent or guardian to confirm before they apply.
AGE_OF_CONSENT = 16
#: Who has not used the service for longer is not counted among those who wait.
CONFIRMED_WITHIN = timedelta(days=60)


def age_on(date_of_birth: date, day: date) -> int:
    """Give the age in whole years on `day`. Born on 29 February: a year older on 1 March."""
    had_birthday = (day.month, day.day) >= (date_of_birth.month, date_of_birth.day)
    return day.year - date_of_birth.year - (not had_birthday)


def latest_birth_of(age: int, day: date) -> date:
    """Give the last day on which somebody can be born who has this age on `day`."""
    try:
        return day.replace(year=day.year - age)
    except ValueError:  # 29 February: a year older on 1 March
        return date(day.year - age, 2, 28)


def is_under_16(volunteer: Volunteer, day: date) -> bool:
    """Whether the person has said an age under 16."""
    born = volunteer.date_of_birth
    return born is not None and age_on(born, day) < AGE_OF_CONSENT


def needs_parent(volunteer: Volunteer, day: date) -> bool:
    """Whether a parent's or guardian's word is missing."""
    return is_under_16(volunteer, day) and volunteer.parent_confirmed_at is None


def check_can_register(date_of_birth: date | None, day: date) -> None:
    """Raise NotAllowed for a person under 13. Not saying one's age is allowed."""
    if date_of_birth is not None and age_on(date_of_birth, day) < MINIMUM_AGE:
        raise NotAllowed(
            _("You need to be %(age)s or over to register. You are welcome to look at the roles.")
            % {"age": MINIMUM_AGE},
            code="too_young",
        )

"""Read a person's own answers, for their own page."""

from accounts.models import User
from equality.models import EqualityAnswers


def answers_of(user: User) -> EqualityAnswers | None:
    """Give what this person answered, None where nothing."""
    return EqualityAnswers.objects.filter(user=user).first()

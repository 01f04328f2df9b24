"""Let an administrator back in who has lost their phone, where there is no other to do it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from core.errors import DomainError
from desk.services import ways_in


class Command(BaseCommand):
    help = "Take the second step of one account away. Make sure first that it is them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--known-by", choices=ways_in.KNOWN_BY, required=True)

    def handle(self, *, email: str, known_by: str, **options: Any) -> None:
        try:
            person = User.objects.get_by_natural_key(email)
            ways_in.reset_second_factor(person=person, known_by=known_by, by=None)
        except (User.DoesNotExist, DomainError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Done. They set up a new one when they sign in.")

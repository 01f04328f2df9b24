"""What the volunteer centre noted about a person is exported to them and goes with them."""

from django.db.models import Q

from core.personal_data import holds, mentions

holds(
    "desk.DeskNote",
    of=lambda person: Q(person=person.pk) | Q(application__volunteer__user=person.pk),
)
mentions("desk.DeskNote", by="emptied")

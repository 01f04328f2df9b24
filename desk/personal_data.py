"""What the volunteer centre noted about a person, and how it told them what is new, is exported to
them and goes with them."""

from django.db.models import Q

from core.personal_data import holds, mentions

holds(
    "desk.DeskNote",
    of=lambda person: Q(person=person.pk) | Q(application__volunteer__user=person.pk),
)
mentions("desk.DeskNote", by="emptied")

holds("desk.WayToTell", path="user")
holds("desk.Telling", path="notification__recipient")
mentions("desk.Telling", by="emptied")

mentions("desk.LetterBatch", by="emptied")

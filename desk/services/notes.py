"""Note something about what waits at the desk, put it aside until a day, or be done with it."""

from datetime import date

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import today
from core.models import Fact
from desk.models import DeskNote
from opportunities.models import Opportunity, Organisation
from placements.models import Application

Subject = User | Organisation | Opportunity | Application | Fact

#: Nothing is put aside for longer.
LONGEST_DAYS = 92


@transaction.atomic
def write(
    *,
    about: Subject,
    by: User,
    queue: str = "",
    words: str = "",
    outcome: str = "",
    look_again_on: date | None = None,
    is_done: bool = False,
) -> DeskNote:
    """Note `words`, how a call went (`DeskNote.Outcome`), and until when it is off the `queue`, or
    that it is done with.

    Raises InvalidInput where nothing of these is said, or for a day that is not ahead of us.
    """
    words = words.strip()
    if not (words or outcome or look_again_on or is_done):
        raise received.refuse("words", _("Write a few words, or say when to look again."))
    if look_again_on and not 0 < (look_again_on - today()).days <= LONGEST_DAYS:
        raise received.refuse("look_again_on", _("Choose a day within the next three months."))
    note = DeskNote(
        queue=queue,
        by=by,
        words=words,
        outcome=outcome,
        look_again_on=look_again_on,
        is_done=is_done,
    )
    setattr(note, _name_of(about), about)
    received.check(note)
    note.save()
    audit.record(
        by=by,
        action="desk.noted",
        subject=about,
        queue=queue,
        outcome=outcome,
        look_again_on=look_again_on.isoformat() if look_again_on else "",
        done=is_done,
    )
    return note


@transaction.atomic
def bring_back(*, about: Subject, queue: str, by: User) -> None:
    """Have it on its list again today. Safe to repeat."""
    here = DeskNote.objects.filter(queue=queue, **{_name_of(about): about})
    back = here.putting_aside().update(look_again_on=today())
    back += here.being_done().update(is_done=False)
    if back:
        audit.record(by=by, action="desk.brought_back", subject=about, queue=queue)


_NAMES: dict[type[models.Model], str] = {
    User: "person",
    Organisation: "group",
    Opportunity: "role",
    Application: "application",
    Fact: "job",
}


def _name_of(about: Subject) -> str:
    """Give the name under which a note keeps what it is about."""
    return _NAMES[type(about)]

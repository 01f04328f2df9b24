"""Let the group of one role see an email address or phone number, and take that back."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit
from core.clock import now
from core.errors import Conflict
from placements.models import Application
from placements.states import FINAL


@transaction.atomic
def choose(*, application: Application, email: bool, phone: bool, by: User | None) -> Application:
    """Say which of the two the group of this role sees, from now on, while the application lasts.

    Raises Conflict where it is over and more would be shown than before.
    """
    row = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    before = {"email": row.share_email, "phone": row.share_phone}
    after = {"email": email, "phone": phone}
    if row.state in FINAL and any(after[name] and not before[name] for name in after):
        raise Conflict(_("This is over, so there is nothing to share."), code="over")
    changed = sorted(name for name in after if before[name] != after[name])
    if changed:
        Application.objects.filter(pk=row.pk).update(
            share_email=email, share_phone=phone, updated_at=now()
        )
        audit.record(
            by=by,
            action="application.sharing_changed",
            subject=row,
            shared=[name for name in changed if after[name]],
            hidden=[name for name in changed if not after[name]],
        )
    application.refresh_from_db()
    return application

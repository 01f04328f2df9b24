"""After an answer that shows that a group could not take somebody, ask what would let it."""

from opportunities.services import limits
from placements.models import Application


def ask_after(application_id: int) -> None:
    """Ask the role's group where it declined for want of a place, or where its role is full now.
    At most once a quarter for each role; safe to run again.
    """
    application = (
        Application.objects.select_related("opportunity__organisation")
        .filter(pk=application_id)
        .first()
    )
    if application is None:
        return
    declined = application.state == Application.State.DECLINED
    if declined and application.reason == Application.Reason.NO_PLACE:
        limits.ask_after_decline(application.opportunity)
    else:
        limits.ask_when_full(application.opportunity)

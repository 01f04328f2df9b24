"""Keep annual reports as they are: the final one of each year, and copies that somebody wants."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import now
from core.errors import Conflict
from core.outbox.leases import Lease
from insights import policies
from insights.models import KeptReport, PeriodFigures
from insights.models.kept_report import NAME_LENGTH
from insights.periods import Period
from insights.report.contents import NoFigures, report
from insights.report.parts import Report
from insights.report.stored import as_json, of_json
from insights.services import campaign_outcomes


def keep_final(lease: Lease | None = None) -> int:
    """Make and keep the report of every year whose figures are closed and that has none; give how
    many were kept. Safe to run at any time and again: what is kept stays as it is. Raises
    LeaseLostError where another worker does it by now.
    """
    due = _without_a_final_one()
    if due:
        # The report tells what had come of campaigns by the end of the year.
        campaign_outcomes.work_out_months(lease)
    kept = 0
    for year in due:
        contents = as_json(_as_of_now(year))
        with transaction.atomic():
            if lease is not None:
                lease.check()
            row, made = KeptReport.objects.get_or_create(
                year=year.code, is_final=True, defaults={"contents": contents, "kept_at": now()}
            )
            if made:
                audit.record(by=None, action="report.kept", subject=row, year=row.year)
                kept += 1
    return kept


def _as_of_now(year: Period) -> Report:
    """In the language of the service, whoever has the page open."""
    with translation.override(settings.LANGUAGE_CODE):
        return report(year)


def _without_a_final_one() -> list[Period]:
    closed = PeriodFigures.objects.closed().values_list("period", flat=True)
    years = {period for period in map(Period.of_code, closed) if period.is_year}
    kept = KeptReport.objects.final().values_list("year", flat=True)
    return sorted(years - set(map(Period.of_code, kept)))


def keep_copy(*, year: Period, name: str, by: User) -> KeptReport:
    """Keep the report of a year that is not final as it is now, under a name.

    Whoever asks twice for the same copy has it once. Raises NotFound for whoever may not steer,
    InvalidInput for a name that is missing, too long or taken in that year, Conflict where the year
    has a final report or no figures.
    """
    policies.check_can_steer(by)
    name = name.strip()
    _check(name)
    if KeptReport.objects.final().filter(year=year.code).exists():
        raise Conflict(_("The final report of this year is kept already."))
    try:
        said = _as_of_now(year)
    except NoFigures as error:
        raise Conflict(str(error)) from error
    try:
        with transaction.atomic():
            row = KeptReport.objects.create(
                year=year.code, name=name, contents=as_json(said), kept_at=now(), kept_by=by
            )
            audit.record(by=by, action="report.kept", subject=row, year=row.year)
    except IntegrityError as error:
        before = KeptReport.objects.copies().filter(year=year.code, name=name).first()
        if before and before.kept_by_id == by.pk and of_json(before.contents) == said:
            return before
        sentence = _("There is a copy with this name already. Choose another name.")
        raise received.refuse("name", sentence) from error
    return row


def _check(name: str) -> None:
    if not name:
        raise received.refuse("name", _("Give the copy a name."))
    if len(name) > NAME_LENGTH:
        raise received.refuse(
            "name", _("Write no more than %(count)s characters.") % {"count": NAME_LENGTH}
        )


@transaction.atomic
def remove_copy(*, copy: KeptReport, by: User) -> None:
    """Delete a copy for good.

    Raises NotFound for whoever may not steer, Conflict for a final report, which stays, and where
    somebody has removed it already.
    """
    policies.check_can_steer(by)
    if copy.is_final:
        raise Conflict(_("The final report of a year stays."))
    audit.record(by=by, action="report.removed", subject=copy, year=copy.year)
    deleted, __ = KeptReport.objects.copies().filter(pk=copy.pk).delete()
    if not deleted:
        raise Conflict(_("Somebody has removed this copy already."))

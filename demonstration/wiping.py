"""Take away what earlier loadings of the demonstration made, and nothing else."""

from django.db import models

from accounts.models import AuditEntry, User
from core.clock import now
from demonstration.models import Loading
from matching.models import RankingRun, Suggestion
from opportunities.models import Opportunity, Organisation
from placements.models import Application, TimedOffer, WaitingListEntry
from volunteers.models import Volunteer

#: What else belongs to a person and a role, and has a trail of its own.
_FOLLOWED: tuple[type[models.Model], ...] = (WaitingListEntry, TimedOffer, Suggestion)


def real_people() -> bool:
    """Whether there are volunteers or groups that no loading made."""
    people = Volunteer.objects.exclude(user__in=Loading.made_people.through.objects.values("user"))
    groups = Organisation.objects.exclude(
        pk__in=Loading.made_groups.through.objects.values("organisation")
    )
    return people.exists() or groups.exists()


def wipe() -> None:
    """Delete everybody and everything that loadings made, with the audit trail about it.

    Applications of real people for made-up roles go with the roles. A ranking that is under way
    would miss whoever comes next: it is set aside for the one that the loading asks for.
    """
    RankingRun.objects.unfinished().update(state=RankingRun.State.SUPERSEDED, finished_at=now())
    users = User.objects.filter(pk__in=Loading.made_people.through.objects.values("user"))
    groups = Organisation.objects.filter(
        pk__in=Loading.made_groups.through.objects.values("organisation")
    )
    roles = Opportunity.objects.filter(organisation__in=groups)
    volunteers = Volunteer.objects.filter(user__in=users)
    applications = Application.objects.filter(
        models.Q(volunteer__in=volunteers) | models.Q(opportunity__in=roles)
    )
    of_theirs = models.Q(volunteer__in=volunteers) | models.Q(opportunity__in=roles)
    subjects: tuple[models.QuerySet, ...] = (
        *(applications, roles, volunteers, groups, users),
        *(kind._default_manager.filter(of_theirs) for kind in _FOLLOWED),
    )
    for rows in subjects:
        AuditEntry.objects.filter(
            subject_type=rows.model._meta.model_name, subject_id__in=rows.values("pk")
        ).delete()
    made = list(users.values_list("pk", flat=True))
    groups.delete()
    Loading.objects.all().delete()
    User.objects.filter(pk__in=made).delete()

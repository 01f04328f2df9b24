"""Take away what earlier loadings of the demonstration made, and nothing else."""

from django.db import models

from accounts.models import AuditEntry, User
from core.clock import now
from demonstration import useful_links
from demonstration.models import Loading
from desk.models import LetterBatch
from insights.models import (
    Campaign,
    CountedPeople,
    KeptReport,
    Prospectus,
    ProspectusMail,
    Target,
    YearlyAnswer,
    YearlyQuestion,
)
from matching.models import HiddenRole, PlacementRound, RankingRun, Suggestion
from notifications.models import Notification
from opportunities.models import (
    CapacityLimit,
    GroupInvitation,
    JoinRequest,
    Opportunity,
    Organisation,
    SavedSearch,
)
from placements.models import (
    Application,
    Attendance,
    Block,
    Concern,
    HoursEntry,
    Message,
    ServiceRecord,
    TimedOffer,
    UsefulLink,
    WaitingListEntry,
)
from volunteers.models import Volunteer

#: What else belongs to a person and a role, an application, a group or an account, and has a trail
#: of its own.
_OF_PAIRS: tuple[type[models.Model], ...] = (
    WaitingListEntry,
    TimedOffer,
    Suggestion,
    HiddenRole,
)
_OF_APPLICATIONS: tuple[type[models.Model], ...] = (Attendance, HoursEntry, Message)
_OF_GROUPS: tuple[type[models.Model], ...] = (
    *(CapacityLimit, GroupInvitation, JoinRequest, Block),
    *(Prospectus, ProspectusMail),
)
_OF_USERS: dict[type[models.Model], str] = {SavedSearch: "user", Notification: "recipient"}
#: What stays when whom it is about goes: it goes here.
_LEFT: dict[type[models.Model], tuple[str, ...]] = {
    Concern: ("organisation", "reporter"),
    PlacementRound: ("by",),
    LetterBatch: ("by",),
    Campaign: ("made_by",),
    KeptReport: ("kept_by",),
    Target: ("set_by",),
}


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
        *(kind._default_manager.filter(of_theirs) for kind in _OF_PAIRS),
        *(kind._default_manager.filter(application__in=applications) for kind in _OF_APPLICATIONS),
        *(kind._default_manager.filter(organisation__in=groups) for kind in _OF_GROUPS),
        ServiceRecord.objects.filter(volunteer__in=volunteers),
        *(kind._default_manager.filter(**{f"{of}__in": users}) for kind, of in _OF_USERS.items()),
    )
    left = []
    for kind, columns in _LEFT.items():
        theirs = models.Q()
        for column in columns:
            theirs |= models.Q(**{f"{column}__in": groups if column == "organisation" else users})
        left.append(kind._default_manager.filter(theirs))
    # A question that a real group has answered stays.
    questions = YearlyQuestion.objects.filter(answers__organisation__in=groups).exclude(
        answers__in=YearlyAnswer.objects.exclude(organisation__in=groups)
    )
    left.append(YearlyQuestion.objects.filter(pk__in=list(questions.values_list("pk", flat=True))))
    left.append(UsefulLink.objects.filter(address__startswith=useful_links.MADE_UP))
    subjects = (*subjects, *left)
    for rows in subjects:
        AuditEntry.objects.filter(
            subject_type=rows.model._meta.model_name, subject_id__in=rows.values("pk")
        ).delete()
    made = list(users.values_list("pk", flat=True))
    for rows in left:
        rows.delete()
    groups.delete()
    CountedPeople.objects.exclude(pk__in=Prospectus.objects.values("counted")).delete()
    Loading.objects.all().delete()
    User.objects.filter(pk__in=made).delete()

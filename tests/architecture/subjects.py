"""What the words in addresses stand for: rows that tests of all addresses ask about."""

from datetime import UTC, datetime, timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from accounts.models import AuditEntry
from accounts.services import sign_ins
from core.clock import now, today
from core.models import Activity, Cause, Language, Skill
from desk.models import LetterBatch
from insights import prospectus_links
from insights.models import Simulation, Target, YearlyQuestion
from insights.periods import Period
from insights.services import figures
from matching.models import (
    AllocationPlan,
    HiddenRole,
    Invitation,
    LearnedWeights,
    ModelVersion,
    PlacementRound,
    RankingRun,
    Suggestion,
)
from notifications import stopping
from notifications.models import ByMail, Notification, SentMail
from notifications.topics import TOPICS
from opportunities.links import group_token, invitation_token
from opportunities.models import CapacityLimit, GroupInvitation, JoinRequest, MoreRoom
from opportunities.services import followed_searches, saved_searches
from placements import calendar, service_record
from placements.models import Concern, Message, ServiceRecord, StillGoing, TimedOffer, UsefulLink
from placements.services import still_going
from tests.factories.core import FactFactory
from tests.factories.figures import made_figures
from tests.factories.insights import (
    SEGMENT_FIGURES,
    CampaignFactory,
    ProspectusFactory,
    SegmentFactory,
    planned_role,
)
from tests.factories.opportunities import SavedSearchFactory
from tests.factories.placements import ApplicationFactory, HoursEntryFactory
from tests.factories.reports import KeptReportFactory
from tests.factories.waiting import WaitingListEntryFactory
from tests.integration.api.cast import Cast


def _rankings(cast: Cast) -> dict[str, object]:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    run = RankingRun.objects.create()
    plan = AllocationPlan.objects.create(run=run, policy="p", model_version="v", made_at=at)
    learned = LearnedWeights.objects.create(
        **dict.fromkeys(
            ("learned_at", "state_since", "first_shown_at", "held_back_from", "last_shown_at"), at
        ),
        **{name: {} for name in ("weights", "neutral", "calibration", "metrics")},
        state=LearnedWeights.State.REFUSED,
        why=LearnedWeights.Why.WORSE,
        showings=1,
        outcomes=1,
    )
    invited = Invitation.objects.create(
        plan=plan, volunteer=cast.volunteer, opportunity=cast.role, made_at=at
    )
    model = ModelVersion.objects.create(version="v", fitted_at=at, roles=1, fingerprint="f")
    return {
        "matching/allocationplan": plan.pk,
        "matching/invitation": invited.pk,
        "matching/learnedweights": learned.pk,
        "matching/modelversion": model.pk,
        "matching/rankingrun": run.pk,
    }


def _waiting(cast: Cast) -> dict[str, object]:
    entry = WaitingListEntryFactory(volunteer=cast.volunteer, activity="gardening")
    offer = TimedOffer.objects.create(
        entry=entry,
        volunteer=cast.volunteer,
        opportunity=cast.other_role,
        made_at=now(),
        answer_by=now() + timedelta(days=1),
    )
    return {"entry": entry.pk, "offer": offer.pk, "offer_id": offer.pk}


def _joining(cast: Cast) -> dict[str, object]:
    """An invitation and a request to act for the group, and links for those who join."""
    invited = GroupInvitation.objects.create(
        organisation=cast.group,
        email="made-up@example.org",
        expires_at=datetime(2999, 1, 1, tzinfo=UTC),
    )
    asked = JoinRequest.objects.create(organisation=cast.group, user=cast.volunteer.user)
    return {
        "invitation_id": invited.pk,
        "request_id": asked.pk,
        "invitation": invitation_token(invited.pk),
        "found": group_token(cast.group.pk),
    }


def _suggestions(cast: Cast) -> dict[str, object]:
    drawn_up = PlacementRound.objects.create()
    pair = {"volunteer": cast.volunteer, "opportunity": cast.other_role}
    return {
        "round_id": drawn_up.pk,
        "suggestion_id": Suggestion.objects.create(round=drawn_up, **pair).pk,
        "suggestion": Suggestion.objects.create(
            state="sent", sent_at=now(), answer_by=now() + timedelta(days=1), **pair
        ).pk,
        "volunteer_id": cast.volunteer.pk,
    }


def _figures() -> str:
    """Figures of the last month and of the year, whose code it gives."""
    year = Period.year_of(today())
    made_figures(year.code, {"placed": 80, "applied": 200}, closed=False)
    last = Period.month_of(today()).before()
    totals = {"people_waiting": 230, "placed": 80}
    # Also the question that groups can answer today.
    YearlyQuestion.objects.create(year=year.code, opens=today(), closes=today(), asked=2)
    made_figures(last.code, totals, {("people_waiting", "ward"): [10] * 23})
    return year.code


def subjects(cast: Cast) -> dict[str, object]:
    """What the words in addresses stand for: always the group's or the volunteer's own."""
    HiddenRole.objects.create(volunteer=cast.volunteer, opportunity=cast.role, reason="too_far")
    rows = {
        "accounts/auditentry": AuditEntry.objects.create(
            action="made.up", subject_type="user", subject_id=1
        ).pk,
        "accounts/user": cast.volunteer.user.pk,
        "axes/accessattempt": _attempt(AccessAttempt, failures_since_start=1).pk,
        "axes/accessfailurelog": _attempt(AccessFailureLog).pk,
        "axes/accesslog": _attempt(AccessLog).pk,
        "core/activity": Activity.objects.earliest("pk").pk,
        "core/cause": Cause.objects.earliest("pk").pk,
        "core/fact": FactFactory().pk,
        "core/language": Language.objects.earliest("pk").pk,
        "core/skill": Skill.objects.earliest("pk").pk,
        **_rankings(cast),
        "notifications/notification": Notification.objects.create(
            recipient=cast.volunteer.user, kind="made.up", key="made up", subject="s", body="b"
        ).pk,
        "opportunities/opportunity": cast.role.pk,
        "opportunities/organisation": cast.group.pk,
        "placements/application": cast.application.pk,
        "volunteers/volunteer": cast.volunteer.pk,
    }
    return rows | {
        "role": cast.role.pk,
        "role_id": cast.role.pk,
        "group": cast.group.pk,
        "group_id": cast.group.pk,
        "membership_id": cast.group.memberships.get().pk,
        **_joining(cast),
        "prospectus_id": (told := ProspectusFactory(organisation=cast.group)).pk,
        "prospectus": prospectus_links.token_of(told),
        "campaign_id": CampaignFactory().pk,
        "limit_id": CapacityLimit.objects.create(organisation=cast.group, reason="premises").pk,
        "done": (step := MoreRoom.objects.create(opportunity=cast.role, kind="job_share").pk),
        "step_id": step,
        "application": cast.application.pk,
        "application_id": cast.application.pk,
        "offered": cast.offered.pk,
        "placed": cast.placed.pk,
        "place": cast.placed.pk,
        "place_id": ApplicationFactory(opportunity=cast.role, state="accepted").pk,
        "hours": (hours := HoursEntryFactory(application=cast.placed).pk),
        "hours_id": hours,
        "when": today().isoformat(),
        "code": "ABCDEF",
        "feed": calendar.token_of(calendar.renew(volunteer=cast.volunteer, by=None)),
        "record": ServiceRecord.objects.create(
            volunteer=cast.volunteer,
            code="MADEUP",
            contents=service_record.contents_of(cast.volunteer),
            language="en-gb",
            expires_at=now(),
        ).pk,
        "still_going": (asked := StillGoing.objects.create(application=cast.placed, months=1)).pk,
        "answer": still_going.address_of(asked).split("/")[2],
        "message": Message.objects.create(
            application=cast.application, side="group", words="w", sent_at=datetime.now(UTC)
        ).pk,
        "link": UsefulLink.objects.create(
            kind="training", title="A course", address="https://www.example.org/"
        ).pk,
        "concern": Concern.objects.create(kind="other", words="w", opportunity=cast.role).pk,
        "measure": "placed",
        "period": _worked_out(),
        "target": Target.objects.create(
            measure="placed", value=1, begins=today().replace(day=1), set_at=now()
        ).pk,
        "year": _figures(),
        "mail": SentMail.objects.create(message_id="made up", sender="s", subject="Hello").pk,
        # Signed links work for whoever has them; without one there is nothing.
        "stop_token": stopping.token_for(cast.volunteer.user.pk, [TOPICS["reminders"]]),
        "text_token": stopping.text_token(
            Notification.objects.create(
                recipient=cast.volunteer.user, kind="invitation", key="t", subject="s", body="b"
            )
        ),
        "search": (search := SavedSearchFactory(user=cast.volunteer.user)).pk,
        "search_token": saved_searches.token_for(search),
        "followed_token": followed_searches.token_for(
            SavedSearchFactory(user=None, email="follower@example.org")
        ),
        "undo_token": stopping.undo_token(cast.volunteer.user.pk, {"reminders": ByMail.DAILY}),
        **_waiting(cast),
        "row": cast.group.pk,
        **_suggestions(cast),
        "planned_role": planned_role(),
        "segment": SegmentFactory(published=SEGMENT_FIGURES, published_month=_this_month()).pk,
        "kept": KeptReportFactory().pk,
        "simulation": Simulation.objects.create(
            asked_at=now(), seasons_wanted=1, answer_soon=True
        ).pk,
        "person_id": cast.volunteer.user.pk,
        "sign_in": _sign_in(cast),
        "batch_id": LetterBatch.objects.create(by=cast.users["broker"]).pk,
        "job_id": FactFactory(
            state="set_aside", finished_at=datetime(2026, 1, 1, tzinfo=UTC), kind="heartbeat"
        ).pk,
    }


def _sign_in(cast: Cast) -> int:
    """A session of the volunteer's, in another browser."""
    session = SessionStore()
    session[SESSION_KEY] = str(cast.volunteer.user.pk)
    sign_ins.note_use(user=cast.volunteer.user, session=session, user_agent="Firefox/133.0")
    return sign_ins.sessions_of(cast.volunteer.user).get().pk


def _worked_out() -> str:
    """The code of a month of which there are figures."""
    month = Period.month_of(today())
    figures.refresh(month)
    return month.code


def _this_month() -> str:
    return Period.month_of(today()).code


def _attempt(kind: type, **fields: object) -> object:
    return kind.objects.create(
        username="made-up", ip_address="127.0.0.1", user_agent="", path_info="/", **fields
    )

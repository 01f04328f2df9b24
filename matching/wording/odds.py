"""What somebody can expect who asks for a role, said no more exactly than it is known."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.recommender.odds import Expected, Odds, answer_of, odds_of
from opportunities.models import Opportunity, Organisation

#: A chance that may be off by more than this is said to be unsure, whole width of the interval.
UNSURE = 0.35
#: A group that fewer people have asked has no record to speak of.
FEW_PEOPLE = 10
_TEN = 10


def odds(role: Opportunity, expected: Odds | None = None) -> str:
    """Places left, people who wait, the chance of a place, and how quick the group is where that is
    known, such as "2 places left, 3 people waiting for an answer. About 6 in 10 people who ask now
    get a place. This group usually answers in 4 days.".

    Needs the role's group loaded. `expected` is worked out where it is not given.
    """
    sentences = [_standing(role)]
    if role.places_left:
        sentences.append(chance_of_a_place(expected or odds_of([role])[0]))
    if role.organisation.median_answer_days is not None:
        sentences.append(usual_answer_time(role.organisation.median_answer_days))
    return " ".join(sentences)


def chance_of_a_place(expected: Odds) -> str:
    """Such as "About 6 in 10 people who ask now get a place; we are not sure, since few people have
    asked this group so far.".
    """
    said = _share_who_get_a_place(expected.place.chance)
    if not is_unsure(expected.place):
        return _("%(said)s.") % {"said": said}
    if expected.answers < FEW_PEOPLE:
        return _("%(said)s; we are not sure, since few people have asked this group so far.") % {
            "said": said
        }
    return _("%(said)s; it may well be more or fewer.") % {"said": said}


def how_it_answers(group: Organisation) -> str:
    """What people read of how a group answers, beside each of its roles."""
    sentences = [chance_of_an_answer(*answer_of(group))]
    if group.median_answer_days is not None:
        sentences.append(usual_answer_time(group.median_answer_days))
    return " ".join(sentences)


def chance_of_an_answer(answer: Expected, answers: int) -> str:
    """Such as "This group answers about 8 in 10 people within 10 days.", of a group whose record
    tells of so many `answers`. What is said of one that nobody has asked is what groups here do; of
    one with a short record it is both together.
    """
    tenths = tenths_of(answer.chance)
    if not answers:
        return _(
            "Nobody has asked this group yet. Groups here answer about %(tenths)s in 10 people "
            "within 10 days."
        ) % {"tenths": tenths}
    if answers < FEW_PEOPLE:
        return _(
            "Few people have asked this group so far. We expect it to answer about %(tenths)s in "
            "10 people within 10 days."
        ) % {"tenths": tenths}
    if tenths == 0:
        return _("This group answers hardly anybody within 10 days.")
    if tenths == _TEN:
        return _("This group answers nearly everybody within 10 days.")
    return _("This group answers about %(tenths)s in 10 people within 10 days.") % {
        "tenths": tenths
    }


def is_unsure(expected: Expected) -> bool:
    """Whether the chance may well be quite another."""
    return expected.high - expected.low > UNSURE


def _share_who_get_a_place(chance: float) -> str:
    tenths = tenths_of(chance)
    if tenths == 0:
        return _("Fewer than 1 in 10 people who ask now get a place")
    if tenths == _TEN:
        return _("Nearly everybody who asks now gets a place")
    return _("About %(tenths)s in 10 people who ask now get a place") % {"tenths": tenths}


def tenths_of(chance: float) -> int:
    """Of ten people, about how many: 0 is said as hardly anybody, 10 as nearly everybody."""
    return round(chance * _TEN)


def _standing(role: Opportunity) -> str:
    left, waiting = role.places_left, role.applications_pending
    places = ngettext("%(count)s place left", "%(count)s places left", left) % {"count": left}
    people = (
        ngettext(
            "%(count)s person waiting for an answer",
            "%(count)s people waiting for an answer",
            waiting,
        )
        % {"count": waiting}
        if waiting
        else _("nobody waiting for an answer")
    )
    return _("%(places)s, %(people)s.") % {"places": places, "people": people}


def usual_answer_time(days: float) -> str:
    """How quick a group is whose median is so many days."""
    whole = round(days)
    if whole < 1:
        return _("This group usually answers on the same day.")
    return ngettext(
        "This group usually answers in %(count)s day.",
        "This group usually answers in %(count)s days.",
        whole,
    ) % {"count": whole}

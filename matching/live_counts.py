"""What a group reads beside the form while it writes a role: about how many people could do it, and
what each thing that it asks costs.

Promise of the service: every count is rounded by `core.disclosure`, each by itself; distances are
fixed rings around a square of a kilometre; counted are not people but who stands for them in a
board of the month; and a group asks only so many different questions an hour.
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.utils.translation import gettext as _

from core.disclosure import in_words, rounded
from core.models import Skill
from core.places import postcodes
from core.week import mask_between
from matching import wording
from matching.recommender import live_counts
from matching.recommender.asked import Asked
from matching.recommender.live_counts import RINGS, SHOWN, Counted
from opportunities.models import Opportunity, Organisation

#: Different questions that one group may ask in an hour. Asking the same again costs nothing.
QUESTIONS_AN_HOUR = 120
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class LiveCounts:
    """In words, rounded: who could do it, how many of them like this kind of thing, within which
    distances, and what each requirement costs, the costliest first. Or why there is no count.
    """

    headline: str
    interested: str = ""
    rings: tuple[str, ...] = ()
    costs: tuple[str, ...] = ()


def counts_for(
    *, organisation: Organisation, role: Opportunity | None, fields: Mapping[str, Any]
) -> LiveCounts:
    """Count for a role as it stands in a form that is not saved.

    `fields` as `opportunities.services.roles.update` takes them; what is not among them is taken
    from `role`, or else from a new role.
    """
    asked = _asked(role, fields)
    if not _may_ask(organisation.pk, asked):
        return LiveCounts(
            _("You have asked for many counts. They are back within the hour; go on writing.")
        )
    return _in_words(asked, live_counts.count(asked))


def asks_about_people(fields: Iterable[str]) -> bool:
    """Whether any of these answers changes who could do a role."""
    return not _COUNTED.isdisjoint(fields)


_COUNTED = frozenset(
    {
        "from_home",
        "postcode",
        "weekly_slots",
        "sessions",
        "commitment",
        "minimum_age",
        "maximum_age",
        "dbs_level",
        "welcomes_company",
        "languages",
        "causes",
        "activities",
        "skills_needed",
    }
)


def _asked(role: Opportunity | None, fields: Mapping[str, Any]) -> Asked:
    said = _saved(role or Opportunity()) | dict(fields)
    slots = said["weekly_slots"] or 0
    for starts_at, ends_at in said["sessions"]:
        slots |= mask_between(starts_at, ends_at)
    place = postcodes.locate(said["postcode"] or "")
    return Asked(
        from_home=said["from_home"],
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        slots=slots,
        one_off=said["commitment"] == Opportunity.Commitment.ONE_OFF,
        minimum_age=said["minimum_age"] or 0,
        maximum_age=said["maximum_age"],
        dbs_level=said["dbs_level"] or "none",
        welcomes_company=bool(said["welcomes_company"]),
        languages=tuple(sorted(said["languages"])),
        causes=tuple(sorted(said["causes"])),
        activities=tuple(sorted(said["activities"])),
        skills_needed=tuple(sorted(said["skills_needed"])),
    )


def _saved(role: Opportunity) -> dict[str, Any]:
    plain: dict[str, Any] = {
        name: getattr(role, name)
        for name in (
            "from_home",
            "postcode",
            "weekly_slots",
            "commitment",
            "minimum_age",
            "maximum_age",
            "dbs_level",
            "welcomes_company",
        )
    }
    lists: dict[str, list[Any]] = {
        name: [] for name in ("sessions", "languages", "causes", "activities", "skills_needed")
    }
    if role.pk is not None:
        for name in ("languages", "causes", "activities"):
            lists[name] = [item.code for item in getattr(role, name).all()]
        lists["skills_needed"] = [
            link.skill.code for link in role.role_skills.all() if link.need == "needed"
        ]
        lists["sessions"] = [(one.starts_at, one.ends_at) for one in role.sessions.all()]
    return plain | lists


def _may_ask(organisation_id: int, asked: Asked) -> bool:
    """Whether the group may ask this. Each server process counts for itself: a limit against
    feeling one's way need not be exact.
    """
    counts = caches["counts"]
    key = f"live-count:{organisation_id}:{int(time.time()) // _HOUR}"
    questions: frozenset[int] = counts.get(key, frozenset())
    question = hash(asked)
    if question in questions:
        return True
    if len(questions) >= QUESTIONS_AN_HOUR:
        return False
    counts.set(key, questions | {question}, timeout=_HOUR)
    return True


def _in_words(asked: Asked, counted: Counted) -> LiveCounts:
    shown = SHOWN if asked.has_place else len(RINGS)
    could = counted.within[shown]
    rings = _rings(counted.within) if asked.has_place else ()
    return LiveCounts(
        headline=_headline(could, asked),
        interested=_interested(counted.interested) if asked.causes or asked.activities else "",
        rings=rings,
        costs=tuple(_costs(asked, counted)),
    )


def _rings(within: tuple[int, ...]) -> tuple[str, ...]:
    """The rings beside the one of the headline."""
    nearest, farther = RINGS[0], RINGS[-1]
    return (
        _("Within a mile: %(people)s.") % {"people": in_words(within[RINGS.index(nearest)])},
        _("Within %(miles)s miles: %(people)s.")
        % {"miles": farther, "people": in_words(within[RINGS.index(farther)])},
        _("At any distance: %(people)s.") % {"people": in_words(within[-1])},
    )


def _headline(people: int, asked: Asked) -> str:
    said = in_words(people)
    said = said[:1].upper() + said[1:]
    if not asked.has_place:
        return _("%(people)s who are waiting could do this.") % {"people": said}
    return _("%(people)s within %(miles)s miles could do this.") % {
        "people": said,
        "miles": RINGS[SHOWN],
    }


def _interested(people: int) -> str:
    if not people:
        return _("None of them has ticked one of its causes or kinds of work yet.")
    return _("Of them, %(people)s ticked one of its causes or kinds of work.") % {
        "people": in_words(people)
    }


def _costs(asked: Asked, counted: Counted) -> list[str]:
    one_off = Opportunity.Commitment.ONE_OFF if asked.one_off else Opportunity.Commitment.REGULAR
    role = Opportunity(from_home=asked.from_home, commitment=one_off)
    said = [
        (people, wording.leaves_out(code, role, people))
        for code, people in counted.kept_out.items()
        if people
    ]
    if counted.without_skill:
        skills = Skill.objects.filter(code__in=counted.without_skill)
        names = {skill.code: skill.label for skill in skills}
        said += [
            (
                people,
                _("Asking for “%(skill)s” leaves out %(people)s of them, who have not named it.")
                % {"skill": names[code], "people": in_words(people)},
            )
            for code, people in counted.without_skill.items()
            if people and code in names
        ]
    # By the counts as they are shown: the order of small ones gives nothing away.
    said.sort(key=lambda cost: (-(rounded(cost[0]) or 0), cost[1]))
    return [sentence for __, sentence in said if sentence]

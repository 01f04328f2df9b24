"""What the rules, the columns and the text blocks of the ranking are called in its record."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: What each rule asks for. With one that fails, the role is not on the person's list.
RULES: dict[str, "StrOrPromise"] = {
    "age": _(
        "The person is old enough for the role, and not too old. Roles with a DBS check are for "
        "%(adult_age)s and over."
    ),
    "parent_confirmed": _("A parent or guardian has agreed, for people under %(adult_age)s."),
    "group_verified": _("The volunteer centre has verified the group."),
    "role_open": _("The role is open and has a place left."),
    "not_applied_before": _(
        "The person has not asked for this role before. Who left it may ask again, and it is not "
        "recommended to them."
    ),
    "not_blocked": _("Neither the person nor the group has blocked the other."),
    "group_answers": _("The role is not paused while its group catches up on answers."),
    "pending_cap": _(
        "Not too many people wait for an answer: at most %(pending_multiple)s for each place left, "
        "or %(pending_minimum)s if that is more."
    ),
    "way_of_helping": _("It is done from home or in person, as the person wishes."),
    "distance": _("It is no farther away than the person said they can go."),
    "time_overlap": _("It has at least one time when the person is free."),
    "commitment": _("It is a one-off or a regular role, as the person wishes."),
    "language": _("The person speaks every language that the role needs."),
    "dbs": _("The person has the DBS check that the role needs, or is willing to have one."),
    "company": _("Somebody who comes with a person at their side is welcome with them."),
}

RULE_KINDS: dict[str, "StrOrPromise"] = {
    "gate": _("must hold, or the person cannot ask for the role"),
    "fit": _("shapes the list; the person can still ask, and is warned"),
}

#: What is read of a person, by column of `VolunteerColumns`.
OF_PEOPLE: dict[str, "StrOrPromise"] = {
    "ids": _("their number in the database, to keep lists apart"),
    "age": _("their age in years, for the age limits of roles only"),
    "parent_confirmed": _("whether a parent has agreed, if they are under %(adult_age)s"),
    "latitude": _("where their postcode is (latitude), for distances only"),
    "longitude": _("where their postcode is (longitude), for distances only"),
    "travel_km": _("how far they said they can go"),
    "travel_mode": _("how they travel"),
    "helps_in_person": _("whether they would help in person"),
    "helps_from_home": _("whether they would help from home"),
    "one_off": _("whether they would do one-off roles"),
    "regular": _("whether they would do regular roles"),
    "wants_company": _("whether somebody comes with them"),
    "hours_a_week": _("how many hours a week they have"),
    "availability": _("on which mornings, afternoons and evenings they are free"),
    "languages": _("the languages that they listed"),
    "causes": _("the causes that they ticked"),
    "activities": _("the activities that they ticked"),
    "skills": _("the skills that they ticked"),
    "dbs_level": _("the level of a DBS check that they have"),
    "willing_dbs": _("whether they are willing to have a DBS check"),
    "waiting_days": _("how many days they have waited for a first place"),
    "about": _("what they wrote about their interests"),
    "experience": _("what they wrote about their experience"),
    "motives": _("what they want to get out of it"),
}

#: What is read of a role, by column of `RoleColumns`.
OF_ROLES: dict[str, "StrOrPromise"] = {
    "ids": _("its number in the database"),
    "organisation_ids": _("the number of its group"),
    "latitude": _("where it is (latitude)"),
    "longitude": _("where it is (longitude)"),
    "from_home": _("whether it is done from home"),
    "slots": _("on which mornings, afternoons and evenings it is"),
    "one_off": _("whether it is a one-off"),
    "hours_a_week": _("how many hours a week it takes"),
    "minimum_age": _("its lowest age"),
    "maximum_age": _("its highest age"),
    "dbs_level": _("the level of a DBS check that it needs"),
    "languages": _("the languages that it needs"),
    "causes": _("its causes"),
    "activities": _("its activities"),
    "skills_needed": _("skills that it needs"),
    "skills_useful": _("skills that it can use"),
    "skills_gained": _("skills that one can learn there"),
    "welcomes_company": _("whether one can bring somebody"),
    "verified": _("whether its group is verified"),
    "open": _("whether it is open"),
    "places_left": _("how many places are left"),
    "pending": _("how many people wait for an answer"),
    "title": _("its title"),
    "body": _("its description"),
    "offers": _("what people can get out of it"),
    "catching_up": _("whether it is paused until its group has answered people"),
}

#: Blocks of a text's vector.
BLOCKS: dict[str, "StrOrPromise"] = {
    "words": _("words that both texts use, rare words more (TF-IDF)"),
    "fragments": _("pieces of words, for other endings and slips (TF-IDF)"),
    "english": _("meaning, by an encoder of English sentences, of a role and of those like it"),
    "universal": _("meaning, by an encoder of several languages, of a role and of those like it"),
    "multilingual": _(
        "meaning, by an encoder of about a hundred languages, of a role and of those like it"
    ),
    "cause": _("causes that the texts are about, as learned from charities tagged by people"),
}

#: Which pairs of languages the shares of the blocks are for.
LANGUAGE_PAIRS: dict[str, "StrOrPromise"] = {
    "english": _("both texts in English"),
    "same_known": _("both in the same language, which the encoder of several languages knows"),
    "known": _("in two languages that the encoder of several languages knows"),
    "same_other": _("both in the same language, which it does not know"),
    "other": _("in two languages, one of which it does not know"),
    "unknown": _("one of them too short to tell its language"),
    "title_english": _("both in English, the role no more than a title"),
    "title_known": _(
        "the role no more than a title, in languages that the encoder of several languages knows, "
        "or too short to tell"
    ),
    "title_other": _("the role no more than a title, one of them in a language it does not know"),
}

#: Settings of the spread, by field of `AllocationSettings`.
SPREAD: dict[str, "StrOrPromise"] = {
    "policy": _("name of the policy"),
    "looked_at": _("places of a list that a person looks at, more or less"),
    "candidates": _("so many of each person’s best roles take part in the plan"),
    "pending_multiple": _(
        "applications that may wait for each place left, before it is known how many become "
        "placements"
    ),
    "most_pending_multiple": _("the most after it is known"),
    "looks": _(
        "list places offered to roles, as a multiple of all that there are, before it is known "
        "how many people apply"
    ),
    "thrift": _("after that: this share of what free places and applications ask for"),
    "least_looks": _("the least of it"),
    "most_looks": _("the most of it"),
    "floor": _("people who should see each role with a place left"),
    "sinking": _("what a role loses as it nears its most pending (in standard deviations)"),
    "first": _("what a role gains while nobody has it and nobody waits (likewise)"),
    "seen": _("what a role loses for each day that it was shown to the person (likewise)"),
    "waits_for_answers": _("days without an answer after which a role takes no more applications"),
    "waiting_weight": _("how much more a person counts who has waited for a year"),
    "invitation_gap": _("days from one invitation of a person to the next"),
    "longer_unanswered": _("by what part of it that grows with each one left unanswered"),
    "most_unanswered": _("invitations in a row that may stay unanswered before there are no more"),
    "invited_for_each": _("people invited in a week for each place left"),
    "invited_for_empty": _("at least so many where nobody has the role"),
}

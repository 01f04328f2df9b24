"""What the allocation leaves open."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AllocationSettings:
    """What the allocation leaves open. Scores count in standard deviations of a person's scores.

    looked_at: places of a list that a person looks at, more or less. candidates: so many of each
    person's best roles take part.
    pending_multiple: applications that may wait for each place left, before it is known how many
    of them become placements; most_pending_multiple: the most after it is known.
    looks: list places offered to roles, as a multiple of all that there are to give, before it is
    known how many people apply: above 1 some roles give theirs up and prices are low. thrift: after
    that it is free places by applications, times this; least_looks, most_looks: its bounds. floor:
    people who should see each
    role with a place left. sinking: what a role loses as it nears its most pending. first: what a
    role gains while nobody has it and nobody waits. seen: what a role loses for each time that it
    was shown before. waits_for_answers: days without an answer after which a role takes no more
    applications. waiting_weight: how much more a person counts who waits for a year.
    invitation_gap: days from one invitation of a person to the next; longer_unanswered: by what
    part of it the rest grows with each invitation in a row that they leave unanswered;
    most_unanswered: after so many they get no more. invited_for_each: people invited in a week for
    each place left; invited_for_empty: at least so many where nobody has the role.
    """

    looked_at: int = 5
    candidates: int = 40
    pending_multiple: float = 1.0
    most_pending_multiple: float = 1.2
    looks: float = 6.0
    thrift: float = 0.85
    least_looks: float = 1.0
    most_looks: float = 8.0
    floor: int = 5
    sinking: float = 0.2
    first: float = 0.3
    seen: float = 0.35
    waits_for_answers: float = 7
    waiting_weight: float = 0.5
    invitation_gap: float = 7
    longer_unanswered: float = 0.25
    most_unanswered: int = 10
    invited_for_each: float = 2.5
    invited_for_empty: int = 6

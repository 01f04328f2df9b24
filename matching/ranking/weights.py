"""How much each part of suitability counts. To change the ranking, change the numbers here.

These are priors, set by what volunteers and brokers say matters, not yet by outcomes. A weight
times the part's usual range is what counts: a text part is a cosine, where 0.3 is already a very
good match and nearly 0 a usual one, while a tick-box part runs over the whole of 0 to 1. So the
interests text moves a score about as far as the causes do with half its weight.
"""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Weights:
    """Weight of each part, at least 0, adding up to 1. Raises ValueError otherwise."""

    # What the person wrote about their interests, against the role's words. The first thing that
    # people judge a role by, and the part that understands most.
    interests: float = 0.27
    # Skills and experience in own words. Apart from interests: people write of work they want to
    # leave, and joining both into one text was seen to place fewer people.
    experience: float = 0.08
    # The causes that were ticked: coarse, but meant.
    causes: float = 0.12
    # What one would be doing; ticked with less thought than causes.
    activities: float = 0.05
    # A role that cannot do without a skill should find the people who have it: a rare one, which
    # is the only one that counts in full, is not to be drowned by texts that are much alike.
    skills_needed: float = 0.21
    # Useful skills make the role easier, and decide little.
    skills_useful: float = 0.04
    # To learn more of what one already does is a small pull.
    skills_gained: float = 0.02
    # A rare language is a reason to ask just this person.
    languages: float = 0.04
    # What they want to get out of it, as far as the role offers that.
    motives: float = 0.02
    # How much of the role's week the person can cover. That a slot is shared at all is a rule.
    time: float = 0.05
    # Nearer is better and lasts longer; that it is not too far is a rule.
    distance: float = 0.08
    # The kind of commitment is a rule as well; this is about the hours.
    commitment: float = 0.02

    def __post_init__(self) -> None:
        if min(self.as_dict().values()) < 0:
            raise ValueError("a weight cannot be negative")
        if abs(sum(self.as_dict().values()) - 1) > 1e-9:
            raise ValueError(f"weights must add up to 1, not {sum(self.as_dict().values())}")

    def as_dict(self) -> dict[str, float]:
        """Weight by part, in the order of the parts."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True)
class Neutral:
    """What a part counts as when the person or the role said nothing that it could judge.

    Between a usual role and a good one, so that silence neither helps nor harms: whoever ticked
    no causes comes after those whose causes match, and before those whose causes do not. For one
    person's list this orders roles as leaving the part out would (every role gets the same); it
    matters when people are compared for one role, where leaving parts out would put those who said
    nothing on top.
    """

    interests: float = 0.12
    experience: float = 0.08
    causes: float = 0.30
    activities: float = 0.25
    skills_needed: float = 0.10
    skills_useful: float = 0.10
    skills_gained: float = 0.10
    languages: float = 0.25
    motives: float = 0.35
    time: float = 0.60
    distance: float = 0.45
    commitment: float = 0.80

    def as_dict(self) -> dict[str, float]:
        """Value by part, in the order of the parts."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

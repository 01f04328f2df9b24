"""How people and groups behave in a season."""

from dataclasses import dataclass
from typing import Literal

Choice = Literal["best", "first good enough"]


@dataclass(frozen=True)
class Behaviour:
    """How people and groups behave.

    Looking. visits: share of the people still there who look in a week. list_length: roles on a
    list. attention: the share that looks at an entry, by its rank, is rank ** -attention.

    Choosing. choice: whether a person asks for the best of what they looked at, or goes down the
    list and asks for the first that is good enough. slope: of choosing by pull, against the noise
    of one look (Gumbel, scale 1). outside: what doing nothing is worth. most_a_week: applications
    of one person.

    Answering, in weeks. answers: the chance that a group answers in a week, drawn for each group
    from Beta(a, b); None: every week. never: share of groups that never answer. unsuited: share of
    applicants whom a group turns down for themselves.

    Leaving. tires: share of people who leave in a week; refused, ignored: further shares who leave
    after a refusal, or where an application was not answered until the role closed.

    Mail. opens_mail: share who look at a role that they are invited to; tired_by_mail: what that
    is multiplied by for each invitation before.
    """

    visits: float = 0.15
    list_length: int = 50
    attention: float = 0.6
    choice: Choice = "best"
    slope: float = 1.5
    outside: float = 4.4
    most_a_week: int = 2
    answers: tuple[float, float] | None = None
    never: float = 0.0
    unsuited: float = 0.08
    tires: float = 0.06
    refused: float = 0.1
    ignored: float = 0.1
    opens_mail: float = 0.5
    tired_by_mail: float = 0.85

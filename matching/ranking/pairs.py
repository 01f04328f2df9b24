"""A block of people × roles, with what rules and parts both look at computed once."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.ranking.columns import Applied, ColumnsError, RoleColumns, VolunteerColumns
from matching.ranking.geography import kilometres_of, squared_chord_of, squared_chords


@dataclass(frozen=True, eq=False)
class Pairs:
    """n people × m roles. Raises ColumnsError where their tags are not of one vocabulary."""

    volunteers: VolunteerColumns
    roles: RoleColumns

    def __post_init__(self) -> None:
        both = (
            ("languages", "languages"),
            ("causes", "causes"),
            ("activities", "activities"),
            ("skills", "skills_needed"),
            ("motives", "offers"),
        )
        for of_people, of_roles in both:
            ours = getattr(self.volunteers, of_people).shape[1]
            theirs = getattr(self.roles, of_roles).shape[1]
            # Motives may be left out on either side: a width of 0 says nothing.
            if ours != theirs and ((ours and theirs) or of_people != "motives"):
                raise ColumnsError(f"{of_people}: people count in {ours} tags, roles in {theirs}")

    @property
    def shape(self) -> tuple[int, int]:
        """(n, m)"""
        return len(self.volunteers), len(self.roles)

    @cached_property
    def kilometres(self) -> NDArray[np.float32]:
        """Distance of each pair in km, (n × m); nan where a place is not known."""
        return kilometres_of(self.squared_chords)

    def kilometres_of(
        self, rows: NDArray[np.integer], columns: NDArray[np.integer]
    ) -> NDArray[np.float32]:
        """Distance of some pairs: person `rows[i]` and role `columns[i]`."""
        return kilometres_of(self.squared_chords[rows, columns])

    @cached_property
    def squared_chords(self) -> NDArray[np.float32]:
        """Square of the straight line between each pair in km², (n × m); nan likewise."""
        return squared_chords(self.volunteers.points, self.roles.points)

    @property
    def within_reach(self) -> NDArray[np.bool_]:
        """Pairs no further apart than the person would travel, or of which a place is not known, or
        whose role is done from home, (n × m).
        """
        squared = self.squared_chords
        reach = squared_chord_of(self.volunteers.travel_km)
        # Whatever is compared with nan is false.
        return ~(squared > reach[:, None]) | self.roles.from_home[None, :]

    @cached_property
    def shared_slots(self) -> NDArray[np.uint32]:
        """Mask of the slots that both have, (n × m)."""
        return self.volunteers.availability[:, None] & self.roles.slots[None, :]

    def check_applied(self, applied: Applied) -> None:
        """Raises ColumnsError unless `applied` is about these people and roles."""
        if applied.pairs.shape != self.shape:
            raise ColumnsError(f"applied must have shape {self.shape}, not {applied.pairs.shape}")

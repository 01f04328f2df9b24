"""People and roles out of the database, in bulk, as the columns that the ranking reads.

Every function takes the same number of queries however many rows there are. Rows come in the order
of their ids.
"""

from matching.datasets.applications import applied, blocks
from matching.datasets.arrays import days_since
from matching.datasets.opportunities import Roles, open_roles, role_versions, roles
from matching.datasets.people import People, locked_versions, volunteer_versions, volunteers
from matching.datasets.taxonomy import Tags, tags
from matching.datasets.waiting import still_waiting

__all__ = [
    "People",
    "Roles",
    "Tags",
    "applied",
    "blocks",
    "days_since",
    "locked_versions",
    "open_roles",
    "role_versions",
    "roles",
    "still_waiting",
    "tags",
    "volunteer_versions",
    "volunteers",
]

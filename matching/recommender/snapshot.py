"""The model and the open roles as they are at one moment: what lists are made from."""

from dataclasses import dataclass
from datetime import datetime

from core.clock import now
from matching import datasets
from matching.datasets import Roles, Tags
from matching.ranking.eligibility import EligibilitySettings
from matching.ranking.list_order import BestSuitedFirst
from matching.recommender import rules
from matching.recommender.fitting import Fitted, current_model

POLICY = BestSuitedFirst()
#: How the policy is written down beside what it made.
POLICY_NAME = f"{POLICY.name}-{POLICY.version}"


@dataclass(frozen=True)
class Snapshot:
    """`at`: when it was taken; whoever changed something later is not in it."""

    at: datetime
    fitted: Fitted
    tags: Tags
    roles: Roles
    settings: EligibilitySettings


_roles: tuple[Tags, Roles] | None = None


def take() -> Snapshot:
    """The snapshot of this moment. Two queries where model and roles are still at hand.

    The roles of the last snapshot serve again while each of them has the version that it had then:
    services touch `updated_at` whatever they change about a role.
    """
    at = now()
    fitted = current_model()
    tags = datasets.tags()
    return Snapshot(at, fitted, tags, _current_roles(tags), rules.for_lists(tags))


def changed_roles(snapshot: Snapshot) -> frozenset[int]:
    """Ids of roles that were opened, closed or changed since the snapshot. One query."""
    then, today = snapshot.roles.versions, datasets.role_versions(datasets.open_roles())
    return frozenset(
        role_id for role_id in then.keys() | today.keys() if then.get(role_id) != today.get(role_id)
    )


def _current_roles(tags: Tags) -> Roles:
    global _roles  # noqa: PLW0603  - what a process keeps in memory
    versions = datasets.role_versions(datasets.open_roles())
    if _roles is None or _roles[0] is not tags or _roles[1].versions != versions:
        _roles = tags, datasets.roles(datasets.open_roles(), tags)
    return _roles[1]

"""What one plan hands to the next, kept as bytes beside the plan.

The arrays of a state stand for people and roles by their place in the plan; the next plan has
others, so the ids are kept along and the state is aligned to the new ones when it is read.
"""

import io
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.models import AllocationPlan
from matching.ranking.plan_state import PlanState

_PEOPLE, _ROLES = "person_ids", "role_ids"


def packed(state: PlanState, person_ids: NDArray[np.int64], role_ids: NDArray[np.int64]) -> bytes:
    """The state of a plan for these people and roles."""
    # Which pairs were possible is not kept: applications and followed invitations are counted here.
    kept = (field.name for field in fields(state) if field.name != "eligible")
    arrays: dict[str, Any] = {name: getattr(state, name) for name in kept}
    arrays |= {_PEOPLE: person_ids, _ROLES: role_ids}
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def unpacked(state: bytes, person_ids: NDArray[np.int64], role_ids: NDArray[np.int64]) -> PlanState:
    """A packed state, aligned to other people and roles."""
    with np.load(io.BytesIO(state), allow_pickle=False) as kept:
        arrays = {name: kept[name] for name in kept.files}
    people = _where(arrays.pop(_PEOPLE), person_ids)
    roles = _where(arrays.pop(_ROLES), role_ids)
    values: dict[str, Any] = {
        name: value.item() if value.ndim == 0 else value for name, value in arrays.items()
    }
    return PlanState(**values).aligned(people, roles)


def newest(person_ids: NDArray[np.int64], role_ids: NDArray[np.int64]) -> PlanState | None:
    """The state that the plan in force left, for these people and roles; None where there is none,
    or where another version of the service wrote it.
    """
    row = AllocationPlan.objects.exclude(state=b"").only("state").first()
    if row is None:
        return None
    try:
        return unpacked(bytes(row.state), person_ids, role_ids)
    except TypeError:  # its fields are others: the plan begins anew
        return None


def _where(before: NDArray[np.int64], now: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each of the ids of now stood before, -1 for new ones. Both rise."""
    if not len(before):
        return np.full(len(now), -1, np.int64)
    found = np.searchsorted(before, now).clip(max=len(before) - 1)
    return np.where(before[found] == now, found, -1)

"""A group makes room for more of those who ask for a role."""

from core.week import SLOTS_BY_CODE, mask_of
from opportunities.models import Opportunity
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory

SATURDAY = mask_of([SLOTS_BY_CODE["sat_morning"]])


def much_asked(cast):
    role = OpportunityFactory(organisation=cast.group, places=4, causes=["older-people"])
    for _ in range(9):
        ApplicationFactory(opportunity=role, volunteer=VolunteerFactory(availability=SATURDAY))
    Opportunity.objects.filter(pk=role.pk).update(applications_pending=9)
    OrganisationFactory(name="Example Kitchen").causes.set(role.causes.all())
    return role


def test_proposals_are_read_done_and_undone(full_cast):
    client, role = full_cast["member"], much_asked(full_cast)
    address = f"/api/v1/opportunities/{role.pk}/more-room/"

    proposals = {one["kind"]: one for one in client.get(address).json()["proposals"]}
    made = client.post(address, {"kind": "job_share", "extra": 2}, format="json").json()
    again = client.post(address, {"kind": "job_share", "extra": 2}, format="json")
    done = client.get(address).json()["done"]
    undone = client.post(f"{address}{made['id']}/undo/").json()

    assert proposals["shifts"]["slots"] == ["sat_morning"]
    assert proposals["shifts"]["room"] is None, "fewer than 8 people"
    assert proposals["job_share"]["room"] == 4
    assert [one["name"] for one in proposals["second_group"]["groups"]] == ["Example Kitchen"]
    assert [one["id"] for one in done] == [made["id"]]
    assert again.status_code == 409
    assert undone["undone_at"]
    role.refresh_from_db()
    assert role.places == 4


def test_shifts_become_drafts_and_another_group_is_asked(full_cast):
    client, role = full_cast["member"], much_asked(full_cast)
    address = f"/api/v1/opportunities/{role.pk}/more-room/"
    other = OrganisationFactory()

    shifts = client.post(address, {"kind": "shifts", "slots": ["sat_morning"]}, format="json")
    asked = client.post(address, {"kind": "second_group", "group": other.pk}, format="json")
    none = client.post(address, {"kind": "second_group", "group": 0}, format="json")
    empty = client.post(address, {"kind": "turns", "turns": 3}, format="json")

    assert Opportunity.objects.get(pk=shifts.json()["drafts"][0]).weekly_slots == SATURDAY
    assert asked.json()["other_group"] == other.pk
    assert none.status_code == 400
    assert [error["attr"] for error in empty.json()["errors"]] == ["words"]

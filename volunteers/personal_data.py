"""What is a person's among volunteers' profiles."""

from accounts.models import User
from accounts.personal_data import forget_subjects
from core.personal_data import holds, on_erasure
from notifications.models import SentMail
from volunteers.models import ParentRequest, Volunteer

holds("volunteers.Volunteer", path="user")
holds("volunteers.ParentRequest", path="volunteer__user")
holds("volunteers.EarlierProfile", path="volunteer__user")
holds("volunteers.EarlierUse", path="volunteer__user")


@on_erasure
def _forget(person: User) -> None:
    for request in ParentRequest.objects.filter(volunteer__user=person.pk):
        SentMail.objects.filter(message_id__startswith=f"<parent-{request.pk}-").delete()
        forget_subjects(ParentRequest, [request.pk])
    ids = Volunteer.objects.filter(user=person.pk).values_list("pk", flat=True)
    forget_subjects(Volunteer, list(ids))

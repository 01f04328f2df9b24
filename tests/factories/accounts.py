"""People who sign in."""

import factory
from factory.django import DjangoModelFactory

from accounts.models import User

#: What `UserFactory` people sign in with.
PASSWORD = "correct horse battery staple"


class UserFactory(DjangoModelFactory[User]):
    """Somebody who can sign in with `PASSWORD`. `broker=True` or `delivery_group=True` for staff."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        broker = factory.Trait(staff_role=User.StaffRole.BROKER)
        delivery_group = factory.Trait(staff_role=User.StaffRole.DELIVERY)

    email = factory.Sequence("person{}@example.org".format)
    first_name = factory.Sequence("Demo{:04}".format)
    last_name = "Person"
    password = factory.django.Password(PASSWORD)

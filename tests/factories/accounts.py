"""People who sign in."""

from factory.declarations import Sequence, Trait
from factory.django import DjangoModelFactory, Password

from accounts.models import User

#: What `UserFactory` people sign in with.
PASSWORD = "correct horse battery staple"


class UserFactory(DjangoModelFactory[User]):
    """Somebody who signs in with `PASSWORD`; `broker=True`, `delivery_group=True` for staff."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        broker = Trait(staff_role=User.StaffRole.BROKER)
        delivery_group = Trait(staff_role=User.StaffRole.DELIVERY)

    email = Sequence("person{}@example.org".format)
    first_name = Sequence("Demo{:04}".format)
    last_name = "Person"
    password = Password(PASSWORD)

"""What is not known of a person, where a role would need to know it: for the volunteer centre."""

from django.utils.translation import gettext as _

from core.dbs import DbsLevel
from opportunities.models import Opportunity
from volunteers.models import Volunteer


def not_known(volunteer: Volunteer, role: Opportunity) -> list[str]:
    """Sentences about what to ask before somebody counts on it; none where all is known."""
    needs_check = role.dbs_level != DbsLevel.NONE
    unknown = [
        (not volunteer.availability, _("Did not say when they are free.")),
        (not (volunteer.postcode or role.from_home), _("Did not say where they live.")),
        (
            needs_check and volunteer.dbs_level == DbsLevel.NONE,
            _("Has no DBS check yet, and the role needs one."),
        ),
    ]
    return [sentence for is_so, sentence in unknown if is_so]

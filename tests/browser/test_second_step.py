"""Pages of the second step that come only after the password was given again, or between the two
steps: no fault of axe, nothing wider than the window, and the picture drawn under the policy."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from playwright.sync_api import Browser

from tests.browser.looks import faults_of
from tests.browser.served import Served
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WITHOUT_APP = ("mfa_activate_totp",)
WITH_APP = ("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes")


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_the_second_step_are_for_everybody(browser: Browser, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    faults = []
    for names, has_app in ((WITHOUT_APP, False), (WITH_APP, True)):
        person = UserFactory(app=has_app)
        served = Served(page, person)
        served.client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        for name in names:
            assert served.open(reverse(name))
            assert page.url.endswith(reverse(name))
            assert "password" not in page.locator("h1").inner_text()
            faults += faults_of(page)
            if name == "mfa_activate_totp":
                box = page.locator("svg[class*=segno]").bounding_box()
                assert box
                assert 150 < box["width"] == box["height"] <= width
        served.close()
    faults += _between_the_steps(page)
    page.close()
    assert not faults, "\n".join(faults)


def _between_the_steps(page) -> list[str]:
    person = UserFactory(app=True)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    served = Served(page, None)
    served.client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert served.open(reverse("mfa_authenticate"))
    page.get_by_text("I do not have my phone").click()
    assert page.get_by_text("Each works once").is_visible()
    faults = faults_of(page)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Enter the code.").wait_for()
    faults += faults_of(page)
    served.close()
    return faults

"""The dates of a role, as a group types them."""

from datetime import datetime

import pytest

from core.clock import LONDON
from tests.factories.opportunities import SessionFactory
from tests.unit.web.test_group_roles import ANSWERS, address

pytestmark = pytest.mark.django_db


def test_more_dates_keeps_what_was_typed_and_saves_nothing(client, draft):
    typed = ANSWERS["dates"] | {"rows": "2", "day_1": "nonsense", "more": "1"}

    response = client.post(address(draft, "edit/dates/"), typed)

    assert response.status_code == 200
    assert response.text.count('name="day_') == 5
    assert 'value="2099-03-03"' in response.text
    assert 'value="nonsense"' in response.text
    assert "There is a problem" not in response.text
    assert not draft.sessions.exists()


@pytest.mark.parametrize("rows", ["", "x", "-3", "0", "99999999999999999999"])
def test_a_forged_number_of_rows_does_no_harm(client, draft, rows):
    response = client.post(address(draft, "edit/dates/"), {"rows": rows, "more": "1"})

    assert response.status_code == 200
    assert response.text.count('name="day_') <= 60


@pytest.mark.parametrize(
    ("row", "field", "sentence"),
    [
        ({"day_0": ""}, "day_0", "Enter the day."),
        ({"starts_0": ""}, "starts_0", "Enter when it starts."),
        ({"ends_0": ""}, "ends_0", "Enter when it ends."),
        ({"ends_0": "18:00"}, "ends_0", "The end has to be after the start."),
        ({"day_0": "soon"}, "day_0", "Enter a date"),
        ({"starts_0": "noonish"}, "starts_0", "Enter a time"),
    ],
)
def test_a_date_that_is_not_whole_is_said_where_it_stands(client, draft, row, field, sentence):
    response = client.post(address(draft, "edit/dates/"), ANSWERS["dates"] | row)

    assert any(sentence in error for error in response.context["form"].errors[field])
    assert not draft.sessions.exists()


@pytest.mark.parametrize(
    ("day", "clock"), [("3/3/2099", "6pm"), ("3 March 2099", "6:00pm"), ("3.3.2099", "18.00")]
)
def test_dates_are_read_as_people_write_them(client, draft, day, clock):
    answers = ANSWERS["dates"] | {"day_0": day, "starts_0": clock}

    client.post(address(draft, "edit/dates/"), answers)

    assert draft.sessions.get().starts_at == datetime(2099, 3, 3, 18, tzinfo=LONDON)


def test_emptying_a_row_takes_its_date_out(client, draft):
    SessionFactory(opportunity=draft)

    client.post(address(draft, "edit/dates/"), {"rows": "1", "day_0": "", "starts_0": ""})

    assert not draft.sessions.exists()


def test_two_dates_at_the_same_time_are_refused(client, draft):
    again = {f"{name}_1": ANSWERS["dates"][f"{name}_0"] for name in ("day", "starts", "ends")}

    response = client.post(address(draft, "edit/dates/"), ANSWERS["dates"] | again)

    assert "Two sessions start at the same time." in response.text
    assert not draft.sessions.exists()


def test_a_weekly_date_is_typed_once(client, draft):
    first = {"day_0": "2099-03-17", "starts_0": "18:00", "ends_0": "20:00"}
    again = {"rows": "1", "repeat": "1", "repeat_until": "2099-04-07"}

    client.post(address(draft, "edit/dates/"), first | again)

    # The clock goes forward in between: it stays 6pm in London.
    assert [session.starts_at for session in draft.sessions.all()] == [
        datetime(2099, 3, day, 18, tzinfo=LONDON) for day in (17, 24, 31)
    ] + [datetime(2099, 4, 7, 18, tzinfo=LONDON)]


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"day_0": "", "starts_0": "", "ends_0": ""}, "repeat", "Enter the first date above."),
        ({"repeat_until": ""}, "repeat_until", "Enter until when"),
        ({"repeat_until": "2099-03-17"}, "repeat_until", "after the last date"),
        ({"repeat_until": "2199-03-17"}, "repeat_until", "more than 60 dates"),
    ],
)
def test_a_weekly_date_needs_a_beginning_and_an_end(client, draft, changed, field, sentence):
    answers = {
        "day_0": "2099-03-17",
        "starts_0": "18:00",
        "ends_0": "20:00",
        "rows": "1",
        "repeat": "1",
        "repeat_until": "2099-04-07",
    }

    response = client.post(address(draft, "edit/dates/"), answers | changed)

    assert any(sentence in error for error in response.context["form"].errors[field])
    assert not draft.sessions.exists()

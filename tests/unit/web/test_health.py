from datetime import timedelta

import pytest
from django.db import DatabaseError, connection

from core import clock
from core.outbox import health


@pytest.mark.django_db
def test_health_is_up_while_the_database_answers(client, monkeypatch):
    problems = health.problems
    monkeypatch.setattr(health, "problems", lambda: problems(started=clock.now()))

    response = client.get("/health/")

    assert response.status_code == 200
    assert response.json() == {"status": "up", "database": "up", "work": "up"}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_late_work_is_said_and_pages_still_count_as_up(client, monkeypatch):
    problems = health.problems
    monkeypatch.setattr(
        health, "problems", lambda: problems(started=health._STARTED - timedelta(hours=1))
    )

    response = client.get("/health/")

    assert response.status_code == 200
    assert response.json()["work"] == "late"
    assert response.json()["problems"] == ["no heartbeat of background work was done yet"]


@pytest.mark.django_db
def test_health_is_down_without_the_database(client):
    def broken(execute, sql, params, many, context):
        raise DatabaseError("gone")

    with connection.execute_wrapper(broken):
        response = client.get("/health/")

    assert response.status_code == 503
    assert response.json() == {"status": "down", "database": "down"}


@pytest.mark.django_db
def test_health_asks_for_no_session(client, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get("/health/")


def test_health_only_answers_to_reading(client):
    assert client.post("/health/").status_code == 405

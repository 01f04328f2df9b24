"""Background work: the Celery application, the relay from outbox to broker, and the timetable."""

"""How tests read an answer."""

from typing import Any


def errors(answer: Any) -> dict[str | None, str]:
    """Give the code of each error by the field it is about. Fails unless it has the one shape."""
    sent = answer.json()
    assert set(sent) == {"type", "errors"}, sent
    assert all(set(error) == {"code", "detail", "attr"} for error in sent["errors"])
    assert all(error["detail"] for error in sent["errors"])
    return {error["attr"]: error["code"] for error in sent["errors"]}


def titles(answer: Any) -> list[str]:
    """Give the titles of a page of roles."""
    assert answer.status_code == 200, answer.json()
    return [role["title"] for role in answer.json()["results"]]

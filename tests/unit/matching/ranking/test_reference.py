"""What docs/reference/ranking.md says can be done can be done as it says."""

import re
from pathlib import Path

import numpy as np

from matching.ranking.allocation import AllocationSettings, plan, serve

REFERENCE = Path(__file__).parents[4] / "docs" / "reference" / "ranking.md"


def examples() -> list[str]:
    return re.findall(r"```python\n(.*?)```", REFERENCE.read_text(), re.DOTALL)


def test_the_worked_example_holds() -> None:
    example = next(text for text in examples() if text.startswith("import numpy"))
    exec(compile(example, str(REFERENCE), "exec"), {})


def test_its_figures_are_the_settings() -> None:
    said, now = REFERENCE.read_text(), AllocationSettings()
    assert f"− {now.sinking} × (pending ÷ most pending)² + {now.first} where nobody" in said
    assert f"from {now.pending_multiple:g} to\n{now.most_pending_multiple}" in said
    assert now.looked_at == 5
    assert "five list places" in said
    assert f"for {now.invitation_gap:g} days" in said
    assert now.longer_unanswered == 0.25
    assert f"after {now.most_unanswered} that came to nothing" in said
    assert f"{now.invited_for_each} people are invited" in said
    assert f"at least {now.invited_for_empty} where nobody" in said


def test_the_season_of_the_reference_runs() -> None:
    example = next(text for text in examples() if text.startswith("def season"))
    scope = {"plan": plan, "serve": serve}
    exec(compile(example, str(REFERENCE), "exec"), scope)
    draw = np.random.default_rng(4)
    people, roles = 80, 12
    eligible = np.ones((people, roles), bool)
    left, pending = np.full(roles, 3), np.zeros(roles, int)
    asked: list[tuple[int, int]] = []
    placed: set[int] = set()

    def choose(person: int, offered: list[int]) -> None:
        for role in offered:
            if role >= 0 and eligible[person, role] and draw.random() < 0.2:
                asked.append((person, int(role)))
                pending[role] += 1
                eligible[person, role] = False
                return

    def answer(week: int) -> None:
        for person, role in asked:
            if left[role] > 0 and person not in placed:
                left[role] -= 1
                placed.add(person)
                eligible[person] = False
        asked.clear()
        pending[:] = 0

    season = scope["season"]
    scores = draw.random((people, roles))
    season(
        scores, eligible, left, pending, np.zeros(people), 6, lambda week: range(people), choose,
        answer,
    )  # fmt: skip
    assert left.sum() == roles * 3 - len(placed)
    assert left.sum() <= 2

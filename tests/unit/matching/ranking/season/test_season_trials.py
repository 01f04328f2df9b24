"""Trials of all policies: what they show on a small board over some seeds, and what is reported."""

from dataclasses import replace

import numpy as np
import pytest

from matching.ranking.season.contenders import CAUSES, MORE_POLICIES, OURS, POLICIES
from matching.ranking.season.measures import COLUMNS, GROUPS_OF_COLUMNS
from matching.ranking.season.report import reported, spread
from matching.ranking.season.trials import Trial, run_trial

SEEDS = range(1, 7)


@pytest.fixture(scope="module")
def results(roles):
    wanted = ("similarity", "cap", "ours")
    return [run_trial(roles, Trial("reference", 2.0, seed, wanted)) for seed in SEEDS]


def mean(results, key, measure):
    return np.mean([result.measures[key][measure] for result in results])


def test_similarity_alone_sends_too_many_to_the_same_roles(results):
    fails, cap_fails = (
        mean(results, key, "applications_that_fail") for key in ("similarity", "cap")
    )
    assert fails > cap_fails + 0.1
    unequal, cap_unequal = (mean(results, k, "gini_of_applications") for k in ("similarity", "cap"))
    assert unequal > cap_unequal + 0.1


def test_ours_fills_at_least_as_many_places_as_the_cap_and_more_than_similarity(results):
    filled = {key: mean(results, key, "places_filled") for key in ("similarity", "cap", "ours")}
    assert filled["ours"] > filled["similarity"] + 0.05
    # 6 seeds of 200 people: the mean is good to about ± 0.02.
    assert filled["ours"] > filled["cap"] - 0.02
    assert mean(results, "ours", "welfare") > mean(results, "cap", "welfare") - 0.02


def test_the_gap_closed_is_measured_from_similarity_to_the_oracle(results):
    for result in results:
        ours, base = result.measures["ours"], result.measures["similarity"]
        room = result.oracle["welfare"] - base["welfare"]
        assert room > 0
        assert base["gap_closed_welfare"] == 0
        assert ours["gap_closed_welfare"] == pytest.approx(
            (ours["welfare"] - base["welfare"]) / room
        )


def test_the_same_trial_gives_the_same_figures(results, roles):
    again = run_trial(roles, results[0].trial)
    assert again.measures == results[0].measures
    assert (again.odds == results[0].odds).all()


def test_contenders_do_not_disturb_each_other(results, roles):
    alone = run_trial(roles, Trial("reference", 2.0, 1, ("ours",)))
    assert list(alone.measures) == ["ours"], "the baseline takes part, and is not reported"
    assert alone.measures["ours"] == results[0].measures["ours"]


@pytest.mark.parametrize("world", ["reference", "late", "second"])
def test_everybody_can_take_part(roles, world):
    keys = (*POLICIES, *MORE_POLICIES, *CAUSES)
    result = run_trial(roles, Trial(world, 1.0, 1, keys))
    assert list(dict.fromkeys(result.names.values())) == list(result.names.values())
    columns = [*COLUMNS, *(column for group in GROUPS_OF_COLUMNS.values() for column in group)]
    for key in keys:
        assert {column.key for column in columns} < set(result.measures[key])
    for key in CAUSES:
        assert result.measures[key] != result.measures[OURS] or key == "all-answer"
    known, ours = result.measures["all-but-choice"], result.measures[OURS]
    assert known["welfare"] > ours["welfare"] + 0.1


def test_a_report_has_means_and_spread_over_seeds(results):
    (report,) = reported(list(reversed(results)))
    assert (report["world"], report["supply"]) == ("reference", 2.0)
    assert report["seeds"] == list(SEEDS)
    assert [row.key for row in report["policies"]] == ["similarity", "cap", "ours"]
    filled = [result.measures["cap"]["places_filled"] for result in results]
    of_cap = report["policies"][1].measures["places_filled"]
    assert of_cap["mean"] == pytest.approx(np.mean(filled))
    assert of_cap["sd"] == pytest.approx(np.std(filled, ddof=1))
    applications = sum(len(result.odds) for result in results)
    odds = report["odds"]["all"]
    assert odds["applications"] + odds["withdrawn"] == applications


def test_a_report_names_who_is_worse_off(results):
    (report,) = reported(results)
    ours, base = (report["policies"][at].measures for at in (2, 0))
    kinds = [key for key in ours if key.startswith(("placed_age", "placed_length", "filled_size"))]
    assert len(kinds) == 4 + 3 + 3
    worse = {key for key in kinds if ours[key]["mean"] < base[key]["mean"]}
    assert set(report["worse_off"]) == worse
    turned = [
        replace(r, measures={"ours": r.measures["similarity"], "similarity": r.measures["ours"]})
        for r in results
    ]
    # With the two exchanged, the losers are those who won.
    (exchanged,) = reported(turned)
    better = {key for key in kinds if ours[key]["mean"] > base[key]["mean"]}
    assert set(exchanged["worse_off"]) == better != set()
    age = exchanged["worse_off"]["placed_age_1"]["mean"]
    assert age == pytest.approx(base["placed_age_1"]["mean"] - ours["placed_age_1"]["mean"])


def test_one_seed_has_no_spread_and_nobody_no_weeks():
    assert spread([{"a": 1.0, "b": float("nan")}]) == {
        "a": {"mean": 1.0, "sd": None},
        "b": {"mean": None, "sd": None},
    }

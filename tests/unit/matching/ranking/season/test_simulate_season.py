"""The command: what it prints, and what it refuses. It opens no database: no test asks for one."""

import io
import json

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from matching.ranking.season.roles import SeasonDataError, read_roles


def printed(*arguments):
    out = io.StringIO()
    call_command("simulate_season", *map(str, arguments), stdout=out, stderr=io.StringIO())
    return out.getvalue()


def small(roles_file, *more, processes=1):
    return printed(
        roles_file,
        "--supply",
        1,
        "--seeds",
        2,
        "--policies",
        "similarity",
        "cap",
        "ours",
        "--processes",
        processes,
        *more,
    )


def test_json_has_all_figures_of_every_policy(roles_file):
    content = json.loads(small(roles_file, "--world", "second", "--json"))
    (season,) = content["seasons"]
    assert content["suitability"] == "words"
    assert (season["world"], season["supply"], season["seeds"]) == ("second", 1, [1, 2])
    assert set(season["oracle"]) == {"places_filled", "welfare"}
    assert [row["key"] for row in season["policies"]] == ["similarity", "cap", "ours"]
    for row in season["policies"]:
        assert row["name"]
        for measure, figures in row["measures"].items():
            assert set(figures) == {"mean", "sd"}, measure
    shares = season["policies"][2]["measures"]
    assert 0 < shares["places_filled"]["mean"] <= 1
    assert set(season["odds"]) == {"all", "with_a_record"}
    assert {"brier", "error", "bins"} < set(season["odds"]["all"])


@pytest.mark.slow
def test_several_processes_give_the_same_as_one(roles_file):
    assert small(roles_file, "--json", processes=2) == small(roles_file, "--json")


def test_tables_have_a_row_for_each_policy(roles_file):
    text = small(roles_file)
    assert "## World reference, 1 people for each place, 2 seeds" in text
    assert text.count("| similarity only |") == 6, (
        "the main table, one of failures, two of people and two of groups"
    )
    assert "expected calibration error" in text
    assert "Worse off under ours than under similarity: " in text
    rows = [row for row in text.splitlines() if row.startswith(("| policy", "| pending cap"))]
    header, line = rows[:2]
    assert header.count("|") == line.count("|")
    assert " ± " in line


def test_causes_are_ours_with_one_bound_taken_away(roles_file):
    text = printed(roles_file, "--supply", 1, "--seeds", 1, "--causes", "--processes", 1)
    assert "| knows the whole taste of everybody |" in text
    assert "| everybody looks every week |" in text
    assert " ± " not in text, "one seed says nothing of the spread"


@pytest.mark.parametrize("wrong", [("--seeds", 0), ("--supply", 0), ("--processes", 0)])
def test_nonsense_is_refused(roles_file, wrong):
    with pytest.raises(CommandError, match="above 0"):
        printed(roles_file, *wrong)


def test_a_file_that_is_no_use_is_named(tmp_path):
    path = tmp_path / "other.csv"
    with pytest.raises(CommandError, match=r"other\.csv cannot be used"):
        printed(path, "--processes", 1)
    path.write_text("title,summary\nA,B\n", encoding="utf-8")
    with pytest.raises(CommandError, match="lacks category_desc"):
        printed(path, "--processes", 1)


def test_roles_are_read_with_their_places_and_groups(roles, roles_file):
    found = read_roles(roles_file)
    assert found.title == roles.title
    assert (found.places == roles.places).all()
    assert np.allclose(found.latitude, roles.latitude)
    assert found.group_sizes[0] == 1
    assert sorted(set(found.group_sizes)) == [1, 6, 14]


def test_roles_without_coordinates_are_left_out(roles_file, tmp_path):
    lines = roles_file.read_text(encoding="utf-8").splitlines()
    path = tmp_path / "roles.csv"
    path.write_text("\n".join([*lines[:3], lines[3].replace("latitude", "street")]), "utf-8")
    assert len(read_roles(path)) == 2
    path.write_text("\n".join([lines[0], lines[3].replace("latitude", "street")]), "utf-8")
    with pytest.raises(SeasonDataError, match="no role"):
        read_roles(path)

from pathlib import Path

import pytest

from matching.ranking.tagged_charities import (
    CharitiesError,
    read_charities,
    read_tree,
    with_those_above,
)

TREE = """Code,tag,Category,Subcategory,Level,Notes
AR,Arts,Arts,,1,
AR300,Performing art,Arts,Performing art,2,
AR301,Choirs,Arts,Performing art,3,
AR101,Culture,Arts,,3,
"""


@pytest.fixture
def tree(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "tags.csv").write_text(TREE, encoding="utf-8")
    return read_tree(tmp_path / "tags.csv")


def test_each_tag_stands_under_its_group_or_its_category(tree) -> None:
    assert tree == {"AR": "", "AR300": "AR", "AR301": "AR300", "AR101": "AR"}


def test_a_tag_brings_all_above_it_and_unknown_ones_are_left_out(tree) -> None:
    assert with_those_above(["AR301"], tree) == {"AR301", "AR300", "AR"}
    assert with_those_above(["AR101", "ZZ9", ""], tree) == {"AR101", "AR"}


def test_charities_are_read_with_their_three_texts(tree, tmp_path: Path) -> None:
    path = tmp_path / "charities.csv"
    path.write_text(
        "org_id,name,activities,objects,UKCAT\n1,A CHOIR,We sing,TO SING,AR301; ZZ\n2,B,,,\n",
        encoding="utf-8",
    )
    read = read_charities(path, tree)
    assert read.texts == {
        "name": ["A CHOIR", "B"],
        "activities": ["We sing", ""],
        "objects": ["TO SING", ""],
    }
    assert read.tags == [{"AR301", "AR300", "AR"}, frozenset()]


def test_a_file_that_cannot_be_read_is_named(tree, tmp_path: Path) -> None:
    with pytest.raises(CharitiesError, match=r"missing\.csv cannot be read"):
        read_tree(tmp_path / "missing.csv")
    with pytest.raises(CharitiesError, match="has no column name, activities, objects, UKCAT"):
        read_charities(tmp_path / "tags.csv", tree)

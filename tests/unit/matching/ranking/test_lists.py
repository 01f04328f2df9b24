import numpy as np
import pytest

from matching.ranking import lists, suitability
from matching.ranking.columns import Applied, ColumnsError
from matching.ranking.eligibility import EligibilitySettings, evaluate
from matching.ranking.list_order import BestSuitedFirst
from matching.ranking.lists import NEAR_TIE, match_pairs, rank_roles, rank_volunteers
from matching.ranking.packing import PackedList
from matching.ranking.selection import best_columns
from matching.ranking.suitability import SuitabilityModel
from matching.ranking.text import TextVectors, words_and_fragments


@pytest.fixture(scope="module")
def borough(make_borough):
    people, roles = make_borough(11, 70, 40)
    applied = Applied.of(people, roles, [1, 1, 2, 3], [100, 101, 102, 100])
    return people, roles, applied


@pytest.fixture(scope="module")
def model(borough, vocabulary):
    return SuitabilityModel().fit(borough[1], vocabulary)


def test_rank_roles_gives_the_best_eligible_roles(model, borough):
    people, roles, applied = borough
    ranked = rank_roles(model, *borough, k=5)
    scores = model.score(people, roles)
    eligible = evaluate(people, roles, applied).eligible

    assert any(ranked.matches)
    for row, matches in enumerate(ranked.matches):
        best = np.sort(scores[row][eligible[row]])[::-1][:5]
        assert [match.score for match in matches] == pytest.approx(best.tolist())
        assert all(eligible[row, match.index] for match in matches)


def test_rank_roles_matches_carry_exact_contributions_and_kilometres(model, borough):
    people, roles, _ = borough
    for row, matches in enumerate(rank_roles(model, *borough, k=5).matches):
        for match in matches:
            assert sum(match.contributions.values()) == pytest.approx(match.score, abs=1e-6)
            no_place = np.isnan([people.latitude[row], roles.latitude[match.index]]).any()
            assert (match.kilometres is None) == (no_place or roles.from_home[match.index])


@pytest.mark.parametrize("block_size", [1, 7, 64])
def test_lists_are_the_same_whatever_the_size_of_a_block(model, borough, block_size):
    for rank in (rank_roles, rank_volunteers):
        whole = rank(model, *borough, k=6, block_size=1000)
        blocks = rank(model, *borough, k=6, block_size=block_size)
        assert blocks.matches == whole.matches
        assert np.array_equal(blocks.eligible, whole.eligible)
        assert np.array_equal(blocks.sole_blockers, whole.sole_blockers)


def test_lists_are_the_same_whatever_the_order_of_rows(model, borough):
    people, roles, applied = borough
    there, back = np.arange(len(people))[::-1], np.arange(len(roles))[::-1]
    turned = people.take(there), roles.take(back), applied.take(there, back)

    straight, reversed_ = rank_roles(model, *borough, k=6), rank_roles(model, *turned, k=6)

    for row, position in enumerate(there):
        expected = [roles.ids[match.index] for match in straight.matches[position]]
        assert [turned[1].ids[match.index] for match in reversed_.matches[row]] == expected


def test_lists_count_what_is_possible_and_what_one_rule_costs(model, borough):
    people, roles, applied = borough
    outcomes = evaluate(people, roles, applied)

    by_person = rank_roles(model, *borough, k=3)
    assert by_person.eligible.tolist() == outcomes.eligible.sum(axis=1).tolist()
    assert np.array_equal(by_person.sole_blockers, outcomes.sole_blockers(axis=1))
    by_role = rank_volunteers(model, *borough, k=3)
    assert by_role.eligible.tolist() == outcomes.eligible.sum(axis=0).tolist()
    assert np.array_equal(by_role.sole_blockers, outcomes.sole_blockers(axis=0))


def test_lists_obey_the_settings_of_the_rules(model, borough):
    strict = EligibilitySettings(pending_multiple=0.0, pending_minimum=0)

    assert not any(rank_roles(model, *borough, k=3, settings=strict).matches)


def test_indices_are_padded_with_minus_1(model, borough):
    ranked = rank_roles(model, *borough, k=99)

    assert ranked.indices.shape == (70, 40)
    for row, matches in zip(ranked.indices, ranked.matches, strict=True):
        assert row.tolist() == [m.index for m in matches] + [-1] * (40 - len(matches))


def test_full_roles_are_hidden(make_volunteers, make_roles, vocabulary):
    roles = make_roles(places_left=[0, 1], causes=[[0], [3]])
    model = SuitabilityModel().fit(roles, vocabulary)

    ranked = rank_roles(model, make_volunteers(causes=[[0]]), roles, Applied.none(1, 2), k=5)

    assert [match.index for match in ranked.matches[0]] == [1]


def test_equals_come_in_a_stable_order_that_differs_between_people(
    make_volunteers, make_roles, vocabulary
):
    """Sixty people who said nothing: nobody's first role is everybody's."""
    roles = make_roles(n=12)
    model = SuitabilityModel().fit(roles, vocabulary)
    people = make_volunteers(n=60)
    first = rank_roles(model, people, roles, Applied.none(60, 12), k=3).indices

    again = rank_roles(model, people, roles, Applied.none(60, 12), k=3).indices
    assert np.array_equal(first, again)
    times_first = np.bincount(first[:, 0], minlength=12)
    assert (times_first > 0).all()
    assert times_first.max() < 15


def test_rank_volunteers_gives_the_best_eligible_people(model, borough):
    people, roles, applied = borough
    ranked = rank_volunteers(model, *borough, k=len(people))
    scores = model.score(people, roles)
    eligible = evaluate(people, roles, applied).eligible

    for role, matches in enumerate(ranked.matches):
        assert sorted(m.index for m in matches) == np.flatnonzero(eligible[:, role]).tolist()
        steps = [int(scores[m.index, role] / NEAR_TIE) for m in matches]
        assert steps == sorted(steps, reverse=True)
        for match in matches:
            assert match.score == pytest.approx(scores[match.index, role])


def test_rank_volunteers_puts_long_waiters_first_among_near_ties(
    make_volunteers, make_roles, vocabulary
):
    roles = make_roles(causes=[[0]])
    model = SuitabilityModel().fit(roles, vocabulary)
    people = make_volunteers(causes=[[3], [0], [0], [0]], waiting_days=[999, 5, 40, 0])

    ranked = rank_volunteers(model, people, roles, Applied.none(4, 1), k=4, block_size=2)

    assert [match.index for match in ranked.matches[0]] == [2, 1, 3, 0]


def test_match_pairs_gives_what_the_lists_give_in_the_order_asked(model, borough):
    people, roles, _ = borough
    ranked = rank_roles(model, *borough, k=3)
    asked = [(row, match) for row, matches in enumerate(ranked.matches) for match in matches][::-1]

    found = match_pairs(
        model,
        people,
        roles,
        np.array([row for row, _ in asked]),
        np.array([match.index for _, match in asked]),
    )

    assert found == [match for _, match in asked]


def test_match_pairs_scores_pairs_that_the_rules_keep_apart(
    make_volunteers, make_roles, vocabulary
):
    roles = make_roles(open=[False], causes=[[0]])
    model = SuitabilityModel().fit(roles, vocabulary)

    found = match_pairs(model, make_volunteers(causes=[[0]]), roles, np.array([0]), np.array([0]))

    assert [reason.code for reason in found[0].reasons] == ["shared_causes"]


def test_rank_rejects_applications_of_others(model, borough):
    people, roles, _ = borough
    with pytest.raises(ColumnsError, match="applied must have shape"):
        rank_roles(model, people, roles, Applied.none(1, 1), k=3)


def test_nobody_and_nothing_can_be_ranked(model, borough, make_volunteers, make_roles):
    people, roles, _ = borough
    nobody, nothing = people.take([]), roles.take([])

    assert rank_roles(model, nobody, roles, Applied.none(0, 40), k=3).matches == []
    assert rank_roles(model, people, nothing, Applied.none(70, 0), k=3).matches == [[]] * 70
    assert rank_volunteers(model, nobody, roles, Applied.none(0, 40), k=3).matches == [[]] * 40
    assert rank_volunteers(model, people, nothing, Applied.none(70, 0), k=3).matches == []


def test_order_of_lists_has_a_name_and_a_version():
    order = BestSuitedFirst()

    assert (order.name, order.version) == ("similarity", "1")


@pytest.mark.parametrize("k", [0, 1, 3, 4, 9])
def test_best_columns_agree_with_sorting(k):
    rng = np.random.default_rng(0)
    order = rng.integers(0, 3, (20, 4)).astype(np.float32)
    order[rng.random((20, 4)) < 0.3] = -np.inf

    chosen = best_columns(order, np.arange(20), np.arange(4), k)

    assert chosen.shape == (20, k)
    for row, padded in zip(order, chosen, strict=True):
        columns = padded[padded >= 0]
        expected = np.sort(row[row > -np.inf])[::-1][:k]
        assert row[columns].tolist() == expected.tolist()
        assert len(set(columns.tolist())) == len(columns)
        assert (padded[len(columns) :] == -1).all()


@pytest.fixture(scope="module")
def plain(borough, vocabulary):
    """A model of words alone, which is quick."""
    blocks = words_and_fragments()
    texts = TextVectors(blocks=blocks)
    return SuitabilityModel(interests=texts, experience=texts).fit(borough[1], vocabulary)


def test_lists_are_the_same_in_several_threads(plain, borough):
    alone = rank_roles(plain, *borough, k=6, block_size=8)
    together = rank_roles(plain, *borough, k=6, block_size=8, threads=3)

    assert together.matches == alone.matches
    assert np.array_equal(together.eligible, alone.eligible)


def test_lists_are_the_same_when_people_are_read_a_few_at_a_time(plain, borough, monkeypatch):
    whole = rank_roles(plain, *borough, k=6)
    monkeypatch.setattr(lists, "_PEOPLE_READ_AT_ONCE", 16)

    assert rank_roles(plain, *borough, k=6).matches == whole.matches


def test_scores_add_up_whatever_tile_a_role_is_in(plain, borough, vocabulary, monkeypatch):
    people, roles, _ = borough
    whole = plain.score(people, roles)
    monkeypatch.setattr(suitability, "_TILE", 7)
    texts = TextVectors(blocks=words_and_fragments())
    tiled = SuitabilityModel(interests=texts, experience=texts).fit(roles, vocabulary)

    assert np.array_equal(tiled.score(people, roles), whole)


def test_lists_packed_together_say_what_each_says_by_itself(plain, borough):
    ranked = rank_roles(plain, *borough, k=6)

    together = ranked.packed_rows()

    assert len(together) == len(ranked)
    for row, packed in enumerate(together):
        one, other = PackedList.unpack(packed), ranked.packed(row)
        assert len(one) == len(other)
        again = PackedList.unpack(other.pack())
        positions = np.arange(len(one))
        assert one.places(positions) == again.places(positions)
        assert len(set(one.details)) <= len(other.details)


def test_packed_list_says_what_the_matches_say(plain, borough):
    ranked = rank_roles(plain, *borough, k=6)

    for row, matches in enumerate(ranked.matches):
        packed = PackedList.unpack(ranked.packed(row).pack())
        assert len(packed) == len(matches)
        for position, match in enumerate(matches):
            place = packed.place(position)
            assert place["parts"] == pytest.approx(match.contributions, abs=1e-4)
            assert [(r["code"], tuple(r["detail"])) for r in place["reasons"]] == [
                (reason.code, reason.detail) for reason in match.reasons
            ]

"""Which roles suit whom: rules, a score that is a sum of named parts, ranked lists, and reasons.

Pure: columns of numbers and texts in, lists out; no Django, no database, no clock. Importing the
package loads nothing; `columns`, `eligibility`, `parts`, `policies` and `evaluation` need numpy and
scipy only (a web process may import them), the rest needs scikit-learn.

    vocabulary = Vocabulary(causes=("nature", "parks"), cause_parents=np.array([-1, 0], np.int32),
                            activities=(), skills=("gardening",), languages=("en",))
    roles = RoleColumns(ids=np.array([7, 9]), title=["Plant trees", "Read with children"], ...)
    volunteers = VolunteerColumns(ids=np.array([42]), causes=tag_matrix([[0]], 2), ...)
    applied = Applied.of(volunteers, roles, volunteer_ids=[42], role_ids=[9])

    model = SuitabilityModel().fit(roles, vocabulary)
    manifest = save(model, directory, fingerprint=data_fingerprint(roles, vocabulary), metrics={})
    model, manifest = load(directory, manifest.version)

    ranked = rank_roles(model, volunteers, roles, applied, k=50, threads=2)
    ranked.indices, ranked.scores              # rows of roles, best first, -1 padded (n × k)
    ranked.contributions                       # of each part: they add up to the scores
    match = ranked.match(0, 0)                 # in words: the first of the first person's list
    roles.ids[match.index], match.score, match.kilometres
    match.contributions                        # {"causes": 0.12, ...}
    match.reasons                              # Reason("shared_causes", 0.12, ("nature",)), ...
    ranked.packed(0).pack()                    # the list as a few kilobytes (`packing`)
    ranked.eligible[0]                         # how many roles every rule allows the first person
    ranked.sole_blockers[0]                    # how many more each of RULE_CODES alone costs
    shortlists = rank_volunteers(model, volunteers, roles, applied, k=30)   # one list for each role
    fits = match_pairs(model, volunteers, roles, rows=np.array([0]), columns=np.array([1]))

    outcomes = evaluate(volunteers.take([0]), roles.take([1]), applied.take([0], [1]))
    outcomes.failed_codes()                    # ("not_applied_before",); why_not() is the same
"""

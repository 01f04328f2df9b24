"""A season of applying, simulated: people who choose by a taste that no ranking sees.

    roles = read_roles(Path("nyc_service_volunteer_opportunities.csv"))
    world = make_world(roles, supply=2.0, seed=1)
    outcome = run_season(world, SimilarityPolicy())
    measures(world, outcome)["places filled"]

Pure: no Django, no database. Everything random follows from the seed.
"""

"""A season of applying, simulated: people who choose by a taste that no ranking sees.

    roles = read_roles(Path("nyc_service_volunteer_opportunities.csv"))
    tried = run_trial(roles, Trial("reference", supply=2.0, seed=1, contenders=("cap", "ours")))
    tried.measures["ours"]["places_filled"]

Pure: no Django, no database. Everything random follows from the seed. How it works, and what may
and may not be concluded from it, stands in docs/explanation/season.md.
"""

"""Search for roles: the same on every database, typing errors forgiven, other words understood.

`terms` says what a role is found by, `services.search_index` keeps it, `reading` reads what is
looked for, `conditions` and `finding` find it.
"""

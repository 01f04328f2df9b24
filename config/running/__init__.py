"""What starts the service on one machine: environment, assets, broker, supervised processes.

`make setup`, `make run` and `make test` call the modules in here. A public installation with its
own process manager needs none of them.
"""

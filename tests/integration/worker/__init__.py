"""Broker, relay and worker as real processes, one set of them for this folder."""

"""People's ways through the service, each on an old phone without JavaScript and by keyboard."""

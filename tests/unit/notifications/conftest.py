"""A small server that answers as mail servers do."""

import socketserver
import threading
from collections.abc import Iterator

import pytest

from tests.unit.notifications.mail_server import MailServer


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    state = MailServer()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            state.asked += 1
            if state.is_silent:
                state.over.wait()
            if state.is_away or state.is_silent:
                return
            self.say("220 here")
            address = ""
            for line in self.rfile:
                word = line[:4].upper().strip()
                if word == b"RCPT":
                    address = line.decode().partition("<")[2].partition(">")[0]
                    self.say(state.answer)
                elif word == b"DATA":
                    self.say("354 go on")
                    state.said.append("".join(line.decode() for line in self.until_the_end()))
                    state.taken.append(address)
                    self.say("250 OK")
                else:
                    self.say("221 bye" if word == b"QUIT" else "250 OK")

        def until_the_end(self) -> Iterator[bytes]:
            return iter(self.rfile.readline, b".\r\n")

        def say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as smtp:
        smtp.daemon_threads = True
        threading.Thread(target=smtp.serve_forever, kwargs={"poll_interval": 0.02}).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", smtp.server_address[1]
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield state
        state.over.set()
        smtp.shutdown()

"""The supervisor: its configuration, its start, what it says about its programs.

It starts everything and restarts what dies. Each program runs in a process group of its own and
leaves its id in a file, so that it can be found and ended even when the supervisor is gone.
"""

import getpass
import hashlib
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xmlrpc.client import Fault, ServerProxy

from supervisor.xmlrpc import SupervisorTransport

from config.running.broker import Broker
from config.running.installation import HOST, ROOT, Installation

#: A path of a socket may have 104 characters on macOS, 108 on Linux.
LONGEST_SOCKET = 100


@dataclass(frozen=True)
class Program:
    """One program to keep running.

    Attributes:
        stop_within: seconds to end in when asked to; then it is ended.
        order: smaller starts earlier and stops later.
    """

    name: str
    command: tuple[str, ...]
    stop_within: int = 10
    order: int = 20


def programs(broker: Broker, port: int) -> list[Program]:
    """What makes up the service on one machine."""
    python = sys.executable
    celery = (python, "-m", "celery", "--app", "worker.app")
    found = [
        Program(
            "web",
            (
                *(python, "-m", "gunicorn", "config.wsgi", "--bind", f"{HOST}:{port}"),
                *("--workers", "2", "--threads", "4", "--preload", "--no-control-socket"),
                *("--timeout", "60", "--graceful-timeout", "5", "--log-level", "warning"),
            ),
        ),
        Program(
            "worker",
            (
                *celery,
                *("worker", "--without-gossip", "--without-mingle", "--without-heartbeat"),
                *("--loglevel", "WARNING"),
            ),
        ),
        Program("beat", (*celery, "beat", "--loglevel", "WARNING")),
        Program("relay", (python, str(ROOT / "manage.py"), "relay")),
    ]
    if broker.command:
        found.insert(0, Program("broker", broker.command, order=10))
    return found


def socket_path(installation: Installation) -> Path:
    """Where the supervisor listens to its owner; outside the folder where that lies too deep."""
    path = installation.folder / "supervisor.sock"
    if len(str(path)) <= LONGEST_SOCKET:
        return path
    private = Path(tempfile.gettempdir()) / f"harrow-{os.getuid()}"
    private.mkdir(mode=0o700, exist_ok=True)
    return private / f"{hashlib.sha256(bytes(path)).hexdigest()[:16]}.sock"


def configuration(installation: Installation, found: list[Program]) -> str:
    """The text of supervisord's configuration."""
    logs, pids = installation.logs, installation.pids
    lines = f"""\
; Written anew at each start.
[supervisord]
nodaemon=true
silent=true
user={getpass.getuser()}
directory={ROOT}
logfile={logs}/supervisor.log
logfile_maxbytes=2MB
logfile_backups=2
pidfile={pids}/supervisor
childlogdir={logs}
minfds=256
minprocs=1

[unix_http_server]
file={socket_path(installation)}
chmod=0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
"""
    return escaped(lines) + "".join(section(installation, program) for program in found)


def section(installation: Installation, program: Program) -> str:
    """One program: restarted for ever, its log kept small."""
    pid_file = shlex.quote(str(installation.pids / program.name))
    script = f"echo $$ > {pid_file} && exec {shlex.join(program.command)}"
    return escaped(f"""
[program:{program.name}]
command=/bin/sh -c {shlex.quote(script)}
directory={ROOT}
priority={program.order}
autorestart=true
startsecs=3
startretries=1000000
stopwaitsecs={program.stop_within}
stopasgroup=true
killasgroup=true
redirect_stderr=true
stdout_logfile={installation.logs}/{program.name}.log
stdout_logfile_maxbytes=5MB
stdout_logfile_backups=3
""")


def escaped(text: str) -> str:
    """A percent sign would be read as the start of a name."""
    return text.replace("%", "%%")


def start(
    installation: Installation, found: list[Program], env: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    """Starts the supervisor in a session of its own: Ctrl-C reaches only whoever started it."""
    config = installation.folder / "supervisord.conf"
    config.write_text(configuration(installation, found))
    for stale in installation.pids.iterdir():
        stale.unlink()
    with (installation.logs / "supervisor-start.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "supervisor.supervisord", "--configuration", str(config)],
            env=dict(env),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            start_new_session=True,
        )
    # It writes the same itself, but later: until then nobody could stop it.
    (installation.pids / "supervisor").write_text(str(process.pid))
    return process


def states(installation: Installation) -> dict[str, dict[str, Any]]:
    """What the supervisor says of each program by name; nothing while it does not answer yet."""
    transport = SupervisorTransport(None, None, f"unix://{socket_path(installation)}")
    try:
        supervisor: Any = ServerProxy("http://127.0.0.1", transport=transport).supervisor
        answer = supervisor.getAllProcessInfo()
    except (OSError, Fault):
        return {}
    finally:
        transport.close()
    return {info["name"]: info for info in answer}

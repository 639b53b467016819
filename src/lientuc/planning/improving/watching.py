"""Run the child of a scenario and watch it: hear each step, tell every second, stop when asked, never wait for ever."""

from __future__ import annotations

import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import IO

from ..optimiser.child import FailedBecause, Failure, Limits, environment, why_ended
from ..optimiser.codec import Unreadable, from_json, to_json
from .computing import Job, Told

TICK_SECONDS = 1.0
_LAST_WORDS = 2_000


@dataclass(frozen=True)
class Watch:
    """What is done on the way: `heard` for each step, `tick` about every second with the seconds so far.

    `tick` answers False to have the child stopped.
    """

    heard: Callable[[Told], None]
    tick: Callable[[float], bool]


class Stopped(Exception):
    """Somebody asked for an end."""


def run_watched(job: Job, limits: Limits, watch: Watch) -> Failure | None:
    """Run a job in a child; None where it ended well, else the one reason. Raises Stopped when `tick` said so."""
    command = [sys.executable, "-m", "lientuc.planning.improving.computing"]
    command += [str(limits.memory_mb), str(limits.cpu_seconds)]
    try:
        child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
        )
    except OSError as wrong:
        return Failure(FailedBecause.CRASHED, str(wrong))
    with child:
        try:
            return _watched(child, to_json(job).encode(), limits, watch)
        finally:
            if child.poll() is None:
                child.send_signal(signal.SIGKILL)


def _watched(child: subprocess.Popen[bytes], text: bytes, limits: Limits, watch: Watch) -> Failure | None:
    lines: queue.Queue[bytes | None] = queue.Queue()
    words: list[bytes] = []
    assert child.stdin is not None
    assert child.stdout is not None
    assert child.stderr is not None
    threads = [
        threading.Thread(target=_feed, args=(child.stdin, text), daemon=True),
        threading.Thread(target=_listen, args=(child.stdout, lines), daemon=True),
        threading.Thread(target=lambda stream: words.append(stream.read()), args=(child.stderr,), daemon=True),
    ]
    for thread in threads:
        thread.start()
    began = monotonic()
    while True:
        line = _next(lines)
        if line is None:
            break
        if line:
            failure = _hear(line, watch)
            if failure is not None:
                return failure
        seconds = monotonic() - began
        if not watch.tick(seconds):
            raise Stopped
        if seconds > limits.wall_seconds:
            return Failure(FailedBecause.WALL_TIME)
    code = child.wait()
    threads[-1].join(TICK_SECONDS)
    last = b"".join(words).decode(errors="replace")[-_LAST_WORDS:]
    return None if code == 0 else Failure(why_ended(code, last), last)


def _next(lines: queue.Queue[bytes | None]) -> bytes | None:
    """The next line, nothing (b"") where a second went by, None at the end."""
    try:
        return lines.get(timeout=TICK_SECONDS)
    except queue.Empty:
        return b""


def _hear(line: bytes, watch: Watch) -> Failure | None:
    try:
        told = from_json(Told, line.decode(errors="replace"))
    except Unreadable as wrong:
        return Failure(FailedBecause.CRASHED, str(wrong))
    if told.failure is not None:
        return told.failure
    watch.heard(told)
    return None


def _feed(stream: IO[bytes], text: bytes) -> None:
    try:
        stream.write(text)
        stream.close()
    except OSError:
        return  # the child is gone; its exit code says why


def _listen(stream: IO[bytes], lines: queue.Queue[bytes | None]) -> None:
    for line in stream:
        lines.put(line)
    lines.put(None)

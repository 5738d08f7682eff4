"""Other processes that parse: one document at a time each, so that a crash names its document.

A worker is a fresh interpreter that is spoken to over its standard streams. Neither a fork (the models of
this process bring threads along) nor the pools of the standard library would do: a pool that loses a
worker loses everything under way, and it runs the caller's main module again in every worker.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import IO, cast

from nlp_rotation.errors import ParseError, RotationError
from nlp_rotation.pipeline.document import parse_here
from nlp_rotation.types import Article, RawDocument, Skipped

#: Seconds for one document; the slowest page met so far takes three.
_LONGEST = 60.0
_LENGTH = struct.Struct("!Q")
_PROGRAM = "import sys; sys.path[:] = {path!r}; from nlp_rotation.pipeline.workers import serve; serve()"


class Worker:
    """One process that parses; started when it is first needed, and again after it has died."""

    def __init__(self, *, longest: float = _LONGEST) -> None:
        self._longest = longest
        self._process: subprocess.Popen[bytes] | None = None

    def parse(self, document: RawDocument) -> Article | Skipped:
        """Parse ``document`` over there.

        :raises ParseError: where the process dies over it, or does not come to an end.
        :raises RotationError: where the machine fails.
        """
        process = self._process = self._process or _start()
        overdue = threading.Timer(self._longest, process.kill)
        deadline = time.monotonic() + self._longest
        overdue.start()
        try:
            _send(cast(IO[bytes], process.stdin), document)
            answer = _receive(cast(IO[bytes], process.stdout))
        except (OSError, EOFError) as error:
            self.stop()
            how = "took too long" if time.monotonic() >= deadline else "crashed"
            raise ParseError(f"the parser {how}", where=document.source_path) from error
        finally:
            overdue.cancel()
        if isinstance(answer, RotationError):
            raise answer
        return cast("Article | Skipped", answer)

    def stop(self) -> None:
        """End the process; whatever it was at is lost."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    cast(IO[bytes], stream).close()


def serve() -> None:
    """Parse what comes in on standard input until it ends: the main loop of a worker."""
    # An interrupt is the caller's to handle; this process ends when its input does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    # Whatever prints must not be taken for an answer.
    os.dup2(2, 1)
    # A caller that was killed takes no more answers.
    with contextlib.suppress(BrokenPipeError):
        for document in _received(sys.stdin.buffer):
            _send(answers, _answer(document))


def _answer(document: RawDocument) -> Article | Skipped | RotationError:
    try:
        return parse_here(document)
    except RotationError as error:
        return error


def _start() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", _PROGRAM.format(path=sys.path)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def _received(stream: IO[bytes]) -> Iterator[RawDocument]:
    with contextlib.suppress(EOFError):
        while True:
            yield cast(RawDocument, _receive(stream))


def _send(stream: IO[bytes], thing: object) -> None:
    data = pickle.dumps(thing, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def _receive(stream: IO[bytes]) -> object:
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    return pickle.loads(_exactly(stream, length))


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data

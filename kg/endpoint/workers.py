"""Queries run in processes that may be killed, because the engine cannot be stopped.

    pool = Pool(store, size=2, deadline=30.0, waiting=32, memory=2**31)
    reply = await pool.run(work, argument)      # work(store, argument), in a worker

A *template* process is forked once, with the store in memory, and forks the
workers: so no worker is ever forked from a process with threads and event loops,
and a new one is ready in milliseconds. A query that overruns its deadline, ends its
process or loses its client costs one worker, and no other query.

A worker can open no file and no socket, so that nothing can be fetched even
if a SERVICE clause came past `kg.guard`. Next: `kg.endpoint.app`.
"""

import asyncio
import gc
import os
import pickle
import resource
import signal
import socket
import struct
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

from kg.errors import KgError
from kg.store import Store

T = TypeVar("T")
A = TypeVar("A")

_LENGTH = struct.Struct("!Q")
_FORK, _KILL = b"f", b"k"
_PATIENCE = 20.0  # seconds to wait for the template process before it is given up


class Overtime(KgError):
    """The work was not done in time, and was stopped."""


class Crashed(KgError):
    """The worker ended while it worked: out of memory, or the engine failed."""


class Busy(KgError):
    """Every worker is busy and too many wait, or one waited too long."""


@dataclass(frozen=True)
class _Process:
    pid: int
    socket: socket.socket


class Pool:
    """At most `size` workers; they are forked when they are needed, and again after a loss."""

    def __init__(self, store: Store, *, size: int, deadline: float, waiting: int, memory: int) -> None:
        self._store, self._memory = store, memory
        self._deadline, self._waiting = deadline, waiting
        self._free = size
        self._idle: list[_Process] = []
        self._queue: deque[asyncio.Future[None]] = deque()
        self._closed = False
        self._template_lock = threading.Lock()
        self._template = _start_template(store, memory)

    async def run(self, work: Callable[[Store, A], T], argument: A) -> T:
        """`work(store, argument)` as a worker does it; `work` is a function of a module, and raises nothing.

        Raises Overtime, Crashed, Busy. When the caller is cancelled, the work stops.
        """
        await self._take_turn()
        try:
            worker = await self._get_worker()
            try:
                async with asyncio.timeout(self._deadline):
                    reply = await _call(worker, pickle.dumps((work, argument)))
            except BaseException as error:
                self._end(worker)
                raise self._explain(error) from None
            self._idle.append(worker)
        finally:
            self._give_turn()
        answer: T = pickle.loads(reply)
        return answer

    def close(self) -> None:
        """End all processes of the pool. It must not be used afterwards; closing it twice is no error."""
        if self._closed:
            return
        self._closed = True
        for worker in self._idle:
            worker.socket.close()
        self._idle.clear()
        _end_template(self._template)

    def _explain(self, error: BaseException) -> BaseException:
        if isinstance(error, TimeoutError):
            return Overtime(f"The query took more than {self._deadline:g} seconds and was stopped. Ask for less.")
        if isinstance(error, OSError | EOFError):
            return Crashed(
                "The query ended its process (too much memory, or too deep) and has no answer. "
                "Ask for less, or more simply. Other queries are not affected."
            )
        return error

    async def _take_turn(self) -> None:
        if self._free:
            self._free -= 1
            return
        if len(self._queue) >= self._waiting:
            raise Busy("Too many queries are waiting. Try again in a few seconds.")
        turn = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        try:
            async with asyncio.timeout(self._deadline):
                await turn
        except BaseException as error:
            if turn.done() and not turn.cancelled():
                self._give_turn()  # it came in the same moment
            elif turn in self._queue:
                self._queue.remove(turn)
            if isinstance(error, TimeoutError):
                raise Busy("Every worker was busy for too long. Try again in a few seconds.") from None
            raise

    def _give_turn(self) -> None:
        while self._queue:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1

    async def _get_worker(self) -> _Process:
        if self._idle:
            return self._idle.pop()
        # In a thread: forking a large process takes a while, and other clients wait.
        fork = asyncio.get_running_loop().run_in_executor(None, self._fork)
        try:
            return await asyncio.shield(fork)
        except asyncio.CancelledError:
            fork.add_done_callback(lambda done: None if done.exception() else self._idle.append(done.result()))
            raise
        except OSError as error:
            raise Crashed(f"No worker could be started ({error}). Try again in a few seconds.") from None

    def _fork(self) -> _Process:
        with self._template_lock:
            try:
                return _ask_for_worker(self._template.socket)
            except (OSError, EOFError):  # the template itself was killed, for its memory perhaps
                _end_template(self._template)
                self._idle.clear()
                self._template = _start_template(self._store, self._memory)
                return _ask_for_worker(self._template.socket)

    def _end(self, worker: _Process) -> None:
        worker.socket.close()
        with suppress(OSError):  # no template, no workers
            self._template.socket.sendall(_KILL + _LENGTH.pack(worker.pid))


async def _call(worker: _Process, request: bytes) -> bytes:
    loop = asyncio.get_running_loop()
    await loop.sock_sendall(worker.socket, _LENGTH.pack(len(request)) + request)

    async def receive(count: int) -> bytearray:
        buffer = bytearray(count)
        view, filled = memoryview(buffer), 0
        while filled < count:
            got = await loop.sock_recv_into(worker.socket, view[filled:])
            if got == 0:
                raise EOFError
            filled += got
        return buffer

    return bytes(await receive(_LENGTH.unpack(await receive(_LENGTH.size))[0]))


def _ask_for_worker(template: socket.socket) -> _Process:
    ours, theirs = socket.socketpair()
    try:
        with theirs:
            template.settimeout(_PATIENCE)
            socket.send_fds(template, [_FORK + _LENGTH.pack(0)], [theirs.fileno()])
            pid = _LENGTH.unpack(_receive(template, _LENGTH.size))[0]
    except BaseException:
        ours.close()
        raise
    ours.setblocking(False)
    return _Process(pid, ours)


def _receive(connection: socket.socket, count: int) -> bytes:
    data = bytearray()
    while len(data) < count:
        piece = connection.recv(min(count - len(data), 2**20))
        if not piece:
            raise EOFError
        data += piece
    return bytes(data)


# --- the template process


def _start_template(store: Store, memory: int) -> _Process:
    if not hasattr(os, "fork"):
        raise KgError("The endpoint needs processes that fork: run it on Linux or macOS.")
    ours, theirs = socket.socketpair()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        _live(_run_template, store, theirs, memory)
    theirs.close()
    return _Process(pid, ours)


def _end_template(template: _Process) -> None:
    template.socket.close()
    with suppress(ProcessLookupError, PermissionError):  # it leads its group: the workers end with it
        os.killpg(template.pid, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(template.pid, 0)


def _live(life: Callable[..., None], store: Store, connection: socket.socket, memory: int) -> NoReturn:
    """A child's whole life: it must never return into the program that it was forked from."""
    status = 1
    try:
        # Ctrl-C goes to every process of the terminal; these end with their parent.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _close_other_files(connection.fileno())
        life(store, connection, memory)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _close_other_files(kept: int) -> None:
    """Listening sockets and the ends of other connections would be held open by this process."""
    last = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    os.closerange(3, kept)
    os.closerange(kept + 1, min(last, 65_536))


def _run_template(store: Store, control: socket.socket, memory: int) -> None:
    """Fork and kill workers as the pool asks; end with it."""
    os.setpgid(0, 0)
    gc.freeze()  # a collection would copy the pages that are shared with the workers
    children: set[int] = set()
    try:
        while True:
            message, files, _, _ = socket.recv_fds(control, 1 + _LENGTH.size, 1)
            if not message:
                return
            command, pid = message[:1], _LENGTH.unpack(message[1:])[0]
            if command == _KILL and pid in children:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                children.remove(pid)
            elif command == _FORK:
                connection = socket.socket(fileno=files[0])
                pid = os.fork()
                if pid == 0:
                    _live(_run_worker, store, connection, memory)
                connection.close()
                children.add(pid)
                control.sendall(_LENGTH.pack(pid))
    finally:
        for pid in children:
            os.kill(pid, signal.SIGKILL)


# --- a worker


def _run_worker(store: Store, connection: socket.socket, memory: int) -> None:
    _limit_memory(memory)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))  # no file, no socket: see the module's docstring
    while True:
        try:
            size = _LENGTH.unpack(_receive(connection, _LENGTH.size))[0]
        except EOFError:
            return
        work, argument = pickle.loads(_receive(connection, size))
        reply: Any = pickle.dumps(work(store, argument))
        connection.sendall(_LENGTH.pack(len(reply)))
        connection.sendall(reply)


def _limit_memory(memory: int) -> None:
    """`memory` bytes beyond what the process has now; only Linux tells how much that is."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            pages = int(file.read().split()[0])
    except OSError:
        return
    limit = pages * resource.getpagesize() + memory
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

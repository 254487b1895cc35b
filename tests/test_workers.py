"""Work is done in processes that may be killed: it ends in time, and its end harms no other work."""

import asyncio
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.endpoint.workers import Busy, Crashed, Overtime, Pool
from kg.store import Store, evaluate


def ask(store: Store, query: str) -> object:
    return evaluate(store, query, union=True)


def who(store: Store, argument: object) -> int:
    return os.getpid()


def sleep(store: Store, seconds: float) -> str:
    time.sleep(seconds)
    return "slept"


def spin(store: Store, path: str) -> None:
    """Says that it is at work, for as long as it is."""
    while True:
        time.sleep(0.01)
        os.utime(path)


def end(store: Store, number: int) -> None:
    os.kill(os.getpid(), number)


def fail(store: Store, argument: object) -> None:
    raise ValueError("a bug")


def swallow(store: Store, count: int) -> int:
    return len(bytearray(count))


def fetch(store: Store, port: int) -> str:
    """What a SERVICE clause would do, had it come past the guard."""
    try:
        list(store.query(f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"))  # type: ignore[arg-type]
        return "fetched"
    except OSError:
        return "refused"


def open_file(store: Store, path: str) -> str:
    try:
        with open(path):
            return "opened"
    except OSError:
        return "refused"


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = Pool(Store(), size=2, deadline=5.0, waiting=2, memory=2**30)
    yield pool
    pool.close()


def run(pool: Pool, work, argument: object = None) -> object:  # type: ignore[no-untyped-def]
    return asyncio.run(pool.run(work, argument))


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")  # one that is dead and not yet buried is not alive
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def until(condition, seconds: float = 5.0) -> bool:  # type: ignore[no-untyped-def]
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def test_work_is_done_elsewhere_and_a_worker_serves_again(pool: Pool) -> None:
    first = run(pool, who)
    assert first != os.getpid()
    assert run(pool, who) == first
    assert run(pool, ask, "ASK {}") is True


@pytest.mark.parametrize("query", [
    "SELECT (COUNT(*) AS ?n) { VALUES ?v { #V } VALUES ?w { #V } VALUES ?x { #V } VALUES ?y { #V } VALUES ?z { #V } }",
    "SELECT * { VALUES ?v { #V } VALUES ?w { #V } VALUES ?x { #V } VALUES ?y { #V } } ORDER BY ?v ?w LIMIT 1",
    "ASK { FILTER NOT EXISTS { VALUES ?v { #V } VALUES ?w { #V } VALUES ?x { #V } FILTER(?v + ?w + ?x < 0) } }",
])  # fmt: skip
def test_the_deadline_holds_for_work_between_rows_too(query: str) -> None:
    pool = Pool(Store(), size=1, deadline=0.5, waiting=2, memory=2**30)
    try:
        begin = time.monotonic()
        with pytest.raises(Overtime, match=r"more than 0\.5 seconds"):
            run(pool, ask, query.replace("#V", " ".join(map(str, range(300)))))
        assert time.monotonic() - begin < 2
        assert run(pool, ask, "ASK {}") is True
    finally:
        pool.close()


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGKILL, signal.SIGABRT])
def test_a_crash_costs_its_own_work(pool: Pool, number: int) -> None:
    async def both() -> list[object]:
        return await asyncio.gather(pool.run(sleep, 0.3), pool.run(end, int(number)), return_exceptions=True)

    slept, crashed = asyncio.run(both())
    assert slept == "slept"
    assert isinstance(crashed, Crashed)
    assert run(pool, ask, "ASK {}") is True


def test_a_bug_costs_its_own_work_too(pool: Pool) -> None:
    with pytest.raises(Crashed):
        run(pool, fail)
    assert run(pool, ask, "ASK {}") is True


def test_memory_is_bounded(pool: Pool) -> None:
    assert run(pool, swallow, 2**20) == 2**20
    with pytest.raises(Crashed):
        run(pool, swallow, 2**32)
    values = " ".join(f'"{"x" * 50}{n}"' for n in range(2500))
    pairs = f"SELECT (CONCAT(?a, ?b) AS ?c) {{ VALUES ?a {{ {values} }} VALUES ?b {{ {values} }} }} ORDER BY ?c"
    with pytest.raises(Crashed):  # the engine's own memory too: 6.25 million rows, sorted
        run(pool, ask, pairs)


def test_a_worker_reaches_no_file_and_no_host(pool: Pool, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert run(pool, open_file, str(tmp_path / "file")) == "refused"
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        assert run(pool, fetch, server.getsockname()[1]) == "refused"
        with pytest.raises(TimeoutError):
            server.accept()


def test_work_stops_when_its_caller_leaves(pool: Pool, tmp_path: Path) -> None:
    sign = tmp_path / "at-work"
    sign.write_text("")

    async def leave() -> None:
        task = asyncio.create_task(pool.run(spin, str(sign)))
        await asyncio.sleep(0.3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(leave())
    time.sleep(0.2)
    last = sign.stat().st_mtime_ns
    time.sleep(0.2)
    assert sign.stat().st_mtime_ns == last
    assert run(pool, ask, "ASK {}") is True


def test_too_many_callers_are_turned_away_and_the_others_served(pool: Pool) -> None:
    async def five() -> list[object]:
        return await asyncio.gather(*(pool.run(sleep, 0.2) for _ in range(5)), return_exceptions=True)

    answers = asyncio.run(five())
    assert answers.count("slept") == 4  # two at work, two waiting
    assert sum(isinstance(answer, Busy) for answer in answers) == 1
    assert run(pool, ask, "ASK {}") is True


def test_a_waiting_caller_that_leaves_keeps_no_place(pool: Pool) -> None:
    async def leave() -> None:
        busy = [asyncio.create_task(pool.run(sleep, 0.3)) for _ in range(2)]
        await asyncio.sleep(0.05)
        waiting = [asyncio.create_task(pool.run(sleep, 0.0)) for _ in range(2)]
        await asyncio.sleep(0.05)
        for task in waiting:
            task.cancel()
        assert await asyncio.gather(*busy, pool.run(sleep, 0.0)) == ["slept"] * 3
        assert await asyncio.gather(pool.run(sleep, 0.1), pool.run(sleep, 0.1)) == ["slept"] * 2

    asyncio.run(leave())


def test_the_template_is_replaced_when_it_is_killed(pool: Pool) -> None:
    """Its workers go with it, and with them what they do at that moment; what comes then is served."""
    run(pool, who)
    os.kill(pool._template.pid, signal.SIGKILL)

    async def both() -> list[object]:  # more than the worker that is left can do
        return await asyncio.gather(pool.run(sleep, 0.1), pool.run(sleep, 0.1), return_exceptions=True)

    assert "slept" in asyncio.run(both())
    assert asyncio.run(both()) == ["slept"] * 2


def test_no_process_is_left(pool: Pool) -> None:
    worker = run(pool, who)
    assert isinstance(worker, int)
    template = pool._template.pid
    pool.close()
    assert until(lambda: not alive(worker))
    assert not alive(template)

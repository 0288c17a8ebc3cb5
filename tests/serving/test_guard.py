"""What the guard ends, and when: by a clock of its own."""

from dataclasses import dataclass, field

import msgspec
import pytest

from handsel.http.forwarded import networks_of
from handsel.site.server.guard import Ending, Guard, Part
from handsel.site.server.heads import Head
from handsel.site.server.limits import ConnectionLimits


@dataclass(eq=False)
class Caller:
    address: str = "192.0.2.1"
    received: int = 0
    buffered: int = 0
    pending: int = 0
    left: int = 0
    ended: list[Ending] = field(default_factory=list)

    def unsent(self) -> int:
        return self.left

    def end(self, why: Ending) -> None:
        self.ended.append(why)


class World:
    def __init__(self, *, most: int = 1000, memory: int = 1000, exempt: str = "", **limits: float) -> None:
        self.now = 0.0
        exempted = networks_of([exempt] if exempt else [])
        given = msgspec.convert(limits, ConnectionLimits)
        self.guard = Guard(given, exempt=exempted, most=most, memory=memory, clock=lambda: self.now)

    def open(self, address: str = "192.0.2.1") -> Caller:
        caller = Caller(address)
        self.guard.opened(caller)
        return caller

    def body(self, address: str = "192.0.2.1") -> Caller:
        caller = self.open(address)
        self.guard.watch(caller, Part.BODY)
        return caller

    def at(self, now: float) -> None:
        self.now = now
        self.guard.sweep()


def test_a_head_has_a_total_time() -> None:
    world = World(head=10)
    caller = world.open()
    world.now = 5
    caller.received = 10_000
    world.guard.watch(caller, Part.HEAD)  # more of it came: the time goes on
    world.at(10)
    assert caller.ended == []
    world.at(10.1)
    assert caller.ended == [Ending.SLOW]


def test_a_body_has_a_rate_and_a_total_time() -> None:
    world = World(body=100, rate=1000, grace=10)
    slow, good = world.body(), world.body()
    slow.received, good.received = 9_000, 12_000
    world.at(10)
    assert (slow.ended, good.ended) == ([], [])
    world.at(11)
    assert (slow.ended, good.ended) == ([Ending.SLOW], [])
    good.received = 10**6
    world.at(101)
    assert good.ended == [Ending.SLOW]


def test_an_answer_must_be_taken() -> None:
    world = World(rate=1000, grace=10)
    callers = [world.open() for _ in range(2)]
    for caller in callers:
        caller.left = 100_000
        caller.pending = 1
        world.guard.watch(caller, Part.ANSWER)
    callers[1].left = 80_000
    world.at(11)
    assert [caller.ended for caller in callers] == [[Ending.SLOW], []]


def test_a_next_request_waits_for_the_answer_to_the_one_before() -> None:
    world = World(head=10)
    caller = world.open()
    caller.pending = 1
    world.at(100)
    assert caller.ended == []


def test_the_oldest_of_an_address_go() -> None:
    world = World(unfinished=2, exempt="10.0.0.0/8")
    many = [world.open() for _ in range(5)]
    others = [world.open("192.0.2.2") for _ in range(2)]
    proxied = [world.open("10.0.0.1") for _ in range(5)]
    neighbours = [world.open(f"2001:db8::{number}") for number in range(1, 4)]  # one network, one owner
    world.at(0.5)
    assert not any(caller.ended for caller in many)
    world.at(1)
    assert [bool(caller.ended) for caller in many] == [True, True, True, False, False]
    assert not any(caller.ended for caller in [*others, *proxied])
    assert [bool(caller.ended) for caller in neighbours] == [True, False, False]
    assert many[0].ended == [Ending.MANY]


def test_a_full_server_gives_up_what_is_unfinished_then_what_is_idle() -> None:
    world = World(most=3)
    callers = [world.open() for _ in range(3)]
    world.guard.finished(callers[0])  # used last
    callers[0].pending = 1
    world.open()
    assert [bool(caller.ended) for caller in callers] == [False, True, False]
    world = World(most=2)
    running, idle = world.open(), world.open()
    running.pending = 1
    for caller in (idle, running):
        world.guard.finished(caller)
    newcomer = world.open()
    assert (idle.ended, running.ended, newcomer.ended) == ([Ending.FULL], [], [])
    idle.pending = 1
    world.guard.finished(newcomer)
    newcomer.pending = 1
    last = world.open()
    assert (running.ended, newcomer.ended, last.ended) == ([], [], [Ending.FULL])


def test_memory_is_taken_from_whoever_holds_most() -> None:
    world = World(memory=1000)
    greedy = [world.body() for _ in range(2)]
    modest = world.body("192.0.2.2")
    for caller, size in ((greedy[0], 400), (greedy[1], 300), (modest, 200)):
        world.guard.buffer(caller, size)
    assert not any(caller.ended for caller in [*greedy, modest])
    world.guard.buffer(modest, 200)
    assert (greedy[0].ended, greedy[1].ended, modest.ended) == ([Ending.MEMORY], [], [])
    world.guard.closed(greedy[0])
    assert greedy[0].buffered == 0
    world.guard.buffer(modest, 200)
    assert greedy[1].ended == []


def test_stopping() -> None:
    world = World()
    head, body, running, reader = world.open(), world.body(), world.open(), world.open()
    running.pending = 1
    world.guard.finished(running)
    reader.left, reader.pending = 10**6, 1
    world.guard.watch(reader, Part.ANSWER)
    world.now = 10
    newcomer = world.open()
    world.guard.stop()
    assert world.guard.is_new(newcomer)
    assert newcomer.ended == []
    assert (head.ended, body.ended) == ([Ending.STOPPING], [Ending.STOPPING])
    assert (running.ended, reader.ended) == ([], [])
    world.at(10.9)
    assert body.ended == [Ending.STOPPING]
    world.at(11.1)
    assert (reader.ended, newcomer.ended) == ([], [Ending.SLOW])
    assert body.ended == [Ending.STOPPING, Ending.SLOW]  # it is still open: TLS waits for the caller's farewell
    world.at(15.1)
    assert (running.ended, reader.ended) == ([], [Ending.SLOW])


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_a_head_is_mended_in_any_pieces(size: int) -> None:
    text = "POST /ä HTTP/1.1\r\nHost: ä\r\nUpgrade: h2c\r\nX-Upgrade: b\r\nUPGRADE: c\r\nU: d\r\n\r\n".encode()
    head = Head()
    found = b"".join(head.mended(text[start : start + size]) for start in range(0, len(text), size))
    expected = "POST /%C3%A4 HTTP/1.1\r\nHost: ä\r\nx-offer: h2c\r\nX-Upgrade: b\r\nx-offer: c\r\nU: d\r\n\r\n"
    assert found == expected.encode()
    with_body = b"GET /a HTTP/1.1\r\n\r\nx\r\nupgrade: y\xff\r\nup"
    assert Head().mended(with_body) == with_body

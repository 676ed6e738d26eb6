"""The folder of files as a message queue: nothing lost, nothing twice, nothing fatal."""

import multiprocessing
import os
import threading
from queue import Empty

import pytest
from kombu import Connection
from kombu.exceptions import ChannelError

from wego import queue

pytestmark = pytest.mark.once


def connect(folder):
    return Connection(
        "files://localhost",
        transport="wego.queue:Transport",
        transport_options={"folder": str(folder), "polling_interval": 0.01},
    )


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "queue"


@pytest.fixture
def channel(folder):
    with connect(folder) as connection:
        yield connection.channel()


def message(number):
    return {"body": number, "properties": {"delivery_info": {}}}


def take_all(channel, name="celery"):
    taken = []
    while True:
        try:
            taken.append(channel._get(name)["body"])
        except Empty:
            return taken


def send_numbers(folder, start, count):
    with connect(folder) as connection:
        channel = connection.channel()
        for number in range(start, start + count):
            channel._put("celery", message(number))


def receive_numbers(folder, done, results):
    with connect(folder) as connection:
        channel = connection.channel()
        while True:
            finished = done.is_set()
            results.extend(take_all(channel))
            if finished:
                return


def test_messages_come_in_the_order_they_were_sent(channel):
    for number in range(5):
        channel._put("celery", message(number))

    assert take_all(channel) == [0, 1, 2, 3, 4]


def test_a_taken_message_leaves_no_file(channel, folder):
    channel._put("celery", message(1))

    assert take_all(channel) == [1]

    assert list((folder / "celery").iterdir()) == []


def test_queues_are_apart(channel):
    channel._put("celery", message("ours"))
    channel._put("other", message("theirs"))

    assert take_all(channel, "celery") == ["ours"]
    assert take_all(channel, "other") == ["theirs"]


@pytest.mark.parametrize("name", ["../outside", ".corrupt", "a/b", ".."])
def test_a_queue_name_cannot_leave_the_folder(channel, folder, name):
    with pytest.raises(ChannelError, match="cannot be the name of a queue"):
        channel._put(name, message(1))

    assert not folder.exists()


def test_size_and_purge_count_whole_messages_only(channel, folder):
    for number in range(3):
        channel._put("celery", message(number))
    (folder / "celery" / ".half-written.message").write_text("{")

    assert channel._size("celery") == 3
    assert channel._purge("celery") == 3
    assert channel._size("celery") == 0


@pytest.mark.parametrize("content", [b"", b"{", b'{"body": "x', b"[1, 2]", b"\xff\xfe", b"null"])
def test_what_is_no_message_is_set_aside_and_the_next_one_comes(channel, folder, content, caplog):
    channel._put("celery", message("before"))
    (folder / "celery" / "9-broken.message").write_bytes(content)
    (folder / "celery" / "9-later.message").write_bytes(queue.dumps(message("after")).encode())

    assert take_all(channel) == ["before", "after"]

    assert (folder / ".corrupt" / "9-broken.message").read_bytes() == content
    assert "Message 9-broken.message set aside" in caplog.text


def test_a_truncated_message_does_not_stop_a_consumer(folder):
    received = []
    with connect(folder) as connection:
        simple = connection.SimpleQueue("celery")
        simple.put("first")
        victim = next((folder / "celery").iterdir())
        victim.write_bytes(victim.read_bytes()[:40])
        simple.put("second")
        taken = simple.get(timeout=2)
        received.append(taken.payload)
        taken.ack()
        with pytest.raises(simple.Empty):
            simple.get(timeout=0.05)
        simple.close()

    assert received == ["second"]


def test_a_failed_write_leaves_nothing_and_says_so(channel, folder, monkeypatch):
    def fail(_descriptor):
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(ChannelError, match="could not be written: No space left on device"):
        channel._put("celery", message(1))

    assert list((folder / "celery").iterdir()) == []


def test_a_message_not_yet_done_comes_back_when_the_consumer_closes(folder):
    with connect(folder) as connection:
        channel = connection.channel()
        channel.queue_declare("celery")
        channel.basic_publish(channel.prepare_message("work"), "", "celery")
        taken = channel.basic_get("celery")
        assert channel._size("celery") == 0

        channel.close()

    with connect(folder) as connection:
        again = connection.channel().basic_get("celery")
    assert again.body == taken.body
    assert again.headers == taken.headers


def test_a_message_that_is_done_does_not_come_back(folder):
    with connect(folder) as connection:
        channel = connection.channel()
        channel.basic_publish(channel.prepare_message("work"), "", "celery")
        channel.basic_get("celery").ack()
        channel.close()

    with connect(folder) as connection:
        assert connection.channel().basic_get("celery") is None


@pytest.mark.slow
def test_thousands_of_messages_between_many_processes_arrive_once_each(folder):
    spawn = multiprocessing.get_context("spawn")
    senders = [spawn.Process(target=send_numbers, args=(folder, n * 1000, 1000)) for n in range(3)]
    done = threading.Event()
    received = [[], []]
    readers = [
        threading.Thread(target=receive_numbers, args=(folder, done, results))
        for results in received
    ]
    for worker in [*senders, *readers]:
        worker.start()
    for sender in senders:
        sender.join()
    done.set()
    for reader in readers:
        reader.join()

    assert [sender.exitcode for sender in senders] == [0, 0, 0]
    assert sorted(received[0] + received[1]) == list(range(3000))
    assert not (folder / ".corrupt").exists()
    assert list((folder / "celery").iterdir()) == []

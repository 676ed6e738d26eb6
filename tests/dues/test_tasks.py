"""Tasks only pass the question on."""

import pytest

from dues import documents, papers, tasks


@pytest.fixture
def eager():
    """Tasks run where they are sent."""
    from wego.celery import app

    app.conf.update(task_always_eager=True, task_eager_propagates=True)
    yield
    app.conf.update(task_always_eager=False, task_eager_propagates=False)


def test_rendering_is_shared_by_two_parts(eager, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(documents, "render_pending", lambda **options: asked.append(options))

    tasks.render_pending_documents.delay()

    assert asked == [{"part": 0, "parts": 2}, {"part": 1, "parts": 2}]


def test_papers_are_swept(eager, monkeypatch) -> None:
    swept = []
    monkeypatch.setattr(papers, "render_papers", lambda: swept.append("papers"))

    tasks.render_papers.delay()

    assert swept == ["papers"]


@pytest.mark.parametrize("task", [tasks.render_pending_documents, tasks.render_papers])
def test_the_clock_knows_the_task_by_its_name(task) -> None:
    from wego import worker

    assert task.name in {entry["task"] for entry in worker.beat_schedule.values()}


def test_a_task_sent_inside_a_transaction_waits_for_its_end(
    eager, monkeypatch, db, django_capture_on_commit_callbacks
) -> None:
    asked = []
    monkeypatch.setattr(documents, "render_pending", lambda **options: asked.append(options))

    with django_capture_on_commit_callbacks(execute=True):
        tasks.render_pending_documents.delay_on_commit()
        assert asked == []

    assert len(asked) == 2

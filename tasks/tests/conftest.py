"""One piece of work, and those who look at it."""

import pytest

from tasks.models import Task
from tasks.tests.deeds import fresh


@pytest.fixture
def work(world_with_plan):
    """The first work of culture, asked for every quarter."""
    return world_with_plan.occurrences[0]


@pytest.fixture
def confirmed(work):
    """The same work, where a leader's word is wanted for «Đã xong»."""
    Task.objects.filter(pk=work.task_id).update(needs_chair=True)
    return fresh(work)


@pytest.fixture
def hung(world_with_plan, browse):
    """The head of culture, signed in."""
    return browse(world_with_plan.hung)


@pytest.fixture
def lan(world_with_plan, browse):
    """The office, signed in."""
    return browse(world_with_plan.lan)

"""Figures sent without words: what was said of the work stays said."""

import uuid
from collections.abc import Mapping
from decimal import Decimal

from accounts.models import User
from tasks.models import Occurrence, ProgressUpdate
from tasks.services.progress import Progress, record_progress

State = Occurrence.State


def record_figures(
    *,
    occurrence: Occurrence,
    version: int,
    form_key: uuid.UUID,
    values: Mapping[int, Decimal],
    by: User,
    on_behalf: bool = False,
) -> ProgressUpdate:
    """Appends an update with these figures and the words of the last one; work nobody spoke of is now «Đang làm».

    `values` maps indicator ids to all figures of the work: what is left out is taken away. Raises as `record_progress`.
    """
    return record_progress(
        occurrence=occurrence,
        version=version,
        form_key=form_key,
        progress=_progress(occurrence.latest_update, values),
        by=by,
        on_behalf=on_behalf,
    )


def _progress(latest: ProgressUpdate | None, values: Mapping[int, Decimal]) -> Progress:
    if latest is None:
        return Progress(state=State.IN_PROGRESS, values=values)
    is_done = latest.state == State.DONE
    return Progress(
        state=State.DONE if is_done else State.IN_PROGRESS,
        text=latest.text,
        percent=latest.percent,
        difficulties=latest.difficulties,
        happened_on=latest.happened_on if is_done else None,
        values=values,
    )

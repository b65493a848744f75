"""What a service raises when it will not do what was asked: one plain Vietnamese sentence that says what to do."""


class Problem(Exception):
    """A refusal that the user can mend. `str(problem)` is shown as it is."""


class Conflict(Problem):
    """Somebody else was faster. Nothing was written; the page shows both versions."""

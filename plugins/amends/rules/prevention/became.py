"""What became of an action, in a few words."""

from amends.record import Action, Progress


def became(reference: str, action: Action) -> str:
    """For example "`2030-05-06-payments-refused/A1` is still open"."""
    ends = {Progress.GIVEN_UP: f"was dropped: {action.dropped}", Progress.UNKNOWN: "is not known to have been done"}
    return f"`{reference}` {ends.get(action.progress, 'is still open')}"

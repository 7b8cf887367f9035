"""What git witnesses of the records: when each was written and published, and what changed in it since."""

from amends.history.past import Change, History, Past, Unread, Version, What, words_in

__all__ = ["Change", "History", "Past", "Unread", "Version", "What", "words_in"]

"""The corpus in other forms than pages: data, feeds, calendars, letters, and what the search finds."""

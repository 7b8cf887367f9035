"""Amends: incident postmortems and prevention, checked, linked and true to the customers' side. Start reading at `record.py`."""

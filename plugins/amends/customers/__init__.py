"""The customers' side: what they waited for, what we owe them, what they see of it, and whether they trust us again."""

"""Pages: plain functions from a corpus to Markdown and HTML fragments. Nothing here knows the site generator."""

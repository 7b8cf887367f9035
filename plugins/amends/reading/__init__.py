"""Files in: text, bytes and YAML become documents and typed values, each with its place. Nothing here knows a rule."""

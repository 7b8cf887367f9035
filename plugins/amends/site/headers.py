"""A Content-Security-Policy under which the site works: no script runs in it that it does not bring itself."""

import re
from base64 import b64encode
from hashlib import sha256

_INLINE = re.compile(r"<script(?P<attributes>(?:\s[^>]*)?)>(?P<text>.*?)</script>", re.DOTALL | re.IGNORECASE)
_DATA = re.compile(r"\bsrc\s*=|\btype\s*=\s*[\"']?(?!text/javascript|module)[\w.+/-]+", re.IGNORECASE)
"""A script with an address, or one that is data and runs nothing."""

POLICY = "content-security-policy.txt"
"""Where it stands in the site, as the value of the header."""


class InlineScripts:
    """The scripts that stand in the pages themselves; the theme has a few."""

    def __init__(self) -> None:
        self._texts: set[str] = set()

    def look_at(self, html: str) -> None:
        """Take in the scripts of one page."""
        for script in _INLINE.finditer(html):
            if script["text"].strip() and _DATA.search(script["attributes"]) is None:
                self._texts.add(script["text"])

    @property
    def policy(self) -> str:
        """The header's value. Styles may stand in the pages: they run nothing, and pictures drawn at build time need them."""
        hashes = (f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in self._texts)
        scripts = " ".join(("'self'", "'wasm-unsafe-eval'", *sorted(hashes)))
        return (f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; "
                "base-uri 'self'; form-action 'self'; frame-ancestors 'self'")

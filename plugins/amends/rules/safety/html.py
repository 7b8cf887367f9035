"""What counts as HTML in a text, for the rules that look for it."""

import re

_ELEMENTS = (
    "a|abbr|address|area|article|aside|audio|b|base|bdi|bdo|big|blink|blockquote|body|br|button|canvas|caption|center|cite|code|col|colgroup|data|"
    "datalist|dd|del|details|dfn|dialog|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|frame|frameset|h[1-6]|head|header|hr|html|i|"
    "iframe|img|input|ins|kbd|label|legend|li|link|main|map|mark|marquee|math|menu|meta|meter|nav|noscript|object|ol|optgroup|option|output|p|param|"
    "picture|pre|progress|q|s|samp|script|section|select|slot|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|"
    "textarea|tfoot|th|thead|time|title|tr|track|tt|u|ul|var|video|wbr"
)
TAKEN_OUT = (
    "address|applet|area|article|audio|base|basefont|bdi|bdo|big|blink|body|button|canvas|center|data|datalist|dialog|embed|fieldset|font|footer|form|frame|"
    "frameset|head|header|hgroup|html|iframe|legend|link|main|map|marquee|math|menu|meta|meter|noscript|object|optgroup|option|output|param|picture|"
    "portal|progress|rp|rt|ruby|script|search|select|slot|source|strike|style|template|textarea|title|track|tt|video|xmp"
)
"""Elements that the site takes out of a story."""

TAG = re.compile(
    rf"</?(?:{_ELEMENTS})(?:[\s/][^<>]*)?>|<(?:script|style|iframe|object|embed|svg|img)\b|<!--|<[a-z][a-z0-9-]*[^<>]*[\s/\"']on[a-z]+\s*=",
    re.IGNORECASE,
)
"""A tag of HTML, open or closed; of the dangerous ones the beginning is enough. `<10>` and `<your name>` are none."""

SCRIPT_LINK = re.compile(
    r"(?:\]\(\s*<?|^[ ]{0,3}\[[^\]\n]+\]:\s*<?|<|\b(?:href|src|action|formaction)\s*=\s*[\"']?)\s*"
    r"(?P<target>(?:javascript|vbscript|data):[^\s)>\"']*)",
    re.IGNORECASE | re.MULTILINE,
)
"""A link, in Markdown or HTML, to something that a browser would run or show as a page of its own."""

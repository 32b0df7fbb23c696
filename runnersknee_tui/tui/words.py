"""The one door by which words that a person or a file wrote reach the screen: verbatim, never as markup."""

from __future__ import annotations

from textual.content import Content
from textual.style import Style

from runnersknee_tui.core.words import clean

MUTED = "$foreground 60%"
"""The style of words that stand back. ($text-muted is for CSS: inside Content it does not know its background.)"""

HEADING = "bold $primary"
"""The style of a word above a paragraph."""


def plain(text: str, style: str | Style = "") -> Content:
    """`text` exactly as it stands, harmless for the terminal; lines stay lines."""
    return Content.styled(clean(text, lines=True), style) if style else Content(clean(text, lines=True))


def joined(*parts: str | tuple[str, str], gap: str = "") -> Content:
    """Texts, each plain or with its style, one behind the other."""
    pieces = [plain(part) if isinstance(part, str) else plain(*part) for part in parts]
    return Content(gap).join(pieces)

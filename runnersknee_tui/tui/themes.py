"""Two themes of our own: the calm dark one, and one with high contrast. Meaning never rests on colour alone."""

from __future__ import annotations

from textual.theme import Theme

RUNNERSKNEE = Theme(
    name="runnersknee",
    primary="#12d98a",
    secondary="#5b8dee",
    accent="#ffee58",
    warning="#f4a01a",
    error="#ff6b6b",
    success="#12d98a",
    foreground="#e6ecf2",
    background="#0b0f14",
    surface="#10161d",
    panel="#18212b",
    dark=True,
)

HIGH_CONTRAST = Theme(
    name="high-contrast",
    primary="#ffff00",
    secondary="#00ffff",
    accent="#ffffff",
    warning="#ffff00",
    error="#ff8080",
    success="#00ff80",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    dark=True,
)

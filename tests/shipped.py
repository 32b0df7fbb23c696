"""The catalogue that the app ships, for property tests (whose fixtures Hypothesis would print)."""

from __future__ import annotations

from functools import cache

from runnersknee_tui.content.assets import assets_dir
from runnersknee_tui.content.loader import load_catalogue
from runnersknee_tui.core.model import Catalogue


@cache
def shipped() -> Catalogue:
    loaded = load_catalogue(assets_dir())
    assert not loaded.problems
    return loaded.catalogue

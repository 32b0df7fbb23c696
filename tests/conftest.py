"""Fixtures that every room shares."""

from __future__ import annotations

import pytest

from runnersknee_tui.content.assets import assets_dir
from runnersknee_tui.content.loader import load_catalogue
from runnersknee_tui.core.model import Catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The catalogue that the app ships."""
    loaded = load_catalogue(assets_dir())
    assert not loaded.problems
    return loaded.catalogue

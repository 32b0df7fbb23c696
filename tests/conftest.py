"""Fixtures that every room shares."""

from __future__ import annotations

import pytest

from runnersknee_tui.core.model import Catalogue
from tests.shipped import shipped

pytest_plugins = ["tests.faults.table"]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The catalogue that the app ships."""
    return shipped()

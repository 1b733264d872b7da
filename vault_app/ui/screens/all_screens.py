"""All screens of an open vault, in the order of the navigation."""

from __future__ import annotations

from vault_app.ui.open_vault import OpenVault
from vault_app.ui.screens.bring_in import BringInScreen
from vault_app.ui.screens.charts import ChartsScreen
from vault_app.ui.screens.home import HomeScreen
from vault_app.ui.screens.inbox import InboxScreen
from vault_app.ui.screens.mapping import MappingScreen
from vault_app.ui.screens.people import PeopleScreen
from vault_app.ui.screens.recipes import RecipesScreen
from vault_app.ui.screens.screen import Screen
from vault_app.ui.screens.search import SearchScreen
from vault_app.ui.screens.security import SecurityScreen
from vault_app.ui.screens.share import ShareScreen
from vault_app.ui.screens.timeline import TimelineScreen


def make_screens(house: OpenVault) -> list[Screen]:
    """One of each."""
    return [
        HomeScreen(house),
        InboxScreen(house),
        BringInScreen(house),
        MappingScreen(house),
        RecipesScreen(house),
        TimelineScreen(house),
        SearchScreen(house),
        PeopleScreen(house),
        ChartsScreen(house),
        ShareScreen(house),
        SecurityScreen(house),
    ]

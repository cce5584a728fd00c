"""The configuration: one TOML file -> typed settings, with errors that name the key and the line."""

from mailbot.config.loading import (
    default_config_file,
    default_state_folder,
    load_settings,
    load_text,
    local_now,
    parse_settings,
    zone_of,
)
from mailbot.config.settings import AccountSettings, MeSettings, Settings

__all__ = [
    "AccountSettings",
    "MeSettings",
    "Settings",
    "default_config_file",
    "default_state_folder",
    "load_settings",
    "load_text",
    "local_now",
    "parse_settings",
    "zone_of",
]

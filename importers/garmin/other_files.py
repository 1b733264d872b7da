"""The other lists of Garmin's archive: their fields are not described by anyone, so they are kept whole."""

from __future__ import annotations

from importers.contract import Rule, keep

_FOLDERS = ("IT_CONSENT_HISTORY", "IT_DEVICE_AND_CONTENT", "IT_GLOBAL_EVENT", "IT_ORDERS", "customer_data")

keep(
    Rule(members=("**/DI_CONNECT/**/*.json", "**/DI-CONNECT/**/*.json")),
    Rule(
        members=tuple(f"**/{folder}/**/*.json" for folder in _FOLDERS),
        beside=("**/DI_CONNECT/**",),
        named=True,
    ),
    source="garmin",
    weight=-1,
)

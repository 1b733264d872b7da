"""Names of HealthKit's types: which series a record belongs to.

HealthKit's identifiers are documented at developer.apple.com (HKQuantityTypeIdentifier, HKCategoryTypeIdentifier).
"""

from __future__ import annotations

import re
from functools import lru_cache

QUANTITY = "HKQuantityTypeIdentifier"
CATEGORY = "HKCategoryTypeIdentifier"
SLEEP = "HKCategoryTypeIdentifierSleepAnalysis"

_PREFIX = re.compile(
    r"(?:HK(?:Quantity|Category|Correlation|Document|Clinical|Characteristic|Data)TypeIdentifier"
    r"|HKDataType|HKWorkoutActivityType|HKPrescriptionType|HKCategoryValueSleepAnalysis)(?=.)"
)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_OTHER = re.compile(r"[^A-Za-z0-9]+")
_LONGEST = 120

_USUAL = {
    "HKQuantityTypeIdentifierStepCount": "steps",
    "HKQuantityTypeIdentifierBodyMass": "weight",
    "HKQuantityTypeIdentifierBodyMassIndex": "body-mass-index",
    "HKQuantityTypeIdentifierDistanceWalkingRunning": "distance-on-foot",
    "HKQuantityTypeIdentifierDistanceCycling": "distance-cycling",
    "HKQuantityTypeIdentifierDistanceSwimming": "distance-swimming",
    "HKQuantityTypeIdentifierActiveEnergyBurned": "active-energy",
    "HKQuantityTypeIdentifierBasalEnergyBurned": "basal-energy",
    "HKQuantityTypeIdentifierAppleExerciseTime": "exercise-time",
    "HKQuantityTypeIdentifierAppleMoveTime": "move-time",
    "HKQuantityTypeIdentifierAppleStandTime": "stand-time",
    "HKQuantityTypeIdentifierVO2Max": "vo2-max",
    "HKCategoryTypeIdentifierAppleStandHour": "stand-hour",
}


@lru_cache(maxsize=4096)
def series_name(type_: str) -> str:
    """The series of a record type: ``heart-rate`` for ``HKQuantityTypeIdentifierHeartRate``."""
    return _USUAL.get(type_) or kebab(short(type_))


def short(identifier: str) -> str:
    """An identifier without HealthKit's prefix: ``HeartRate``, ``Running``, ``AsleepCore``."""
    return _PREFIX.sub("", identifier, count=1)


def kebab(name: str) -> str:
    """``bodyTemperature`` as ``body-temperature``; ``unnamed`` when nothing is left."""
    words = _OTHER.sub("-", _HUMP.sub("-", name)).strip("-").lower()
    return words[:_LONGEST] or "unnamed"


def is_worded(type_: str) -> bool:
    """Whether the values of a type are words and not numbers."""
    return type_.startswith(CATEGORY)


def in_correlations(type_: str) -> bool:
    """Whether records of this type may stand a second time inside a correlation (blood pressure, food)."""
    return type_.startswith((QUANTITY + "BloodPressure", QUANTITY + "Dietary"))

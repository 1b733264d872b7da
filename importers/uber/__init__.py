"""Uber: rides and meals of riders; work of drivers and couriers."""

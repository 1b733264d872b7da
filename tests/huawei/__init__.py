"""Huawei Health."""

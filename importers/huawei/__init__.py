"""Huawei Health: the archive of an account."""

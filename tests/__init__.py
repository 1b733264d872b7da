"""The specification of the vault, as tests. They mirror the folders of the project."""

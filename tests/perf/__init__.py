"""What `python3 start.py perf` measures: invented workloads, each goal beside its figure. Never part of CI."""

"""`python -m alin_core` is `alin`."""

from alin_core.cli import main

if __name__ == "__main__":  # pragma: no branch
    raise SystemExit(main())

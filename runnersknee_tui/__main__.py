"""`python -m runnersknee_tui` is the `runnersknee` command."""

from runnersknee_tui.cli import main

if __name__ == "__main__":
    raise SystemExit(main())

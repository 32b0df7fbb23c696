"""The commands, one module each: `add_arguments(parser)` and `run(args, workspace)`. cli.py lists them."""

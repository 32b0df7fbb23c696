"""TOML into the model, with every problem named: file, line, key, what was expected, what was found."""

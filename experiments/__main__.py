"""``python -m experiments`` is the command ``deltaplan``."""

from experiments.cli import main

if __name__ == "__main__":
    main(prog_name="deltaplan")

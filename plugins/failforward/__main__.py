"""`python -m failforward` is the command line."""

from failforward.cli import main

main()

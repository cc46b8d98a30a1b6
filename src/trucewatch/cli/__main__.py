"""`python -m trucewatch.cli`."""

from trucewatch.cli import main

main()

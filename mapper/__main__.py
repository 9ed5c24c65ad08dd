"""`python -m mapper` is the command `mapper`."""

from mapper.cli import main

main()

"""The ground of the command line: the program, its options and exit codes, and what every family of commands shares."""

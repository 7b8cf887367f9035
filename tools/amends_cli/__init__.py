"""The `amends` command: arguments, output formats, exit codes, and nothing else."""

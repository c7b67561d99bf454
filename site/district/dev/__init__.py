"""What only `make dev` has: installed by `district.settings.dev` and nowhere else."""

"""The app of `make dev`: installed by `district.settings.dev` and nowhere else."""

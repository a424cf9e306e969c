"""What the workflows in ``.github/workflows/`` run: scripts with tests, instead of shell within YAML."""

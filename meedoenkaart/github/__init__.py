"""What the workflows of a region run: scripts with tests, instead of shell within YAML."""

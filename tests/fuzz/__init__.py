"""Any bytes in, problems or records out: hypothesis in every test run, atheris in ``make fuzz``."""

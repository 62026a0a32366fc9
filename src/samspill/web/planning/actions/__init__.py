"""The only ways to change a plan, each through the register's own actions with their log."""

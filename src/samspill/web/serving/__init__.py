"""Running the application: making it ready, the server, the worker for long jobs, the first
administrator, and whether it is well."""

"""Long work, done by the worker beside the pages: building a report, fetching, exporting."""

"""What changes on an organisation's page: links, calendars, its own data, needs and offers."""

"""What has changed between the published waves of a study, and what a next wave could show."""

"""The JSON API, with the pages' permissions and a token for each user and study."""

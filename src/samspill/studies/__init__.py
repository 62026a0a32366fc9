"""Studies that come with Samspill, each a folder of open files."""

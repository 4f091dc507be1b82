"""The demo's learning centres and their children."""

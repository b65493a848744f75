"""Every write of the app, by domain verb."""

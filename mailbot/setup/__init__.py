"""From nothing to a working configuration: what a provider's server is called, where a password is kept, the file."""

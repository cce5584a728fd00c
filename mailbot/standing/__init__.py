"""How everything stands, in a person's words: what `status`, `plan`, `show` and the page tell. Nothing is printed."""

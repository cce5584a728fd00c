"""A page to look at: what `status`, `plan` and `show` know, served to this machine alone; what the person says there is
said as by the commands. The views are pure; the guard decides who may see them."""

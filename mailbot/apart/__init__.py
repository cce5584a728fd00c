"""Mail read in a process apart, with limits of time and memory: hostile mail cannot hold up or fill the service.

Nothing is imported here: the child has no use for the parent's side.
"""

"""Print the dependencies of a pyproject.toml pinned to their lower bounds, with those of the extras for users."""

import re
import sys
import tomllib
from pathlib import Path

project = tomllib.loads(Path(sys.argv[1]).read_text())["project"]
extras = project["optional-dependencies"]
for requirement in [*project["dependencies"], *extras["web"], *extras["microsoft"]]:
    name, bound = re.match(r"([\w-]+)>=([\w.]+)", requirement).groups()
    print(f"{name}=={bound}")

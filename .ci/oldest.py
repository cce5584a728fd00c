"""Print the runtime dependencies of a pyproject.toml pinned to their lower bounds."""

import re
import sys
import tomllib
from pathlib import Path

for requirement in tomllib.loads(Path(sys.argv[1]).read_text())["project"]["dependencies"]:
    name, bound = re.match(r"([\w-]+)>=([\w.]+)", requirement).groups()
    print(f"{name}=={bound}")

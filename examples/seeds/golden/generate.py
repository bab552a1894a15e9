"""Writes what each Python program here prints beside it: `python examples/seeds/golden/generate.py`, with torch and numpy installed."""
import pathlib
import re
import subprocess
import sys

for program in sorted(pathlib.Path(__file__).parent.glob('[0-9]*.py')):
    printed = subprocess.run([sys.executable, program], capture_output=True, text=True, check=True).stdout
    # Addresses differ in every run.
    program.with_suffix('.txt').write_text(re.sub(r' object at 0x[0-9a-f]+', '', printed))

"""Makes samples/shapes: invented plans of many shapes, from the words in script/shapes/*.plan.

    .venv/bin/python script/make_shapes.py [FOLDER [WORDS]]

Each `!make` line of a plan names a kind of file: docx, pdf, or txt with an encoding. The same words give the same
bytes. The `.expected.json` beside each plan is written by hand after the conventions, not by this script.
"""

import sys
from pathlib import Path

from shapes.pdf import pdf_file
from shapes.plain import text_file
from shapes.word import word_file
from shapes.words import read_plan

ROOT = Path(__file__).resolve().parent
MAKERS = {"docx": word_file, "pdf": pdf_file, "txt": text_file, "md": text_file}


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "samples" / "shapes"
    words = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "shapes"
    for path in sorted(words.glob("*.plan")):
        plan = read_plan(path)
        for kind in plan.get("make", "docx").split():
            (folder / f"{plan.name}.{kind}").write_bytes(MAKERS[kind](plan))


if __name__ == "__main__":
    main()

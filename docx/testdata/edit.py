#!/usr/bin/python3
"""Edits documents with LibreOffice, as somebody would who never saw Paraph, and saves them.

usage: edit.py FOLDER     for every NAME.json in FOLDER, edits NAME.docx and writes NAME.out.docx

NAME.json: {"tracked": bool, "odt": bool, "edits": [{"paragraph": n, "do": "replace"|"delete"|"insert", "old": words, "new": words}]}
Paragraphs are counted from 0 as the file has them; "insert" puts a paragraph after n. With "odt" the document is saved as .odt, opened anew
and saved as .docx.
"""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from office import Office, each, prop  # noqa: E402


def edit(doc, paragraphs, e):
    text, p = doc.Text, paragraphs[e["paragraph"]]
    if e["do"] == "replace":
        at = p.String.index(e["old"])
        cursor = text.createTextCursorByRange(p.Start)
        cursor.goRight(at, False)
        cursor.goRight(len(e["old"]), True)
        if cursor.String != e["old"]:
            sys.exit(f"selected {cursor.String!r}, not {e['old']!r}")
        cursor.String = e["new"]
    elif e["do"] == "delete":
        cursor = text.createTextCursorByRange(p.Start)
        if e["paragraph"] + 1 < len(paragraphs):
            cursor.gotoRange(paragraphs[e["paragraph"] + 1].Start, True)
        else:
            cursor.gotoRange(p.End, True)
        cursor.String = ""
    else:
        cursor = text.createTextCursorByRange(p.End)
        text.insertControlCharacter(cursor, 0, False)
        text.insertString(cursor, e["new"], False)


def session(office, folder, name):
    with open(os.path.join(folder, name + ".json"), encoding="utf-8") as f:
        plan = json.load(f)
    path = os.path.join(folder, name)
    doc = office.open(path + ".docx")
    doc.RecordChanges = plan["tracked"]
    for e in sorted(plan["edits"] or [], key=lambda e: -e["paragraph"]):
        edit(doc, list(each(doc.Text)), e)  # from the last on, so that those before keep their places
    if plan["odt"]:
        doc.storeToURL("file://" + path + ".odt", (prop("FilterName", "writer8"),))
        doc.close(True)
        doc = office.open(path + ".odt")
    doc.storeToURL("file://" + path + ".out.docx", (prop("FilterName", "MS Word 2007 XML"),))
    doc.close(True)


def main(folder):
    office = Office()
    try:
        for name in sorted(os.listdir(folder)):
            if name.endswith(".json"):
                session(office, os.path.abspath(folder), name[:-5])
    finally:
        office.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])

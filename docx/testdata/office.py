#!/usr/bin/python3
"""Opens documents with LibreOffice, an independent reader of Word's format, and says what it finds there.

usage: office.py FOLDER      reads every .docx in FOLDER and prints one JSON object by file name:
    shown, accepted, rejected   the paragraphs as opened, and after accepting or rejecting all tracked changes
    changes                     type, author and time of each tracked change
    left                        tracked changes left after accepting, and after rejecting
    comments                    author, initials, time and words of each comment
    bookmarks                   their names

One LibreOffice serves all files. Needs Debian's libreoffice-writer (not the -nogui build, which aborts on comments) and
python3-uno. `soffice --convert-to txt` would neither accept nor reject: it prints both wordings.
"""
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue


def prop(name, value):
    p = PropertyValue()
    p.Name, p.Value = name, value
    return p


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def each(access):
    e = access.createEnumeration()
    while e.hasMoreElements():
        yield e.nextElement()


def connect(port, office):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(720):
        try:
            return resolver.resolve(f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext")
        except Exception:
            if office.poll() is not None:
                break
            time.sleep(0.25)
    sys.exit("LibreOffice did not start")


def when(t):
    return f"{t.Year:04}-{t.Month:02}-{t.Day:02}T{t.Hours:02}:{t.Minutes:02}:{t.Seconds:02}Z"


def paragraphs(doc):
    out = []
    for p in each(doc.Text):
        if p.supportsService("com.sun.star.text.Paragraph"):
            out.append(p.String)
        else:
            for row in p.getDataArray():
                out.append(" | ".join(str(cell) for cell in row))
    return out


def comments(doc):
    out = []
    for f in each(doc.TextFields):
        if f.supportsService("com.sun.star.text.textfield.Annotation"):
            out.append([f.Author, f.Initials, when(f.DateTimeValue), f.Content])
    return sorted(out)


def changes(doc):
    return [[c.RedlineType, c.RedlineAuthor, when(c.RedlineDateTime)] for c in each(doc.Redlines)]


class Office:
    def __init__(self):
        self.profile, port = tempfile.mkdtemp(), free_port()
        self.process = subprocess.Popen(
            ["soffice", "--headless", "--norestore", "--nologo", f"--accept=socket,host=127.0.0.1,port={port};urp;",
             f"-env:UserInstallation=file://{self.profile}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        context = connect(port, self.process)
        manager = context.ServiceManager
        self.desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self.dispatch = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)

    def open(self, path):
        return self.desktop.loadComponentFromURL("file://" + os.path.abspath(path), "_blank", 0, (prop("Hidden", True),))

    def settled(self, doc, command):
        self.dispatch.executeDispatch(doc.CurrentController.Frame, command, "", 0, ())
        out, left = paragraphs(doc), len(changes(doc))
        doc.close(True)
        return out, left

    def look(self, path):
        doc = self.open(path)
        out = {"shown": paragraphs(doc), "changes": changes(doc), "comments": comments(doc), "bookmarks": sorted(doc.Bookmarks.ElementNames)}
        out["accepted"], a = self.settled(doc, ".uno:AcceptAllTrackedChanges")
        out["rejected"], r = self.settled(self.open(path), ".uno:RejectAllTrackedChanges")
        out["left"] = [a, r]
        return out

    def close(self):
        try:
            self.desktop.terminate()
        except Exception:
            pass
        self.process.wait(30)
        shutil.rmtree(self.profile, ignore_errors=True)


def main(folder):
    office = Office()
    found = {}
    try:
        for name in sorted(os.listdir(folder)):
            if name.endswith(".docx"):
                found[name] = office.look(os.path.join(folder, name))
    finally:
        office.close()
    json.dump(found, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])

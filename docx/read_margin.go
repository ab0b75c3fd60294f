package docx

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/beevik/etree"
)

// anchorPrefix begins the names of the bookmarks that stand around clauses.
const anchorPrefix = "_paraph_"

// comments reads the comments, and which of them answer others.
func (r *reading) comments(part, extended string) error {
	if part == "" {
		return nil
	}
	data, err := r.p.bytes(part)
	if err != nil {
		return err
	}
	if err := r.enter(part); err != nil {
		return err
	}
	err = r.p.walk(part, data, 1, func(e *etree.Element) error {
		if !is(e, "w:comment") {
			r.strange(e, "w:comments")
			return nil
		}
		c := Comment{
			Author: attr(e, "w:author"), Initials: attr(e, "w:initials"), Date: attr(e, "w:date"),
			Blocks: r.blocks(e, "w:comment"), id: attr(e, "w:id"),
		}
		for _, p := range elements(e) {
			if id := attr(p, "w14:paraId"); id != "" {
				c.paragraph = id
			}
		}
		r.doc.Comments = append(r.doc.Comments, c)
		return r.within()
	})
	if err != nil || extended == "" {
		return err
	}
	return r.threads(extended)
}

// threads reads which comments answer others, and which are done.
func (r *reading) threads(part string) error {
	root, err := r.p.tree(part)
	if err != nil {
		return err
	}
	at := map[string]int{}
	for i, c := range r.doc.Comments {
		if c.paragraph != "" {
			at[c.paragraph] = i
		}
	}
	for _, e := range elements(root) {
		if e.Tag != "commentEx" {
			continue
		}
		i, there := at[attr(e, "w15:paraId")]
		if !there {
			continue
		}
		r.doc.Comments[i].Done = attr(e, "w15:done") == "1"
		if parent, there := at[attr(e, "w15:paraIdParent")]; there && parent != i {
			r.doc.Comments[i].Answers = parent + 1
		}
	}
	return nil
}

// comment gives the place of a comment; -1 for none.
func (r *reading) comment(id string) int {
	if r.remarkAt == nil {
		r.remarkAt = map[string]int{}
		for i, c := range slices.Backward(r.doc.Comments) {
			r.remarkAt[c.id] = i
		}
	}
	if at, there := r.remarkAt[id]; there {
		return at
	}
	return -1
}

// notes reads the footnotes or the endnotes.
func (r *reading) notes(part string, end bool) error {
	if part == "" {
		return nil
	}
	data, err := r.p.bytes(part)
	if err != nil {
		return err
	}
	if err := r.enter(part); err != nil {
		return err
	}
	return r.p.walk(part, data, 1, func(e *etree.Element) error {
		switch kind := attr(e, "w:type"); {
		case !is(e, "w:footnote") && !is(e, "w:endnote"):
			r.strange(e, path.Base(part))
		case kind == "" || kind == "normal":
			r.doc.Notes = append(r.doc.Notes, Note{End: end, Blocks: r.blocks(e, e.FullTag()), id: attr(e, "w:id")})
		}
		return r.within()
	})
}

// noteAt gives the place of a note; -1 for none.
func (r *reading) noteAt(id string, end bool) int {
	if r.noteOf == nil {
		r.noteOf = map[string]int{}
		for i, n := range slices.Backward(r.doc.Notes) {
			r.noteOf[fmt.Sprint(n.End, n.id)] = i
		}
	}
	if at, there := r.noteOf[fmt.Sprint(end, id)]; there {
		return at
	}
	return -1
}

// countNotes puts the notes into the order in which their marks stand, which is
// that of their numbers; those without a mark come last.
func (r *reading) countNotes() {
	place := make([]int, len(r.doc.Notes)) // by where it was: 1 + where it comes
	next := 0
	for _, end := range []bool{false, true} {
		each(r.doc.Blocks, func(p *Paragraph) {
			for _, run := range p.Runs {
				if n := run.Note; n > 0 && r.doc.Notes[n-1].End == end && place[n-1] == 0 {
					next++
					place[n-1] = next
				}
			}
		})
	}
	for i := range place {
		if place[i] == 0 {
			next++
			place[i] = next
			r.note("w:footnote", "a note that no mark refers to")
		}
	}
	sorted := make([]Note, len(place))
	for i, n := range r.doc.Notes {
		sorted[place[i]-1] = n
	}
	if len(sorted) > 0 {
		r.doc.Notes = sorted
	}
	each(r.doc.Blocks, func(p *Paragraph) {
		for i := range p.Runs {
			if n := p.Runs[i].Note; n > 0 {
				p.Runs[i].Note = place[n-1]
			}
		}
	})
}

// origin reads what the file says it was made from.
func (r *reading) origin(links map[string]link) error {
	for _, l := range links {
		if l.kind != relCustom || !r.p.has(l.target) || !strings.HasSuffix(l.target, ".xml") {
			continue
		}
		f := r.p.files[strings.ToLower(l.target)]
		if f.UncompressedSize64 > 4<<20 {
			continue
		}
		root, err := r.p.tree(l.target)
		if err != nil {
			return err
		}
		if root == nil || !is(root, "paraph:anchors") {
			continue
		}
		r.known[l.target] = true
		o := &r.doc.Origin
		o.Process, o.Version, o.Fingerprint, o.Seat = attr(root, "process"), attr(root, "version"), attr(root, "fingerprint"), attr(root, "seat")
		for _, e := range elements(root) {
			if is(e, "paraph:anchor") && strings.HasPrefix(attr(e, "name"), anchorPrefix) {
				o.Anchors = append(o.Anchors, Bookmark{attr(e, "name"), attr(e, "clause"), attr(e, "words")})
			}
		}
	}
	return nil
}

// strange notes an element that is not understood.
func (r *reading) strange(e *etree.Element, path string) {
	var words strings.Builder
	letters(e, "w:t", &words)
	what := "something that is not understood"
	if w := strings.Join(strings.Fields(words.String()), " "); w != "" {
		what += ", with the words: " + shortened(w, 200)
	}
	r.note(path+"/"+e.FullTag(), what)
}

// note notes that something was not understood.
func (r *reading) note(path, what string) {
	u := Unread{Part: r.part, Path: path, What: what}
	if at, there := r.noted[u]; there {
		r.doc.Unread[at].Times++
		return
	}
	if len(r.noted) == maxUnread {
		r.doc.Unread = append(r.doc.Unread, Unread{Part: r.part, What: "and more that is not listed"})
		r.noted[u] = len(r.doc.Unread) - 1
	}
	if len(r.noted) > maxUnread {
		return
	}
	u.Times = 1
	r.noted[Unread{Part: u.Part, Path: u.Path, What: u.What}] = len(r.doc.Unread)
	r.doc.Unread = append(r.doc.Unread, u)
}

// maxUnread is how much of what is not understood is listed one by one.
const maxUnread = 200

// silent are the parts that hold no words of the text.
var silent = []string{
	"[content_types].xml", "docprops/", "word/settings.xml", "word/websettings.xml", "word/fonttable.xml", "word/theme/", "word/styles",
	"word/numbering.xml", "word/fonts/", "word/people.xml", "word/commentsids.xml", "word/commentsextensible.xml", "word/commentsextended.xml",
	"word/media/", "customxml/itemprops", "word/stylesWithEffects.xml",
}

package intake

import (
	"strings"
	"testing"

	"paraph/akn"
	"paraph/draft"
	"paraph/fault"
)

const text = "## Article 1\n\n1. The Parties [shall][should] meet.\n"

// TestFormsByContent: what a file is called says nothing.
func TestFormsByContent(t *testing.T) {
	parsed, err := draft.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	law, err := akn.Write(akn.Document{Text: parsed})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, file string
		form       Form
		want       string
	}{
		{"notation", text, Notation, text},
		{"Akoma Ntoso", law, AkomaNtoso, text},
		{"Akoma Ntoso after a byte order mark", "\ufeff" + law, AkomaNtoso, text},
		{"HTML", "<!DOCTYPE html><html><head><title>No</title><style>p{}</style></head><body><h2>Article 1</h2>\n<p>1. The Parties\n <b>[shall]</b>[should] meet.<br>And go.</p><script>x()</script><p hidden>no</p></body></html>",
			HTML, "## Article 1\n\n1. The Parties [shall][should] meet.\nAnd go.\n"},
		{"HTML with what listeners hear", "<html><body><p>We <del><span class=\"said\"> deleted: </span>may</del> go&nbsp;on &amp; on.</p></body></html>", HTML, "We may go on & on.\n"},
		{"HTML that is careless", "<html><body><p>One<p>Two<ul><li>a<li>b</ul>", HTML, "One\n\nTwo\n\na\n\nb\n"},
		{"nothing", "", Notation, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Read([]byte(c.file))
			if err != nil || got.Form != c.form || got.Text != c.want {
				t.Errorf("read as %s, %q, %v; want %s, %q", got.Form, got.Text, err, c.form, c.want)
			}
		})
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	for want, file := range map[string]string{
		"a PDF holds the places of letters": "%PDF-1.7\n",
		"larger than 25 MiB":                strings.Repeat(" ", MaxBytes+1),
		"larger than 16 MiB":                "<html><body><p>" + strings.Repeat("word ", draft.MaxBytes/5+10) + "</p></body></html>",
		"no Akoma Ntoso":                    "<?xml version=\"1.0\"?><a/>",
		"document type":                     "<!DOCTYPE html [<!ENTITY x \"y\">]><html><body>&x;</body></html>",
		"zero byte":                         "a\x00b",
	} {
		if _, err := Read([]byte(file)); err == nil || !strings.Contains(err.Error(), want) || fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("said %v, want %q", err, want)
		}
	}
}

// Whatever the bytes: words or a reason, and the same each time.
func FuzzRead(f *testing.F) {
	for _, src := range []string{text, "<html><body><p>x", "<?xml version='1.0'?><akomaNtoso/>", "PK\x03\x04", "%PDF-"} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		got, err := Read(file)
		if err != nil && fault.KindOf(err) != fault.KindInvalid {
			t.Fatalf("the error is of kind %s: %v", fault.KindOf(err), err)
		}
		if again, _ := Read(file); again.Text != got.Text {
			t.Fatalf("read twice: %q, %q", got.Text, again.Text)
		}
	})
}

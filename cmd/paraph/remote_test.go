package main

import (
	"context"
	"encoding/json"
	"encoding/pem"
	"io"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"paraph/demo"
	"paraph/desk"
	"paraph/people"
	"paraph/people/peopletest"
	"paraph/store/sqlite"
	"paraph/web"
)

// TestScriptsAgainstAServer runs the scripts that speak to a server: the worked
// example, with people who have tokens. In each, $SERVER is its address, $TLS the
// same with a certificate of its own (ca.pem), and kel, chair, reader and over are
// files with tokens; the last was ended.
func TestScriptsAgainstAServer(t *testing.T) {
	files := map[string]string{}
	pages := exampleWithPeople(t, files)
	plain, secure := httptest.NewServer(pages), httptest.NewTLSServer(pages)
	t.Cleanup(plain.Close)
	t.Cleanup(secure.Close)
	secure.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	files["ca.pem"] = string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: secure.Certificate().Raw}))
	t.Run("scripts", func(t *testing.T) {
		testscript.Run(t, testscript.Params{
			Dir: "testdata/server", RequireExplicitExec: true, RequireUniqueNames: true, UpdateScripts: *update,
			Setup: func(e *testscript.Env) error {
				e.Setenv("SERVER", plain.URL)
				e.Setenv("TLS", secure.URL)
				for name, content := range files {
					if err := os.WriteFile(filepath.Join(e.WorkDir, name), []byte(content), 0o600); err != nil {
						return err
					}
				}
				return nil
			},
			Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "field": field, "word": makeDocument},
		})
	})
}

// field puts a field of the JSON that the last command printed into a variable:
// field VARIABLE NAME.
func field(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: field VARIABLE NAME")
	}
	var fields map[string]any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &fields))
	value, ok := fields[args[1]].(string)
	if !ok {
		ts.Fatalf("there is no field %s", args[1])
	}
	ts.Setenv(args[0], value)
}

// exampleWithPeople serves the worked example, and gives the tokens as files.
func exampleWithPeople(t *testing.T, files map[string]string) *web.Server {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx, folder := context.Background(), t.TempDir()
	log, err := sqlite.Open(filepath.Join(folder, "record.paraph"))
	must(err)
	must(demo.Play(ctx, log))
	book, err := sqlite.OpenBook(filepath.Join(folder, "people.paraph"))
	must(err)
	register, err := people.New(book, people.Options{URL: "http://localhost:8300"})
	must(err)
	d := desk.New(log, desk.Options{})
	t.Cleanup(func() {
		for _, end := range []func() error{func() error { return d.Check(ctx) }, register.Close, book.Close, log.Close} {
			if err := end(); err != nil {
				t.Error(err)
			}
		}
	})
	for name, who := range map[string]struct {
		person string
		token  people.Token
	}{
		"kel": {"ilse-varnhold", people.Token{MayAct: true}}, "chair": {"odile-maarand", people.Token{MayAct: true, MayBind: true}},
		"reader": {"halvard-quist", people.Token{}}, "over": {"nerea-oltan", people.Token{}},
	} {
		p := peopletest.Enrol(t, register, people.Invited{Place: people.Place{Process: "vesna", Person: who.person}}, who.person)
		session := p.SignIn(t, register)
		p.Refresh(t, register, session)
		who.token.Name, who.token.Place.Process = name, "vesna"
		secret, made, err := register.MakeToken(ctx, session, who.token)
		must(err)
		if name == "over" {
			must(register.EndToken(ctx, made.Place.Account, made.ID))
		}
		files[name] = secret + "\n"
	}
	files["wrong"] = "paraph_" + strings.Repeat("A", 43) + "\n"
	return web.New(d, web.Options{
		People: register, URL: "http://localhost:8300", Hosts: []string{"127.0.0.1", "example.com"}, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
}

package main

import (
	"bytes"
	"crypto/sha256"
	"io"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

func sum256(b []byte) []byte { sum := sha256.Sum256(b); return sum[:] }

func model(t *testing.T) *kong.Application {
	t.Helper()
	parser, err := kong.New(new(grammar))
	if err != nil {
		t.Fatal(err)
	}
	return parser.Model
}

// Every flag of a command that runs a server is a variable of the same name,
// and stands in the table with the same words.
func TestOneTableOfSettings(t *testing.T) {
	var out, said bytes.Buffer
	if code := run(t.Context(), []string{"help", "config"}, nil, nil, &out, &said); code != exitDone {
		t.Fatalf("help config ends with %d: %s", code, &said)
	}
	table := strings.Join(strings.Fields(out.String()), " ")
	byVariable := map[string]string{}
	for _, c := range commands(model(t)) {
		for _, f := range c.Flags {
			if len(f.Envs) == 0 {
				if c.Name == "serve" || c.Name == "init" || c.Name == "admin" {
					t.Errorf("paraph %s --%s is no variable", c.Name, f.Name)
				}
				continue
			}
			want := "PARAPH_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
			if len(f.Envs) != 1 || f.Envs[0] != want {
				t.Errorf("--%s is the variable %v, not %s", f.Name, f.Envs, want)
			}
			if before, ok := byVariable[want]; ok && before != f.Help {
				t.Errorf("%s is told of differently by two commands", want)
			}
			byVariable[want] = f.Help
			for _, words := range []string{want, "--" + f.Name + " ", strings.Join(strings.Fields(f.Help), " ")} {
				if !strings.Contains(table, words) {
					t.Errorf("paraph help config does not say %q", words)
				}
			}
		}
	}
	if n := strings.Count(out.String(), "\nPARAPH_"); n != len(byVariable) {
		t.Errorf("the table tells of %d settings, and there are %d", n, len(byVariable))
	}
	for _, line := range strings.Split(out.String(), "\n") {
		if len([]rune(line)) > 100 {
			t.Errorf("this line is too long: %s", line)
		}
	}
}

// refusals are what a server says to a wrong value of each variable that has
// wrong values: so it was read.
var refusals = map[string]struct{ value, says string }{
	"PARAPH_URL":              {"http://talks.example.org", "browsers give no passkeys"},
	"PARAPH_LISTEN":           {"127.0.0.1:0,8300", `"8300" is not an address to listen at`},
	"PARAPH_CERT":             {"cert.pem", "a certificate needs its key"},
	"PARAPH_KEY":              {"key.pem", "a certificate needs its key"},
	"PARAPH_BEHIND_PROXY":     {"X Y", "is not the name of a header"},
	"PARAPH_PROXY_FROM":       {"10.0.0.7", "but not the header that it sets"},
	"PARAPH_METRICS":          {"9300", `"9300" is not an address to listen at`},
	"PARAPH_LOG_LEVEL":        {"loud", "must be one of"},
	"PARAPH_PRINTER":          {"lp", "is no program that Paraph knows to print with"},
	"PARAPH_OIDC_ISSUER":      {"https://id.example.org", "needs all three"},
	"PARAPH_OIDC_CLIENT":      {"paraph", "needs all three"},
	"PARAPH_OIDC_SECRET_FILE": {"none", "needs all three"},
}

// effects show the variables that have a wrong value only by what they do.
var effects = map[string]func(t *testing.T, folder string){
	"PARAPH_DATA": func(t *testing.T, folder string) {
		t.Setenv("PARAPH_DATA", filepath.Join(folder, "named"))
		var out, said bytes.Buffer
		if code := run(t.Context(), []string{"init"}, os.Environ(), nil, &out, &said); code != exitDone {
			t.Fatalf("init ends with %d: %s", code, &said)
		}
		if _, err := os.Stat(filepath.Join(folder, "named", madeFile)); err != nil {
			t.Error(err)
		}
	},
	"PARAPH_SERVER":      asksWrongly("PARAPH_SERVER", "talks", "is not the URL of a server"),
	"PARAPH_TOKEN":       asksWrongly("PARAPH_TOKEN", "secret", "PARAPH_TOKEN does not hold a token"),
	"PARAPH_TOKEN_FILE":  asksWrongly("PARAPH_TOKEN_FILE", "none", "none: no such file"),
	"PARAPH_CA":          asksWrongly("PARAPH_CA", "none", "none: no such file"),
	"PARAPH_CONNECTIONS": func(t *testing.T, folder string) { t.Setenv("PARAPH_CONNECTIONS", "1"); oneConnection(t, folder) },
	"PARAPH_PER_ADDRESS": func(t *testing.T, folder string) { t.Setenv("PARAPH_PER_ADDRESS", "1"); oneConnection(t, folder) },
}

// asksWrongly gives what shows that a variable is read by the commands that ask a
// server: they refuse its value.
func asksWrongly(name, value, says string) func(*testing.T, string) {
	return func(t *testing.T, _ string) {
		t.Setenv("PARAPH_SERVER", "https://talks.example.org")
		t.Setenv(name, value)
		var out, said bytes.Buffer
		if code := run(t.Context(), []string{"status", "vesna"}, os.Environ(), nil, &out, &said); code != exitWrong || !strings.Contains(said.String(), says) {
			t.Errorf("it ends with %d: %s", code, &said)
		}
	}
}

// oneConnection checks that a second connection closes the first.
func oneConnection(t *testing.T, folder string) {
	s := serving(t, folder)
	first, err := net.Dial("tcp", s.at)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	second, err := net.Dial("tcp", s.at)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if _, err := first.Read(make([]byte, 1)); err != io.EOF {
		t.Errorf("the first connection is not closed: %v", err)
	}
}

// Every variable does what its flag does.
func TestEveryVariableHasAnEffect(t *testing.T) {
	folder := initialised(t)
	for _, name := range slices.Sorted(maps.Keys(variables(model(t)))) {
		t.Run(name, func(t *testing.T) {
			if effect := effects[name]; effect != nil {
				effect(t, folder)
				return
			}
			r, ok := refusals[name]
			if !ok {
				t.Fatal("nothing shows that this variable is read: say in this test what it does")
			}
			t.Setenv(name, r.value)
			args := []string{"serve", "--data", folder}
			if name != "PARAPH_LISTEN" {
				args = append(args, "--listen", "127.0.0.1:0")
			}
			var out, said bytes.Buffer
			if code := run(t.Context(), args, os.Environ(), nil, &out, &said); code == exitDone || !strings.Contains(said.String(), r.says) {
				t.Errorf("it ends with %d and says %s", code, &said)
			}
			if !strings.Contains(r.value, ":0") { // the flag goes before
				flag := "--" + strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(name, "PARAPH_"), "_", "-"))
				said.Reset()
				run(t.Context(), append(args, flag, r.value+"!"), os.Environ(), nil, &out, &said)
				if strings.Contains(said.String(), `"`+r.value+`"`) {
					t.Errorf("the variable goes before its flag: %s", &said)
				}
			}
		})
	}
}

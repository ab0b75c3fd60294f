package gate

import (
	"crypto/x509"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestOwnCertificate(t *testing.T) {
	folder, now := t.TempDir(), time.Now()
	first, made, err := OwnCertificate(folder, "talks.example.org", now)
	if err != nil || !made {
		t.Fatalf("made %v, %v", made, err)
	}
	print := first.Fingerprint()
	if len(print) != 32*3-1 || strings.ToUpper(print) != print {
		t.Errorf("the fingerprint is %q", print)
	}
	if !first.Names("talks.example.org") || first.Names("example.org") {
		t.Error("it is for another name")
	}
	if first.get().Leaf.IsCA || first.get().Leaf.KeyUsage&x509.KeyUsageCertSign != 0 {
		t.Error("it can vouch for others")
	}
	info, err := os.Stat(filepath.Join(folder, "tls.key"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key is open to others: %v, %v", info.Mode(), err)
	}
	again, made, err := OwnCertificate(folder, "talks.example.org", now.Add(300*24*time.Hour))
	if err != nil || made || again.Fingerprint() != print {
		t.Errorf("it is made again: %v, %v", made, err)
	}
	for _, c := range []struct {
		host string
		now  time.Time
	}{{"talks.example.org", now.Add(goodFor - renew + time.Hour)}, {"other.example.org", now}} {
		next, made, err := OwnCertificate(folder, c.host, c.now)
		if err != nil || !made || next.Fingerprint() == print || !next.Names(c.host) {
			t.Errorf("for %s at %v: made %v, %v", c.host, c.now, made, err)
		}
		if string(next.get().Leaf.RawSubjectPublicKeyInfo) != string(first.get().Leaf.RawSubjectPublicKeyInfo) {
			t.Error("the key was not kept")
		}
	}
}

// Files that are replaced are read again, and half-written ones are not shown.
func TestCertificateIsReadAgain(t *testing.T) {
	old, new := t.TempDir(), t.TempDir()
	c, _, err := OwnCertificate(old, "talks.example.org", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	first := c.Fingerprint()
	if _, _, err := OwnCertificate(new, "talks.example.org", time.Now()); err != nil {
		t.Fatal(err)
	}
	replace := func(name string) {
		b, err := os.ReadFile(filepath.Join(new, name))
		if err == nil {
			err = os.WriteFile(filepath.Join(old, name), b, 0o600)
		}
		if err == nil {
			later := time.Now().Add(time.Hour)
			err = os.Chtimes(filepath.Join(old, name), later, later)
		}
		if err != nil {
			t.Fatal(err)
		}
		c.looked = time.Time{}
	}
	replace("tls.crt") // and not yet its key
	if c.Fingerprint() != first {
		t.Error("a certificate without its key is shown")
	}
	replace("tls.key")
	if c.Fingerprint() == first {
		t.Error("a new certificate is not read")
	}
}

func TestCertificatesThatCannotBe(t *testing.T) {
	folder := t.TempDir()
	if _, _, err := OwnCertificate(folder, "talks.example.org", time.Now()); err != nil {
		t.Fatal(err)
	}
	crt, key := filepath.Join(folder, "tls.crt"), filepath.Join(folder, "tls.key")
	for _, pair := range [][2]string{{crt, crt}, {key, key}, {crt, folder + "/none"}, {folder, key}} {
		if _, err := OpenCertificate(pair[0], pair[1]); err == nil {
			t.Errorf("%v are taken", pair)
		}
	}
	if err := os.WriteFile(key, []byte("not a key"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := OwnCertificate(folder, "talks.example.org", time.Now()); err == nil {
		t.Error("a file that is no key is written over or used")
	}
}

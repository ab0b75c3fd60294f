package gate

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"paraph/fault"
)

// Certificate is a certificate with its key, read from two files and read again
// when they change, so that whoever renews them need not stop the server.
type Certificate struct {
	certFile, keyFile string

	mu      sync.Mutex
	current *tls.Certificate
	changed time.Time // the later of the times of the two files
	looked  time.Time
}

// OpenCertificate reads a certificate (PEM, with those that lead to its root)
// and its key (PEM).
func OpenCertificate(certFile, keyFile string) (*Certificate, error) {
	c := &Certificate{certFile: certFile, keyFile: keyFile}
	if err := c.read(); err != nil {
		return nil, err
	}
	return c, nil
}

// TLS gives the settings of a server that shows the certificate: TLS 1.3 alone.
func (c *Certificate) TLS() *tls.Config {
	return &tls.Config{
		MinVersion:     tls.VersionTLS13,
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return c.get(), nil },
		NextProtos:     []string{"h2", "http/1.1"},
	}
}

// Fingerprint gives the SHA-256 of the certificate as browsers show it.
func (c *Certificate) Fingerprint() string {
	sum := sha256.Sum256(c.get().Certificate[0])
	return strings.ReplaceAll(fmt.Sprintf("% X", sum[:]), " ", ":")
}

// Expires tells until when the certificate is good.
func (c *Certificate) Expires() time.Time { return c.get().Leaf.NotAfter }

// Names tells whether the certificate is for a host.
func (c *Certificate) Names(host string) bool { return c.get().Leaf.VerifyHostname(host) == nil }

// again is how long a certificate is shown before the files are looked at.
const again = time.Minute

// get gives the certificate as it stands in the files; the last good one when
// they are being replaced.
func (c *Certificate) get() *tls.Certificate {
	c.mu.Lock()
	look := time.Since(c.looked) > again
	c.looked = time.Now()
	changed := c.changed
	c.mu.Unlock()
	if look {
		if now, err := c.latest(); err == nil && now.After(changed) {
			_ = c.read() // half-written files are read again in a minute
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.current
}

func (c *Certificate) latest() (time.Time, error) {
	var latest time.Time
	for _, name := range []string{c.certFile, c.keyFile} {
		info, err := os.Stat(name)
		if err != nil {
			return latest, unreadable(name, err)
		}
		if info.ModTime().After(latest) {
			latest = info.ModTime()
		}
	}
	return latest, nil
}

func (c *Certificate) read() error {
	changed, err := c.latest()
	if err != nil {
		return err
	}
	var parts [2][]byte
	for i, name := range []string{c.certFile, c.keyFile} {
		if parts[i], err = os.ReadFile(name); err != nil {
			return unreadable(name, err)
		}
	}
	pair, err := tls.X509KeyPair(parts[0], parts[1])
	if err != nil {
		return fault.Invalid("%s and %s are not a certificate and its key", c.certFile, c.keyFile).
			With("both are PEM files; the key is not encrypted").Because(err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.current, c.changed, c.looked = &pair, changed, time.Now()
	return nil
}

// How long a certificate of one's own is good, which is as long as browsers
// take one, and how long before its end it is made anew.
const (
	goodFor = 820 * 24 * time.Hour
	renew   = 30 * 24 * time.Hour
)

// OwnCertificate gives the certificate that a server made for itself, for one
// host, kept in tls.crt and tls.key of a folder. It is made when there is none,
// when it is for another host, or when it ends within 30 days; made tells that,
// because those who trusted the old one must trust the new one. The key is kept.
func OwnCertificate(folder, host string, now time.Time) (c *Certificate, made bool, err error) {
	certFile, keyFile := filepath.Join(folder, "tls.crt"), filepath.Join(folder, "tls.key")
	c, err = OpenCertificate(certFile, keyFile)
	if err == nil && c.Names(host) && now.Before(c.Expires().Add(-renew)) {
		return c, false, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, false, err
	}
	key, err := ownKey(keyFile)
	if err != nil {
		return nil, false, err
	}
	der, err := selfSigned(key, host, now)
	if err != nil {
		return nil, false, err
	}
	if err := put(certFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o644); err != nil {
		return nil, false, err
	}
	c, err = OpenCertificate(certFile, keyFile)
	return c, true, err
}

// ownKey reads the key in a file, or makes one.
func ownKey(name string) (*ecdsa.PrivateKey, error) {
	content, err := os.ReadFile(name)
	if err == nil {
		if block, _ := pem.Decode(content); block != nil {
			if parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
				if key, ok := parsed.(*ecdsa.PrivateKey); ok {
					return key, nil
				}
			}
		}
		return nil, fault.Invalid("%s is not a key that Paraph made", name).With("move it away, or name your own files with --cert and --key")
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, unreadable(name, err)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	return key, put(name, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600)
}

// selfSigned makes a certificate (RFC 5280) that vouches for one host and for
// no other certificate.
func selfSigned(key *ecdsa.PrivateKey, host string, now time.Time) ([]byte, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber:          serial,
		Subject:               pkix.Name{CommonName: "Paraph at " + host},
		NotBefore:             now.Add(-time.Hour),
		NotAfter:              now.Add(goodFor),
		KeyUsage:              x509.KeyUsageDigitalSignature,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
	}
	if ip := net.ParseIP(host); ip != nil {
		template.IPAddresses = []net.IP{ip}
	} else {
		template.DNSNames = []string{host}
	}
	return x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
}

// put writes a file whole or not at all.
func put(name string, content []byte, mode fs.FileMode) error {
	temp := name + ".new"
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err == nil {
		_, err = f.Write(content)
		err = errors.Join(err, f.Sync(), f.Close())
	}
	if err == nil {
		err = os.Rename(temp, name)
	}
	if err != nil {
		_ = os.Remove(temp) // it may never have been made
		return fault.Unavailable("%s cannot be written", name).With("look at the permissions and the room of its folder").Because(err)
	}
	return nil
}

func unreadable(name string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fault.NotFound("%s: no such file", name).Because(err)
	case errors.Is(err, fs.ErrPermission):
		return fault.Forbidden("%s may not be read", name).With("look at its permissions").Because(err)
	}
	return fault.Unavailable("%s cannot be read", name).Because(err)
}

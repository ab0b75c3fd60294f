package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

//go:embed all:dist
var dist embed.FS

// asset is one file made by web/bundle, as it is served: under a name that
// changes with its content, so that a browser may keep it for ever.
type asset struct {
	name   string // "app.css"
	kind   string // media type
	url    string // "/assets/app.css?v=…"
	plain  []byte
	packed []byte // gzip
}

// assets are the files of one build, by name.
type assets map[string]*asset

// built gives the files that were embedded, read once for all servers.
var built = sync.OnceValue(func() assets { return loadAssets(dist) })

// loadAssets reads what was embedded. It leaves out what it cannot serve: a
// server built without assets still serves every page, bare.
func loadAssets(files fs.FS) assets {
	found := assets{}
	names, err := fs.Glob(files, "dist/*.*")
	if err != nil {
		return found
	}
	for _, name := range names {
		kind := mime.TypeByExtension(path.Ext(name))
		if kind == "" || strings.HasPrefix(path.Base(name), ".") {
			continue
		}
		content, err := fs.ReadFile(files, name)
		if err != nil {
			continue
		}
		sum := sha256.Sum256(content)
		base := path.Base(name)
		found[base] = &asset{
			name: base, kind: kind, plain: content, packed: pack(content),
			url: "/assets/" + base + "?v=" + base64.RawURLEncoding.EncodeToString(sum[:9]),
		}
	}
	return found
}

func pack(content []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	_, _ = w.Write(content) // memory takes every write
	_ = w.Close()
	return b.Bytes()
}

// url gives where an asset is served; empty when it was not built.
func (a assets) url(name string) string {
	if f := a[name]; f != nil {
		return f.url
	}
	return ""
}

// Built tells whether style and script are embedded. A server built without
// them should say so when it starts.
func Built() bool {
	a := built()
	return a["app.css"] != nil && a["app.js"] != nil
}

func (s *Server) asset(w http.ResponseWriter, r *http.Request) {
	f := s.assets[r.PathValue("name")]
	if f == nil {
		s.notFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Vary", "Accept-Encoding")
	h.Set("Cache-Control", "no-cache")
	if r.URL.RequestURI() == f.url {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	content := f.plain
	if unpacks(r) {
		h.Set("Content-Encoding", "gzip")
		content = f.packed
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

package gate

import (
	"net/http"
	"strings"
	"testing"
)

func TestClientBehindAProxy(t *testing.T) {
	p, err := ParseProxy("x-forwarded-for", []string{"127.0.0.0/8", "10.0.0.7"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ said, want string }{
		{"203.0.113.9", "203.0.113.9"},
		{"198.51.100.1, 203.0.113.9", "203.0.113.9"}, // the first was said by the client
		{"198.51.100.1, 203.0.113.9, 10.0.0.7", "203.0.113.9"},
		{"[2001:db8::1]:4711", "2001:db8::1"},
		{"203.0.113.9:4711", "203.0.113.9"},
		{"::ffff:203.0.113.9", "203.0.113.9"},
		{"10.0.0.7", "10.0.0.7"},
		{"", ""},
		{"unknown", ""},
		{"203.0.113.9, unknown", ""},
	} {
		r := &http.Request{Header: http.Header{}}
		if c.said != "" {
			r.Header["X-Forwarded-For"] = strings.SplitN(c.said, " ", 2)
		}
		got, ok := p.client(r)
		if ok != (c.want != "") || ok && got.String() != c.want {
			t.Errorf("%q comes from %v, %v, not %s", c.said, got, ok, c.want)
		}
	}
}

func TestProxyThatCannotBe(t *testing.T) {
	for _, c := range []struct {
		header string
		from   []string
	}{{"", []string{"10.0.0.7"}}, {"X Forwarded", nil}, {"X-Real-Ip", []string{"proxy.example"}}} {
		if _, err := ParseProxy(c.header, c.from); err == nil {
			t.Errorf("%q from %v is a proxy", c.header, c.from)
		}
	}
}

func TestServingBehindAProxy(t *testing.T) {
	here, err := ParseProxy("X-Forwarded-For", nil)
	if err != nil {
		t.Fatal(err)
	}
	o := open(t, Options{Proxy: here, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(r.RemoteAddr + r.Header.Get("X-Forwarded-For")))
	})})
	r, err := http.NewRequest("GET", "http://"+o.at, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Forwarded-For", "203.0.113.9")
	answer, err := client(t, nil).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body := make([]byte, 100)
	n, _ := answer.Body.Read(body)
	if string(body[:n]) != "203.0.113.9:0" {
		t.Errorf("the handler sees %q", body[:n])
	}
	if status, _ := ask(t, client(t, nil), "GET", "http://"+o.at, ""); status != http.StatusBadRequest {
		t.Errorf("a proxy that does not say whom it speaks for gets %d", status)
	}

	elsewhere, err := ParseProxy("X-Forwarded-For", []string{"192.0.2.7"})
	if err != nil {
		t.Fatal(err)
	}
	o = open(t, Options{Proxy: elsewhere, Handler: hello})
	r.Host, r.URL.Host = o.at, o.at
	if answer, err := client(t, nil).Do(r); err == nil {
		answer.Body.Close()
		t.Error("a stranger speaks for others")
	}
}

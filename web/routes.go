package web

import "net/http"

// route is one line of the list below.
type route struct {
	pattern string
	look    look             // for a page
	act     http.HandlerFunc // for everything else
}

// routes lists all routes, in order. A page is one line here, one look, one
// templ file.
func (s *Server) routes() []route {
	return []route{
		{"GET /{$}", nil, s.processes},
		{"GET /assets/{name}", nil, s.asset},
		{"GET /live", nil, s.live},
		{"POST /sit", nil, s.sit},

		{"GET /p/{process}/{$}", seeGlance, nil},
		{"GET /p/{process}/text", seeRolling, nil},
		{"GET /p/{process}/versions", seeVersions, nil},
		{"GET /p/{process}/versions/{version}", seeVersion, nil},
		{"GET /p/{process}/clauses/{clause}", seeClause, nil},
		{"GET /p/{process}/compare", seeCompare, nil},
		{"GET /p/{process}/proposals", seeProposals, nil},
		{"GET /p/{process}/propose", seePropose, nil},
		{"GET /p/{process}/clauses/{clause}/position", seePosition, nil},
		{"GET /p/{process}/matrix", seeMatrix, nil},
		{"GET /p/{process}/convergence", seeConvergence, nil},
		{"GET /p/{process}/sittings", seeSittings, nil},
		{"GET /p/{process}/sittings/{sitting}", seeSitting, nil},
		{"GET /p/{process}/record", seeTimeline, nil},
		{"GET /p/{process}/conditions", seeConditions, nil},
		{"GET /p/{process}/messages", seeMessages, nil},

		{"POST /p/{process}/preview", nil, s.preview},
		{"POST /p/{process}/propose", nil, s.propose},
		{"POST /p/{process}/proposals/{proposal}/withdraw", nil, s.withdraw},
		{"POST /p/{process}/proposals/{proposal}/clear", nil, s.clear},
		{"POST /p/{process}/clauses/{clause}/position", nil, s.position},
		{"POST /p/{process}/messages", nil, s.send},
		{"POST /p/{process}/messages/{message}/carry", nil, s.carry},
		{"POST /p/{process}/messages/{message}/acknowledge", nil, s.acknowledge},
	}
}

// menu is the menu of a process: a page that belongs there is one line more.
var menu = []Entry{
	{"At a glance", ""},
	{"Text", "text"},
	{"Proposals", "proposals"},
	{"Matrix", "matrix"},
	{"Versions", "versions"},
	{"Compare", "compare"},
	{"Convergence", "convergence"},
	{"Sittings", "sittings"},
	{"Conditions", "conditions"},
	{"Messages", "messages"},
	{"Public record", "record"},
}

// routed makes one handler of all routes. The guard around it comes last, in New.
func (s *Server) routed() http.Handler {
	all := http.NewServeMux()
	s.pages = http.NewServeMux()
	for _, r := range s.routes() {
		if r.look == nil {
			all.HandleFunc(r.pattern, r.act)
			continue
		}
		h := s.page(r.look)
		all.Handle(r.pattern, h)
		s.pages.Handle(r.pattern, h)
	}
	all.HandleFunc("/", s.notFound)
	return all
}

// Patterns lists the patterns of all routes, in order: for those who test that
// each of them keeps what it should.
func (s *Server) Patterns() []string {
	var out []string
	for _, r := range s.routes() {
		out = append(out, r.pattern)
	}
	return out
}

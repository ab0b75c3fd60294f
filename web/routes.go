package web

import (
	"net/http"
	"slices"
)

// route is one line of the list below.
type route struct {
	pattern string
	look    look             // for a page
	act     http.HandlerFunc // for everything else
}

// routes lists all routes, in order. A page is one line here, one look, one
// templ file.
func (s *Server) routes() []route {
	outside := []route{
		{"GET /{$}", nil, s.processes},
		{"GET /assets/{name}", nil, s.asset},
		{"GET /live", nil, s.live},
	}
	if s.options.People == nil {
		return slices.Concat(outside, []route{{"POST /sit", nil, s.sit}}, s.atTable())
	}
	return slices.Concat(outside, s.doors(), s.atTable(), s.waysIn())
}

// doors are the routes of people, apart from any process.
func (s *Server) doors() []route {
	return []route{
		{"GET /sign-in", nil, s.signIn},
		{"POST /sign-in/first", nil, s.beginFirst},
		{"GET /sign-in/first", nil, s.finishFirst},
		{"POST /sign-out", nil, s.signOut},
		{"POST /passkey/begin", nil, s.beginPasskey},
		{"POST /passkey/finish", nil, s.finishPasskey},
		{"GET /invitation/{token}", nil, s.invitation},
		{"POST /invitation/{token}", nil, s.enter},
		{"POST /enrolment/accept", nil, s.accept},

		{"GET /account", nil, s.accountPage},
		{"GET /account/second", nil, s.second},
		{"POST /account/lost", nil, s.loseAll},
		{"POST /account/passkeys/{passkey}/lost", nil, s.losePasskey},
		{"POST /account/lock", nil, s.lock},
		{"POST /account/sessions/{session}/end", nil, s.endSession},
		{"POST /account/places/{process}/leave", nil, s.leavePlace},
		{"POST /account/tokens", nil, s.makeToken},
		{"POST /account/tokens/{token}/end", nil, s.endToken},
		{"POST /account/notices/{notice}/dismiss", nil, s.dismiss},

		{"GET /admin", nil, s.admin},
		{"POST /admin/people/{account}", nil, s.empower},
		{"POST /admin/people/{account}/close", nil, s.closeAccount},
		{"POST /admin/invitations", nil, s.inviteToMachine},
		{"POST /admin/invitations/{invitation}/withdraw", nil, s.withdrawFromMachine},

		{"GET /new", nil, s.convene},
		{"POST /new", nil, s.open},
	}
}

// waysIn are the routes by which people come to a table and leave it, where they
// have accounts.
func (s *Server) waysIn() []route {
	return []route{
		{"POST /p/{process}/people/{person}/invite", nil, s.invitePerson},
		{"POST /p/{process}/people/{person}/uninvite", nil, s.uninvite},
		{"POST /p/{process}/people/{person}/vouch", nil, s.vouch},
		{"POST /p/{process}/people/{person}/object", nil, s.object},
	}
}

// atTable are the routes of a process.
func (s *Server) atTable() []route {
	return []route{
		{"GET /p/{process}/{$}", seeGlance, nil},
		{"GET /p/{process}/text", seeRolling, nil},
		{"GET /p/{process}/versions", seeVersions, nil},
		{"GET /p/{process}/versions/new", seeIssue, nil},
		{"GET /p/{process}/versions/{version}", seeVersion, nil},
		{"GET /p/{process}/which", seeWhich, nil},
		{"GET /p/{process}/clauses/{clause}", seeClause, nil},
		{"GET /p/{process}/compare", seeCompare, nil},
		{"GET /p/{process}/proposals", seeProposals, nil},
		{"GET /p/{process}/propose", seePropose, nil},
		{"GET /p/{process}/import", seeImport, nil},
		{"GET /p/{process}/clauses/{clause}/position", seePosition, nil},
		{"GET /p/{process}/matrix", seeMatrix, nil},
		{"GET /p/{process}/convergence", seeConvergence, nil},
		{"GET /p/{process}/sittings", seeSittings, nil},
		{"GET /p/{process}/sittings/{sitting}", seeSitting, nil},
		{"GET /p/{process}/record", seeTimeline, nil},
		{"GET /p/{process}/conditions", seeConditions, nil},
		{"GET /p/{process}/messages", seeMessages, nil},
		{"GET /p/{process}/delegations", seeDelegations, nil},
		{"GET /p/{process}/bargain", seeBargain, nil},
		{"GET /p/{process}/bargain/issues", seeIssueMaking, nil},
		{"GET /p/{process}/bargain/preferences", seePreferences, nil},
		{"GET /p/{process}/bargain/preferences/review", seeReview, nil},
		{"GET /p/{process}/bargain/packages/new", seePackageNew, nil},
		{"GET /p/{process}/bargain/packages/{package}", seePackage, nil},
		{"GET /p/{process}/bargain/tests/new", seeTestNew, nil},
		{"GET /p/{process}/bargain/tests/{test}", seeTest, nil},
		{"GET /p/{process}/bargain/results", seeResults, nil},
		{"GET /p/{process}/papers", seePapers, nil},
		{"GET /p/{process}/papers/{paper}", nil, s.paper},

		{"POST /p/{process}/preview", nil, s.preview},
		{"POST /p/{process}/which", nil, s.which},
		{"POST /p/{process}/propose", nil, s.propose},
		{"POST /p/{process}/import", nil, s.bringBack},
		{"POST /p/{process}/import/table", nil, s.tableImported},
		{"POST /p/{process}/proposals/{proposal}/withdraw", nil, s.withdraw},
		{"POST /p/{process}/proposals/{proposal}/clear", nil, s.clear},
		{"POST /p/{process}/clauses/{clause}/position", nil, s.position},
		{"POST /p/{process}/messages", nil, s.send},
		{"POST /p/{process}/messages/{message}/carry", nil, s.carry},
		{"POST /p/{process}/messages/{message}/acknowledge", nil, s.acknowledge},
		{"POST /p/{process}/versions/new", nil, s.issue},
		{"POST /p/{process}/versions/preview", nil, s.previewIssue},
		{"POST /p/{process}/bargain/issues", nil, s.makeIssues},
		{"POST /p/{process}/bargain/issues/{issue}/drop", nil, s.dropIssue},
		{"POST /p/{process}/bargain/rules", nil, s.addRule},
		{"POST /p/{process}/bargain/rules/{rule}/drop", nil, s.dropRule},
		{"POST /p/{process}/bargain/preferences", nil, s.prefer},
		{"POST /p/{process}/bargain/lend", nil, s.lend},
		{"POST /p/{process}/bargain/revoke", nil, s.revoke},
		{"POST /p/{process}/bargain/packages", nil, s.tablePackage},
		{"POST /p/{process}/bargain/packages/{package}/amend", nil, s.amendPackage},
		{"POST /p/{process}/bargain/packages/{package}/withdraw", nil, s.withdrawPackage},
		{"POST /p/{process}/bargain/packages/{package}/respond", nil, s.respondPackage},
		{"POST /p/{process}/bargain/packages/{package}/text", nil, s.putPackage},
		{"POST /p/{process}/bargain/tests", nil, s.openTest},
		{"POST /p/{process}/bargain/tests/{test}/answer", nil, s.answerTest},
		{"POST /p/{process}/seats", nil, s.admit},
		{"POST /p/{process}/seats/suspend", nil, s.suspend},
		{"POST /p/{process}/seats/restore", nil, s.restore},
		{"POST /p/{process}/people", nil, s.accredit},
		{"POST /p/{process}/people/{person}/strike", nil, s.strike},
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
	{bargainSection, "bargain"},
	{"Sittings", "sittings"},
	{"Conditions", "conditions"},
	{"Messages", "messages"},
	{"Delegations", "delegations"},
	{"Public record", "record"},
	{"Documents", "papers"},
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

// Patterns lists the patterns of all routes, those for programs last: for those who test that
// each of them keeps what it should.
func (s *Server) Patterns() []string {
	var out []string
	for _, r := range s.routes() {
		out = append(out, r.pattern)
	}
	return append(out, s.api.Patterns()...)
}

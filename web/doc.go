// Package web serves the pages: routes, live events, the doors by which people
// come to a table, and the switch of seats of a demonstration.
//
// It may hold no truth of its own: what a page shows is what the desk lets a
// lens see, and what a form asks for is an act that the desk decides. A GET
// changes nothing. Everything works without script.
//
// Who asks is a session (caller.go) with a place at a table (sit.go); what needs a
// fresh passkey, and what becomes of a form, stands in forms.go.
//
// Read routes.go first: all routes stand there, in order. A page is a look
// (what it shows, made from a view of one lens) in a file named after it, with
// its templ file beside it; page.go says what a look gives, live.go how its
// fragments reach open pages. Templ files become Go by make generate.
package web

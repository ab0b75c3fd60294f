// Package api is the interface for programs: JSON over HTTP under /api/v1/, with
// an OpenAPI 3.1 document of itself.
//
// It shows what a page shows and does what a form does, through the same desk:
// what a lens may not read is absent here as there, byte for byte. It may hold
// no truth of its own, and it never writes a room's views as they are: what goes
// out are the structs of this package, whose names stay. Nothing that it answers
// counts, tags or pages over more than the lens reads.
//
// Who asks is the business of whoever mounts it (Options.Who). It takes no
// cookies, so no other site can make a browser act here.
//
// Read routes.go first: all routes stand there, each with what it takes and
// gives, and the document is made of that one list. answer.go is how a request
// is answered, decode.go what a body may be; client.go is the other end.
package api

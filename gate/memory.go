package gate

import (
	"os"
	"runtime/debug"
)

// What a program that serves holds to, as runtime/debug counts it.
const (
	growth    = 200       // by how much memory may grow between two collections, in percent
	mostInUse = 400 << 20 // from how many bytes on collections come sooner
)

// Spend has the program collect its garbage less often than Go's runtime does by
// itself, because what each act makes anew is much and soon gone, and more often
// when memory runs short. Who sets GOGC or GOMEMLIMIT decides instead.
func Spend() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(growth)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(mostInUse)
	}
}

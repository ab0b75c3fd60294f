//go:build race

package docx

// raced: the race detector makes everything many times slower, so what a document
// costs is not held to its bounds with it.
const raced = true

// Package draft holds the text as a value: parse, print, reading, compile,
// compare, count.
//
// It is pure: no input or output, no clock, no randomness. Read text.go first,
// for the model; then parse.go, which makes it; compile.go is the heart.
package draft

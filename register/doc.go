// Package register says which version a circulating copy is: exactly one, the
// nearest one and the words that differ, several alike, or none that it knows.
//
// A copy may be retyped, cut to a page, badly scanned, or come out of another
// program: case, quotation marks, hyphenation, line breaks, ligatures say
// nothing; numbers and heads of pages are set aside, and said to be. What is said to be exact
// is never guessed.
//
// Candidates are found by winnowed word shingles (Schleimer, Wilkerson and
// Aiken, Winnowing: local algorithms for document fingerprinting, SIGMOD 2003);
// the verdict is package draft's comparison of the copy with the part of the
// version that it covers.
//
// It is pure, and holds only what it is given: in a process, what one lens may
// see. Read register.go first, then which.go.
package register

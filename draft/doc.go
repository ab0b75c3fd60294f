// Package draft holds the text as a value: parse, print, reading, compile,
// compare, match, count.
//
// It is pure: no input or output, no clock, no randomness. Read text.go first,
// for the model; then parse.go, which makes it; compile.go is the heart.
//
// What is known of the problem and used here:
//
//   - Compiling is what textual scholars call collation. Variant graphs (Schmidt
//     and Colomb, A data structure for representing multi-version texts online,
//     2009; Haentjens Dekker and others, Computer-supported collation of modern
//     manuscripts: CollateX and the Beckett Digital Manuscript Project, 2015) gave
//     the model: each word stands once, with those who have it.
//   - The alignment of all submissions together is partial-order alignment (Lee,
//     Grasso and Sharlow, Multiple sequence alignment using partial order graphs,
//     2002), by dynamic programming with affine gaps (Needleman and Wunsch 1970;
//     Gotoh 1982) between rare sequences that both sides have (Cohen's patience
//     diff). The choice of brackets by what they cost a reader is Paraph's own.
//   - Comparing finds exact longest common subsequences: bit-parallel (Crochemore
//     and others 2001; Hyyrö 2004), with Hirschberg's halving (1975) where the
//     table would take too much room.
package draft

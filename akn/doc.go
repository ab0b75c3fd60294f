// Package akn writes a draft as Akoma Ntoso 1.0 (OASIS LegalDocML, schema
// akomantoso30.xsd), in the United Nations' profile AKN4UN, and reads it back.
//
// What Akoma Ntoso has a word for is said in its words: clauses with permanent
// ids, alternatives (alternativeTo), holders (refersTo), placeholders, notes,
// versions and languages (FRBR), changes (textualMod). What it has none for
// stands in attributes of Paraph's own name space: negotiation status, and how
// the notation was written where that cannot be derived, so that what is read
// back has the same characters.
//
// It is pure: no input or output, no clock, no randomness. It reads
// files of others with limits, refuses document types and so all entities, and
// lists with its line whatever it does not understand. Read document.go first, then write.go
// and write_tree.go; read.go is the way back.
package akn

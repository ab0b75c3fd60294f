//go:build !race

package docx

const raced = false

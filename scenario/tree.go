package scenario

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"
)

// node is a value of JSON or YAML with the line on which it stands: the same tree
// for both, with keys in their order and numbers as they are written.
type node struct {
	kind  nodeKind
	text  string  // of a scalar
	keys  []*node // of a mapping, beside items
	items []*node
	line  int
	name  bool // the scalar is quoted words, never a number or nothing
}

type nodeKind int

const (
	scalar nodeKind = iota
	mapping
	sequence
	nothing // null
)

// key gives the value of a key; nil when the mapping has none, or null.
func (n *node) key(name string) *node {
	if n == nil || n.kind != mapping {
		return nil
	}
	for i, k := range n.keys {
		if k.text == name && n.items[i].kind != nothing {
			return n.items[i]
		}
	}
	return nil
}

// words gives the text of a key's scalar; empty when there is none.
func (n *node) words(name string) string {
	if v := n.key(name); v != nil && v.kind == scalar {
		return v.text
	}
	return ""
}

// json parses JSON. A key that is said twice is an error: it is not told which
// of the two holds.
func (r *reader) json(data []byte) (*node, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	lines := lineCounter{data: data}
	tree, err := r.jsonValue(d, &lines, 0)
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, r.wrong(lines.at(d.InputOffset()), "something stands after the end").With("a file holds one value")
	}
	return tree, nil
}

func (r *reader) jsonValue(d *json.Decoder, lines *lineCounter, depth int) (*node, error) {
	token, err := d.Token()
	line := lines.at(d.InputOffset())
	if err != nil {
		if e, ok := errors.AsType[*json.SyntaxError](err); ok {
			return nil, r.wrong(lines.at(e.Offset), "is no JSON: %s", strings.TrimPrefix(e.Error(), "json: "))
		}
		return nil, r.wrong(line, "is no JSON: it ends too early")
	}
	if lines.nodes++; lines.nodes > maxNodes || depth > maxDepth {
		return nil, r.wrong(line, "is too large or too deep").With("at most %d values, %d deep", maxNodes, maxDepth)
	}
	n := &node{line: line}
	switch t := token.(type) {
	case nil:
		n.kind = nothing
	case bool:
		n.text = strconv.FormatBool(t)
	case json.Number:
		n.text = t.String()
	case string:
		n.text, n.name = t, true
	case json.Delim:
		n.kind = sequence
		if t == '{' {
			n.kind = mapping
		}
		return n, r.jsonInside(d, lines, n, depth)
	}
	return n, nil
}

// jsonInside reads what stands between the brackets of a mapping or a sequence.
func (r *reader) jsonInside(d *json.Decoder, lines *lineCounter, n *node, depth int) error {
	seen := map[string]bool{}
	for d.More() {
		if n.kind == mapping {
			k, err := r.jsonValue(d, lines, depth+1)
			if err != nil {
				return err
			}
			if seen[k.text] {
				return r.twice(k)
			}
			seen[k.text] = true
			n.keys = append(n.keys, k)
		}
		v, err := r.jsonValue(d, lines, depth+1)
		if err != nil {
			return err
		}
		n.items = append(n.items, v)
	}
	if _, err := d.Token(); err != nil {
		if e, ok := errors.AsType[*json.SyntaxError](err); ok {
			return r.wrong(lines.at(e.Offset), "is no JSON: %s", e.Error())
		}
		return r.wrong(lines.at(d.InputOffset()), "is no JSON: it ends too early")
	}
	return nil
}

func (r *reader) twice(k *node) error {
	return r.wrong(k.line, "%q is said twice", k.text).With("keep the one that holds")
}

// lineCounter tells the line of an offset; offsets come in rising order.
type lineCounter struct {
	data  []byte
	seen  int64
	lines int
	nodes int
}

func (c *lineCounter) at(offset int64) int {
	offset = min(offset, int64(len(c.data)))
	if offset > c.seen {
		c.lines += bytes.Count(c.data[c.seen:offset], []byte("\n"))
		c.seen = offset
	}
	return c.lines + 1
}

// yamlLine is how the YAML library says where something is wrong.
var yamlLine = regexp.MustCompile(`line (\d+)`)

// yaml parses one document of YAML. Aliases, which could multiply a file, are
// refused.
func (r *reader) yaml(data []byte) (*node, error) {
	var doc yaml.Node
	limits := loaderlimits.New(loaderlimits.DepthValue(maxDepth), loaderlimits.AliasValue(0))
	if err := yaml.Load(data, &doc, yaml.WithPlugin(limits)); err != nil {
		line := 0
		if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
			line, _ = strconv.Atoi(m[1])
		}
		return nil, r.wrong(line, "is neither XML, nor JSON, nor YAML").With(forms).Because(err)
	}
	nodes := 0
	return r.yamlNode(&doc, &nodes, 0)
}

func (r *reader) yamlNode(y *yaml.Node, nodes *int, depth int) (*node, error) {
	n := &node{line: y.Line}
	if *nodes++; *nodes > maxNodes || depth > maxDepth {
		return nil, r.wrong(y.Line, "is too large or too deep").With("at most %d values, %d deep", maxNodes, maxDepth)
	}
	switch y.Kind {
	case yaml.DocumentNode:
		if len(y.Content) != 1 {
			return nil, r.wrong(y.Line, "holds no value")
		}
		return r.yamlNode(y.Content[0], nodes, depth)
	case yaml.ScalarNode:
		n.text, n.name = y.Value, y.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0
		if y.ShortTag() == "!!null" {
			n.kind = nothing
		}
		return n, nil
	case yaml.MappingNode:
		n.kind = mapping
	case yaml.SequenceNode:
		n.kind = sequence
	default:
		return nil, r.wrong(y.Line, "refers to another place (*%s)", y.Value).With("write the value out")
	}
	seen := map[string]bool{}
	for i, c := range y.Content {
		v, err := r.yamlNode(c, nodes, depth+1)
		if err != nil {
			return nil, err
		}
		if n.kind == sequence || i%2 == 1 {
			n.items = append(n.items, v)
			continue
		}
		if seen[v.text] && v.kind == scalar {
			return nil, r.twice(v)
		}
		seen[v.text] = true
		n.keys = append(n.keys, v)
	}
	return n, nil
}

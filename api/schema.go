package api

import (
	"reflect"
	"strings"
	"time"

	"paraph/bargain"
	"paraph/consent"
	"paraph/draft"
	"paraph/fault"
	"paraph/papers"
	"paraph/press"
	"paraph/process"
	"paraph/record"
	"paraph/register"
	"paraph/sitting"
	"paraph/text"
)

// object is a JSON object in the making; its names are sorted when it is written.
type object = map[string]any

// schemas are the JSON Schemas (draft 2020-12) of this package's structs, made
// from the structs themselves: the field's tag "about" is its description.
type schemas object

// values lists the values of the types that have a closed list of them.
var values = map[reflect.Type][]string{
	reflect.TypeFor[record.Role]():      {"", string(record.Chair), string(record.Party), string(record.Observer), string(record.Keeper)},
	reflect.TypeFor[record.Capacity]():  {string(record.Head), string(record.Member), string(record.Adviser), string(record.Interpreter), string(record.NoteTaker)},
	reflect.TypeFor[process.Regime]():   {string(process.OnTheRecord), string(process.WithoutPrejudice), string(process.OffTheRecord)},
	reflect.TypeFor[text.Class]():       words(text.Classes()),
	reflect.TypeFor[text.Kind]():        {string(text.Amend), string(text.Insert), string(text.Delete), string(text.Move)},
	reflect.TypeFor[text.Status]():      {string(text.Live), string(text.Withdrawn), string(text.Replaced)},
	reflect.TypeFor[consent.Position](): words(consent.Positions()),
	reflect.TypeFor[consent.Level]():    words(consent.Levels()),
	reflect.TypeFor[sitting.Kind](): {
		string(sitting.Plenary), string(sitting.Informals), string(sitting.Caucus), string(sitting.Bilateral), string(sitting.Proximity), string(sitting.Consultation),
	},
	reflect.TypeFor[sitting.Standing](): words(sitting.Standings()),
	reflect.TypeFor[press.Kind]():       {string(press.Statement), string(press.ReadOut), string(press.Line), string(press.JointStatement)},
	reflect.TypeFor[press.Standing]():   words(press.Standings()),
	reflect.TypeFor[papers.Kind]():      words(papers.Kinds()),
	reflect.TypeFor[papers.Form]():      words(papers.Forms()),
	reflect.TypeFor[draft.Verb]():       {string(draft.Proposes), string(draft.Supports), string(draft.Opposes), string(draft.Reserves)},
	reflect.TypeFor[draft.Op]():         {string(draft.Keep), string(draft.Cut), string(draft.Add)},
	reflect.TypeFor[draft.ChangeKind](): {
		string(draft.Same), string(draft.Changed), string(draft.Moved), string(draft.MovedChanged), string(draft.Inserted), string(draft.Deleted),
		string(draft.Renumbered), string(draft.Merged), string(draft.Split),
	},
	reflect.TypeFor[register.Verdict]():  {string(register.Exact), string(register.Nearest), string(register.Alike), string(register.Unknown)},
	reflect.TypeFor[bargain.Standing]():  {string(bargain.Stands), string(bargain.Lapsed), string(bargain.Dropped)},
	reflect.TypeFor[bargain.Status]():    {string(bargain.Tabled), string(bargain.Settled), string(bargain.Declined), string(bargain.Void), string(bargain.Withdrawn)},
	reflect.TypeFor[bargain.Response]():  {string(bargain.Accept), string(bargain.Decline)},
	reflect.TypeFor[bargain.OwnAnswer](): {string(bargain.Yes), string(bargain.No)},
	reflect.TypeFor[bargain.Stage](): {
		string(bargain.Joining), string(bargain.Answering), string(bargain.Opening), string(bargain.Passed), string(bargain.NotPassed), string(bargain.Voided),
	},
	reflect.TypeFor[fault.Kind](): {
		string(fault.KindInvalid), string(fault.KindNotFound), string(fault.KindConflict), string(fault.KindForbidden), string(fault.KindUnavailable), string(fault.KindInternal),
	},
}

// patterns give the form of the types that have one (ECMA-262).
var patterns = map[reflect.Type]string{
	reflect.TypeFor[record.Audience]():  `^(public|plenary|parties|(offices|internal):[^:+]+|bilateral:[^:+]+(\+[^:+]+)+)$`,
	reflect.TypeFor[record.ProcessID](): `^[a-z0-9-]{1,64}$`,
}

func words[S ~string](in []S) []string { return each(in, func(s S) string { return string(s) }) }

// of gives the schema of a value: a reference to it for a struct.
func (s schemas) of(t reflect.Type) object {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return object{"type": "string", "format": "date-time", "description": "UTC."}
	case values[t] != nil:
		return object{"type": "string", "enum": values[t]}
	case patterns[t] != "":
		return object{"type": "string", "pattern": patterns[t]}
	}
	switch t.Kind() {
	case reflect.String:
		return object{"type": "string"}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int, reflect.Uint64:
		return object{"type": "integer"}
	case reflect.Float64:
		return object{"type": "number"}
	case reflect.Slice:
		return object{"type": "array", "items": s.of(t.Elem())}
	case reflect.Pointer:
		if t.Elem().Kind() == reflect.Int {
			return object{"type": []string{"integer", "null"}}
		}
		return s.of(t.Elem())
	case reflect.Struct:
		if s[t.Name()] == nil {
			s[t.Name()] = object{} // stands while its fields are made: a struct may hold itself
			s[t.Name()] = s.object(t)
		}
		return object{"$ref": "#/components/schemas/" + t.Name()}
	}
	panic("api: no schema for " + t.String())
}

// object gives the schema of a struct. It says nothing of fields that it does
// not have: they may come.
func (s schemas) object(t reflect.Type) object {
	properties, required := object{}, []string{}
	s.fields(t, properties, &required)
	out := object{"type": "object", "properties": properties}
	if len(required) > 0 {
		out["required"] = required
	}
	return out
}

func (s schemas) fields(t reflect.Type, properties object, required *[]string) {
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			s.fields(f.Type, properties, required)
			continue
		}
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		field := s.of(f.Type)
		if about := f.Tag.Get("about"); about != "" {
			field["description"] = about
		}
		properties[name] = field
		if options == "" {
			*required = append(*required, name)
		}
	}
}

// closed makes the schema of a body: of what it does not know, nothing is taken.
func (s schemas) closed(t reflect.Type) object {
	ref := s.of(t)
	if o, ok := s[t.Name()].(object); ok {
		o["additionalProperties"] = false
	}
	return ref
}

package arch

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
)

// source is one Go file that is not a test, with the folder it lies in.
type source struct {
	dir  string // e.g. internal/org
	name string // e.g. internal/org/agency.go
	file *ast.File
	set  *token.FileSet
	text string
}

func parse(name, text string) (source, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, text, parser.ParseComments)
	return source{dir: path.Dir(name), name: name, file: file, set: set, text: text}, err
}

// readModule parses every Go file of the module that is not a test.
func readModule(root string) (sources []source, err error) {
	module := os.DirFS(root)
	err = fs.WalkDir(module, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (strings.HasPrefix(entry.Name(), ".") && name != "." || entry.Name() == "node_modules" || entry.Name() == "data"):
			return fs.SkipDir
		case entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		text, err := fs.ReadFile(module, name)
		if err != nil {
			return err
		}
		parsed, err := parse(name, string(text))
		sources = append(sources, parsed)
		return err
	})
	return sources, err
}

func (s source) at(node ast.Node, format string, args ...any) string {
	return fmt.Sprintf("%s:%d: %s", s.name, s.set.Position(node.Pos()).Line, fmt.Sprintf(format, args...))
}

// imports lists the import paths of a file.
func (s source) imports() map[string]*ast.ImportSpec {
	list := map[string]*ast.ImportSpec{}
	for _, spec := range s.file.Imports {
		if name, err := strconv.Unquote(spec.Path.Value); err == nil {
			list[name] = spec
		}
	}
	return list
}

func words(text string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(text) {
		set[word] = true
	}
	return set
}

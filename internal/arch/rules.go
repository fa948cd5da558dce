package arch

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strings"
)

// importFaults finds imports that neither table allows.
func importFaults(s source) (faults []string) {
	own, third := words(mayImport[s.dir]), mayImportTop[s.dir]
	_, known := mayImport[s.dir]
	_, knownTop := mayImportTop[s.dir]
	if !known && !knownTop && s.dir != "api" {
		return []string{s.name + ": the package is not in the import table"}
	}
	for name, spec := range s.imports() {
		if ours, ok := strings.CutPrefix(name, "gaung/"); ok {
			inside, isInternal := strings.CutPrefix(ours, "internal/")
			if s.dir != "api" && !(isInternal && own[inside]) && !words(third)[ours] {
				faults = append(faults, s.at(spec, "%s may not import %s", s.dir, ours))
			}
			continue
		}
		for prefix, users := range thirdParty {
			if strings.HasPrefix(name, prefix) && !words(users)[s.dir] {
				faults = append(faults, s.at(spec, "%s may not import %s", s.dir, name))
			}
		}
	}
	return faults
}

var writes = regexp.MustCompile(`(?i)\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|COPY|TRUNCATE)\s+(?:ONLY\s+)?([a-z_]+)\b`)

// writtenTables finds the tables that a piece of SQL writes. "FOR UPDATE OF" and "DO UPDATE SET" are
// not tables.
func writtenTables(sql string) (tables []string) {
	for _, found := range writes.FindAllStringSubmatch(sql, -1) {
		if word := strings.ToLower(found[1]); word != "set" && word != "of" && word != "only" {
			tables = append(tables, word)
		}
	}
	return tables
}

// ownershipFaults finds writes to another package's table, in SQL and in db.Insert.
func ownershipFaults(s source) (faults []string) {
	ast.Inspect(s.file, func(node ast.Node) bool {
		var tables []string
		switch n := node.(type) {
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				tables = writtenTables(n.Value)
			}
		case *ast.CallExpr:
			if calls(n, "db", "Insert") && len(n.Args) > 2 {
				if literal, ok := n.Args[2].(*ast.BasicLit); ok {
					tables = []string{strings.Trim(literal.Value, `"`)}
				}
			}
		}
		for _, table := range tables {
			if owner, known := tableOwner[table]; known && owner != s.dir {
				faults = append(faults, s.at(node, "%s writes %s, which belongs to %s", s.dir, table, owner))
			}
		}
		return true
	})
	return faults
}

func calls(call *ast.CallExpr, on string, names ...string) bool {
	fun := call.Fun
	if generic, ok := fun.(*ast.IndexExpr); ok {
		fun = generic.X
	}
	selector, ok := fun.(*ast.SelectorExpr)
	if !ok || !slices.Contains(names, selector.Sel.Name) {
		return false
	}
	if on == "" {
		return true
	}
	name, ok := selector.X.(*ast.Ident)
	return ok && name.Name == on
}

// mustBeChecked tells whether a call's error may never be dropped.
func mustBeChecked(call *ast.CallExpr) bool {
	return calls(call, "db", "Exec", "Get", "All", "Insert") || calls(call, "", "WriteTx", "EnqueueTx", "EnqueueAtTx", "Tx")
}

// droppedErrors finds database calls whose error goes nowhere, and any error that is put into the blank
// identifier without a comment that says why.
func droppedErrors(s source) (faults []string) {
	lines := strings.Split(s.text, "\n")
	ast.Inspect(s.file, func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.ExprStmt:
			if call, ok := n.X.(*ast.CallExpr); ok && mustBeChecked(call) {
				faults = append(faults, s.at(n, "the error of a database call is dropped"))
			}
		case *ast.AssignStmt:
			if !endsBlank(n) {
				break
			}
			call, ok := n.Rhs[0].(*ast.CallExpr)
			if ok && mustBeChecked(call) {
				faults = append(faults, s.at(n, "the error of a database call is dropped"))
			} else if line := lines[s.set.Position(n.Pos()).Line-1]; ok && allBlank(n) && !strings.Contains(line, "//") {
				faults = append(faults, s.at(n, "an error is dropped without a comment that says why"))
			}
		}
		return true
	})
	return faults
}

func endsBlank(n *ast.AssignStmt) bool {
	name, ok := n.Lhs[len(n.Lhs)-1].(*ast.Ident)
	return ok && name.Name == "_"
}

func allBlank(n *ast.AssignStmt) bool {
	for _, left := range n.Lhs {
		if name, ok := left.(*ast.Ident); !ok || name.Name != "_" {
			return false
		}
	}
	return true
}

// outerHandles finds uses of the pool inside a transaction: it would take a second connection.
func outerHandles(s source) (faults []string) {
	ast.Inspect(s.file, func(node ast.Node) bool {
		call, ok := node.(*ast.CallExpr)
		if !ok || !calls(call, "", "Tx") {
			return true
		}
		for _, argument := range call.Args {
			work, ok := argument.(*ast.FuncLit)
			if !ok {
				continue
			}
			ast.Inspect(work.Body, func(inside ast.Node) bool {
				if selector, ok := inside.(*ast.SelectorExpr); ok && selector.Sel.Name == "db" {
					faults = append(faults, s.at(inside, "the pool is used inside a transaction"))
				}
				return true
			})
		}
		return true
	})
	return faults
}

// packageState finds variables that change and init functions. Tables, patterns, errors and embedded
// files are constants in all but name.
func packageState(s source) (faults []string) {
	for _, declaration := range s.file.Decls {
		switch d := declaration.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil && d.Name.Name == "init" {
				faults = append(faults, s.at(d, "init is not allowed"))
			}
		case *ast.GenDecl:
			if d.Tok != token.VAR || s.dir == "internal/testdb" { // a test process shares one server
				continue
			}
			for _, spec := range d.Specs {
				if v := spec.(*ast.ValueSpec); len(v.Values) == 0 && !embedded(d, v) {
					faults = append(faults, s.at(v, "package state: %s", v.Names[0].Name))
				}
			}
		}
	}
	return faults
}

func embedded(d *ast.GenDecl, v *ast.ValueSpec) bool {
	for _, doc := range []*ast.CommentGroup{d.Doc, v.Doc} {
		if doc == nil {
			continue
		}
		for _, comment := range doc.List {
			if strings.HasPrefix(comment.Text, "//go:embed ") {
				return true
			}
		}
	}
	return false
}

// readsWithoutActor finds exported methods of a Service that answer data and take no actor.
func readsWithoutActor(s source) (faults []string) {
	for _, declaration := range s.file.Decls {
		method, ok := declaration.(*ast.FuncDecl)
		if !ok || method.Recv == nil || !method.Name.IsExported() || !strings.HasPrefix(s.dir, "internal/") {
			continue
		}
		receiver, ok := method.Recv.List[0].Type.(*ast.StarExpr)
		if !ok {
			continue
		}
		name, ok := receiver.X.(*ast.Ident)
		if !ok || name.Name != "Service" || !takes(method, "context.Context") || answers(method) < 2 || takes(method, "org.Actor") || takes(method, "Actor") {
			continue
		}
		full := s.file.Name.Name + ".Service." + method.Name.Name
		if actorless[full] == "" {
			faults = append(faults, s.at(method, "%s answers data and takes no actor", full))
		}
	}
	return faults
}

func answers(method *ast.FuncDecl) int {
	if method.Type.Results == nil {
		return 0
	}
	return method.Type.Results.NumFields()
}

func takes(method *ast.FuncDecl, kind string) bool {
	for _, field := range method.Type.Params.List {
		switch t := field.Type.(type) {
		case *ast.SelectorExpr:
			if name, ok := t.X.(*ast.Ident); ok && name.Name+"."+t.Sel.Name == kind {
				return true
			}
		case *ast.Ident:
			if t.Name == kind {
				return true
			}
		}
	}
	return false
}

// The sizes of the house.
const (
	longestFile     = 400
	longestFunction = 60
	longestHandler  = 25
	mostExported    = 40
)

// sizeFaults finds files, functions and handlers that have grown past their size.
func sizeFaults(s source) (faults []string) {
	if lines := strings.Count(s.text, "\n"); lines > longestFile {
		faults = append(faults, s.at(s.file, "%d lines: more than %d", lines, longestFile))
	}
	for _, declaration := range s.file.Decls {
		f, ok := declaration.(*ast.FuncDecl)
		if !ok || f.Name.Name == "routes" { // the route table is one long list on purpose
			continue
		}
		lines := s.set.Position(f.End()).Line - s.set.Position(f.Pos()).Line + 1
		limit := longestFunction
		if s.dir == "api/server" && takes(f, "context.Context") && answers(f) == 2 {
			limit = longestHandler
		}
		if lines > limit {
			faults = append(faults, s.at(f, "%s has %d lines: more than %d", f.Name.Name, lines, limit))
		}
	}
	return faults
}

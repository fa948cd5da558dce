package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The command line goes the same way as the console: faults by line and a failure, or counts.
func TestImportCommand(t *testing.T) {
	t.Parallel()
	env := demoEnv(t)
	getenv := func(name string) string { return env[name] }
	call := func(args ...string) (string, error) {
		var out bytes.Buffer
		err := run(t.Context(), args, getenv, strings.NewReader(""), &out)
		return out.String(), err
	}
	path := filepath.Join(t.TempDir(), "pegawai.csv")
	write := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("NIP;Nama;Kode Unit\n198703142011012901;Siti;99-DINKES-01\n19920821201903190;Budi;99-DINKES-01\n")
	if out, err := call("import", "--agency", "99-DINKES", "--file", path); err == nil || !strings.Contains(out, "baris 3, nip") || strings.Contains(out, "19920821") {
		t.Errorf("faults: %v %s", err, out)
	}
	write("NIP;Nama;Kode Unit\n198703142011012901;Siti;99-DINKES-01\n")
	for _, c := range []struct{ args, want string }{{"--dry-run", "1 bergabung"}, {"", "1 bergabung"}, {"", "0 bergabung, 0 pindah, 1 tetap"}} {
		out, err := call(append([]string{"import", "--agency", "99-DINKES", "--file", path}, strings.Fields(c.args)...)...)
		if err != nil || !strings.Contains(out, c.want) {
			t.Errorf("%q: %v %s", c.args, err, out)
		}
	}
	if _, err := call("import", "--agency", "TIDAK-ADA", "--file", path); err == nil {
		t.Error("an agency that is none")
	}
}

package user

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"gaung/internal/errs"
)

// Bounds of a roster file.
const (
	RosterBytes  = 32 << 20
	mostRows     = 100_000
	mostUnzipped = 256 << 20 // all parts of a workbook together; sheets lie in a file, not in memory
	mostTexts    = 32 << 20  // the table of texts, which cells point into
	longestText  = 32 << 10  // one text with its markup: every cell that points at it holds a copy
	longestCell  = 8 << 20   // a cell with its text, or a stretch of empty rows
	mostHeld     = 16 << 20  // parts of a workbook that are no sheet: those are held in memory
	sheetHeld    = 1 << 20   // a sheet or text table above this lies in a temporary file
)

// sheetRow is one line of a file that is not empty.
type sheetRow struct {
	line  int
	cells []string
	dates []string // the cells as they are stored, where a date would be written in some local way
	fault string   // the line cannot be read; the reason is for the person
}

// sheet reads a file line by line. next answers io.EOF at the end.
type sheet interface {
	next() (sheetRow, error)
	done() int // how much of the file was read, in percent; 0 where that is not known
	close() error
}

// openSheet recognises what a file is. The folder takes the temporary files of a workbook.
func openSheet(file *os.File, dir string) (sheet, string, error) {
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, "", err
	}
	head := make([]byte, 8)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, "", err
	}
	head = head[:n]
	switch {
	case n == 0:
		return nil, "", unreadableFile("Berkas kosong. Pilih berkas yang berisi daftar pegawai.")
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		s, err := openWorkbook(file, size, dir)
		return s, "xlsx", err
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		return nil, "", unreadableFile("Berkas Excel lama (.xls) atau berkata sandi tidak dapat dibaca. Simpan sebagai .xlsx tanpa kata sandi, atau CSV.")
	}
	s, err := openCSV(file, size)
	return s, "csv", err
}

func unreadableFile(message string, args ...any) *errs.Error {
	return errs.InvalidField("file", message, args...)
}

type csvSheet struct {
	reader *csv.Reader
	file   *os.File
	size   int64
}

func openCSV(file *os.File, size int64) (*csvSheet, error) {
	decoder, err := textOf(file)
	if err != nil {
		return nil, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	text := bufio.NewReaderSize(transform.NewReader(file, decoder), 64<<10)
	sample, err := text.Peek(32 << 10)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if bytes.ContainsRune(sample, 0) {
		return nil, unreadableFile("Berkas ini bukan CSV atau XLSX. Simpan daftar pegawai sebagai salah satunya.")
	}
	r := csv.NewReader(text)
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = delimiterOf(string(sample)), -1, true
	return &csvSheet{r, file, size}, nil
}

// textOf finds a file's encoding: UTF-8 or UTF-16 by their marks, UTF-8 by its form, else Windows-1252,
// which is what Excel calls CSV.
func textOf(file *os.File) (transform.Transformer, error) {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	r := bufio.NewReaderSize(file, 256<<10)
	mark, err := r.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(mark, []byte{0xff, 0xfe}), len(mark) == 4 && mark[0] != 0 && mark[1] == 0 && mark[3] == 0:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder(), nil
	case bytes.HasPrefix(mark, []byte{0xfe, 0xff}), len(mark) == 4 && mark[0] == 0 && mark[1] != 0 && mark[2] == 0:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder(), nil
	}
	whole, err := isUTF8(r)
	if err != nil || !whole {
		return charmap.Windows1252.NewDecoder(), err
	}
	return unicode.UTF8BOM.NewDecoder(), nil
}

func isUTF8(r io.Reader) (bool, error) {
	buffer, kept := make([]byte, 256<<10), 0
	for {
		n, err := r.Read(buffer[kept:])
		part := buffer[:kept+n]
		for len(part) > 0 {
			char, size := utf8.DecodeRune(part)
			if char == utf8.RuneError && size == 1 {
				if err == nil && !utf8.FullRune(part) {
					break // the letter goes on in the next piece
				}
				return false, nil
			}
			part = part[size:]
		}
		kept = copy(buffer, part)
		if errors.Is(err, io.EOF) {
			return kept == 0, nil
		}
		if err != nil {
			return false, err
		}
	}
}

// delimiterOf is the sign that parts the first lines into the most cells, outside of quotes.
func delimiterOf(sample string) rune {
	first, _, _ := strings.Cut(sample, "\n")
	if told, ok := strings.CutPrefix(strings.ToLower(strings.TrimRight(first, "\r")), "sep="); ok && len(told) == 1 && strings.Contains(",;\t|", told) {
		return rune(told[0])
	}
	best, most := ',', 0
	for _, sign := range ",;\t" {
		found, quoted, lines := 0, false, 0
		for _, r := range sample {
			switch {
			case r == '"':
				quoted = !quoted
			case r == '\n' && !quoted:
				lines++
			case r == sign && !quoted:
				found++
			}
			if lines == 20 {
				break
			}
		}
		if found > most {
			best, most = sign, found
		}
	}
	return best
}

func (s *csvSheet) next() (sheetRow, error) {
	for {
		cells, err := s.reader.Read()
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			return sheetRow{line: broken.StartLine, fault: "Tanda kutip (\") tidak ditutup atau ditulis di tengah isian. Perbaiki tanda kutip pada baris ini."}, nil
		}
		if err != nil {
			return sheetRow{}, err
		}
		line, _ := s.reader.FieldPos(0)
		if !blank(cells) {
			return sheetRow{line: line, cells: cells, dates: cells}, nil
		}
	}
}

func (s *csvSheet) done() int {
	at, err := s.file.Seek(0, io.SeekCurrent)
	if err != nil || s.size == 0 {
		return 0
	}
	return int(at * 100 / s.size)
}

func (*csvSheet) close() error { return nil }

func blank(cells []string) bool {
	for _, cell := range cells {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}

// workbook reads the first sheet as it is shown, and beside it as it is stored: shown, a number that
// should be a NIP gives itself away as 1.98703E+17; stored, a date is a plain number.
type workbook struct {
	file          *excelize.File
	shown, stored *excelize.Rows
	line          int
	dir           string
}

func openWorkbook(file *os.File, size int64, dir string) (sheet, error) {
	if err := checkParts(file, size); err != nil {
		return nil, err
	}
	temporary, err := os.MkdirTemp(dir, "sheet-")
	if err != nil {
		return nil, err
	}
	w := &workbook{dir: temporary}
	if err := w.open(io.NewSectionReader(file, 0, size)); err != nil {
		return nil, errors.Join(unreadableFile("Berkas Excel ini tidak dapat dibaca. Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi.").Because(err), w.close())
	}
	return w, nil
}

func (w *workbook) open(from io.Reader) (err error) {
	w.file, err = excelize.OpenReader(from, excelize.Options{TmpDir: w.dir, UnzipSizeLimit: mostUnzipped, UnzipXMLSizeLimit: sheetHeld})
	if err != nil {
		return err
	}
	names := w.file.GetSheetList()
	if len(names) == 0 {
		return errors.New("no sheet")
	}
	if w.shown, err = w.file.Rows(names[0]); err == nil {
		w.stored, err = w.file.Rows(names[0])
	}
	return err
}

// checkParts refuses a workbook that would unpack into too much, before anything is unpacked.
func checkParts(file io.ReaderAt, size int64) error {
	parts, err := zip.NewReader(file, size)
	if err != nil {
		return unreadableFile("Berkas Excel ini rusak. Simpan ulang sebagai .xlsx, lalu unggah lagi.")
	}
	var all, held uint64
	for _, part := range parts.File {
		all += part.UncompressedSize64
		name := strings.ToLower(strings.ReplaceAll(part.Name, `\`, "/"))
		if !strings.HasPrefix(name, "xl/worksheets/sheet") && name != "xl/sharedstrings.xml" {
			held += part.UncompressedSize64
		}
		if all > mostUnzipped || held > mostHeld {
			return unreadableFile("Berkas Excel ini terlalu besar setelah dibuka. Sisakan satu lembar berisi daftar pegawai, tanpa gambar.")
		}
		switch {
		case name == "xl/sharedstrings.xml" && part.UncompressedSize64 > mostTexts:
			return longText()
		case name == "xl/sharedstrings.xml":
			err = checkStretches(part, longestText, "si>")
		case strings.HasPrefix(name, "xl/worksheets/sheet"):
			err = checkStretches(part, longestCell, "c>", "row>")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func longText() error {
	return unreadableFile("Berkas Excel ini memuat teks yang terlalu panjang. Sisakan satu lembar berisi daftar pegawai saja.")
}

// checkStretches refuses a part in which so many bytes come without one of the marks.
func checkStretches(part *zip.File, most int, marks ...string) error {
	if part.UncompressedSize64 <= uint64(most) {
		return nil
	}
	r, err := part.Open()
	if err != nil {
		return longText()
	}
	defer r.Close()
	piece, stretch := make([]byte, 64<<10), 0
	for {
		n, err := io.ReadFull(r, piece)
		last := -1
		for _, mark := range marks {
			last = max(last, bytes.LastIndex(piece[:n], []byte(mark)))
		}
		if stretch += n; last >= 0 {
			stretch = n - last
		}
		switch {
		case stretch > most+len(piece):
			return longText()
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return nil
		case err != nil:
			return unreadableFile("Berkas Excel ini rusak. Simpan ulang sebagai .xlsx, lalu unggah lagi.").Because(err)
		}
	}
}

func (w *workbook) next() (sheetRow, error) {
	for w.shown.Next() && w.stored.Next() {
		w.line++
		shown, err := w.shown.Columns()
		stored, storedErr := w.stored.Columns(excelize.Options{RawCellValue: true})
		if err = errors.Join(err, storedErr); err != nil {
			return sheetRow{}, unreadableFile("Lembar Excel rusak di sekitar baris %d. Simpan ulang sebagai .xlsx, lalu unggah lagi.", w.line).Because(err)
		}
		if len(shown) > mostWide {
			return sheetRow{}, tooWide()
		}
		if !blank(shown) {
			return sheetRow{line: w.line, cells: shown, dates: stored}, nil
		}
		if w.line > 4*mostRows {
			break
		}
	}
	if err := errors.Join(w.shown.Error(), w.stored.Error()); err != nil {
		return sheetRow{}, unreadableFile("Lembar Excel rusak di sekitar baris %d. Simpan ulang sebagai .xlsx, lalu unggah lagi.", w.line).Because(err)
	}
	return sheetRow{}, io.EOF
}

func (*workbook) done() int { return 0 }

func (w *workbook) close() (err error) {
	for _, rows := range []*excelize.Rows{w.shown, w.stored} {
		if rows != nil {
			err = errors.Join(err, rows.Close())
		}
	}
	if w.file != nil {
		err = errors.Join(err, w.file.Close())
	}
	return errors.Join(err, os.RemoveAll(w.dir))
}

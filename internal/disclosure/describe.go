package disclosure

// Package describes the open data files by the Data Package standard (specs.frictionlessdata.io, version 1), so that
// programs and people know what each column means.
type Package struct {
	Profile     string     `json:"profile"`
	Name        string     `json:"name"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	Homepage    string     `json:"homepage"`
	Licenses    []License  `json:"licenses"`
	Resources   []Resource `json:"resources"`
}

// License says what others may do with the data.
type License struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	Path  string `json:"path"`
}

// Resource is one file.
type Resource struct {
	Profile     string  `json:"profile"`
	Name        string  `json:"name"`
	Path        string  `json:"path"`
	Title       string  `json:"title"`
	Description string  `json:"description"`
	Format      string  `json:"format"`
	Mediatype   string  `json:"mediatype"`
	Encoding    string  `json:"encoding"`
	Schema      Columns `json:"schema"`
}

// Columns are what a file's lines are made of.
type Columns struct {
	Fields        []Field  `json:"fields"`
	PrimaryKey    []string `json:"primaryKey"`
	MissingValues []string `json:"missingValues"`
}

// Field is a column.
type Field struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	Description string `json:"description"`
}

var entryFields = []Field{
	{"id", "integer", "Nomor konten"},
	{"slug", "string", "Halaman publiknya: /k/{slug}"},
	{"title", "string", "Judul"},
	{"kind", "string", "Jenis konten"},
	{"topic", "string", "Topik"},
	{"office", "string", "Instansi yang menerbitkan dan meminta"},
	{"published_at", "datetime", "Sejak kapan diminta (UTC)"},
	{"ends_at", "datetime", "Sampai kapan diminta (UTC); kosong: tanpa batas"},
	{"state", "string", "live: masih diminta; ended: berakhir; recalled: ditarik"},
	{"recalled_at", "datetime", "Kapan ditarik (UTC)"},
	{"recall_reason", "string", "Alasan penarikan"},
	{"mandate_number", "string", "Nomor surat mandat; kosong: sukarela sejak awal"},
	{"mandate_date", "date", "Tanggal surat mandat"},
	{"mandate_basis", "string", "Dasar hukum mandat"},
	{"mandate_until", "date", "Hari terakhir mandat; sesudahnya sukarela"},
	{"audience", "string", "Kepada siapa: instansi atau unit beserta seluruh bawahannya, dipisah titik koma"},
	{"liked_on", "string", "Media sosial tempat suka pada unggahan resmi juga diminta, dipisah spasi"},
	{"people_reached", "integer", "Orang terjangkau sampai akhir hari kemarin; kosong selama pembaginya kurang dari lima orang"},
	{"hash", "string", "SHA-256 dari isi yang diminta dibagikan"},
}

var sumFields = []Field{
	{"month", "yearmonth", "Bulan menurut waktu setempat"},
	{"node", "string", "Instansi beserta seluruh bawahannya"},
	{"complete", "boolean", "false: bulan masih berjalan, angka sampai akhir hari kemarin"},
	{"asked", "integer", "Konten yang diminta dibagikan"},
	{"mandated", "integer", "Di antaranya yang diminta dengan surat mandat"},
	{"clarifications", "integer", "Di antaranya klarifikasi"},
	{"recalled", "integer", "Di antaranya yang kemudian ditarik"},
	{"eligible", "integer", "ASN yang berhak"},
	{"active_sharers", "integer", "Pembagi aktif"},
	{"share_rate", "number", "Tingkat partisipasi berbagi, persen"},
	{"shares", "integer", "Pembagian tercatat"},
	{"proven_shares", "integer", "Pembagian terbukti (bukti A dan B)"},
	{"people_reached", "integer", "Orang terjangkau"},
}

// Describe describes the files as they lie below an address.
func Describe(home string) Package {
	file := func(name, path, title, about string, fields []Field, key ...string) Resource {
		return Resource{Profile: "tabular-data-resource", Name: name, Path: path, Title: title, Description: about, Format: "csv", Mediatype: "text/csv", Encoding: "utf-8",
			Schema: Columns{fields, key, []string{""}}}
	}
	return Package{
		Profile: "tabular-data-package", Name: "keterbukaan-gaung", Title: "Keterbukaan: apa yang diminta dibagikan oleh ASN", Homepage: home,
		Description: "Daftar konten resmi yang diminta dibagikan oleh ASN, kapan, oleh instansi mana, dan jumlahnya. Tidak memuat data perorangan. " +
			"Teks yang diawali tanda rumus lembar kerja (=, +, -, @) diberi tanda petik tunggal di depannya.",
		Licenses: []License{{"CC-BY-4.0", "Creative Commons Atribusi 4.0", "https://creativecommons.org/licenses/by/4.0/deed.id"}},
		Resources: []Resource{
			file("permintaan", EntriesFile, "Daftar permintaan", "Satu baris untuk tiap konten, yang terbaru lebih dahulu.", entryFields, "id"),
			file("jumlah", SumsFile, "Jumlah per bulan", "Dua belas bulan terakhir; angkanya sama dengan laporan pimpinan.", sumFields, "month"),
		},
	}
}

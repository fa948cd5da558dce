package demo

import "gaung/internal/org"

// agencies is the small province: two agencies in WITA, one regency agency in WIT, so that a hidden
// UTC+7 shows; one unit has four people, for the rule of small groups.
func agencies() []org.DraftByCode {
	node := func(parent, code string, kind org.Kind, name, short, zone string) org.DraftByCode {
		return org.DraftByCode{ParentCode: parent, Draft: org.Draft{Kind: kind, Code: code, Name: name, ShortName: short, Zone: zone}}
	}
	return []org.DraftByCode{
		node("", "99", org.Region, "Provinsi Nusa Arunika", "Nusa Arunika", "Asia/Makassar"),
		node("99", "99-DISKOMINFO", org.Body, "Dinas Komunikasi dan Informatika Provinsi Nusa Arunika", "Diskominfo", ""),
		node("99-DISKOMINFO", "99-DISKOMINFO-01", org.Unit, "Bidang Informasi dan Komunikasi Publik", "Bidang IKP", ""),
		node("99-DISKOMINFO", "99-DISKOMINFO-02", org.Unit, "Bidang Aplikasi Informatika", "Bidang Aptika", ""),
		node("99", "99-DINKES", org.Body, "Dinas Kesehatan Provinsi Nusa Arunika", "Dinkes", ""),
		node("99-DINKES", "99-DINKES-01", org.Unit, "Bidang Kesehatan Masyarakat", "Bidang Kesmas", ""),
		node("99-DINKES", "99-DINKES-02", org.Unit, "UPTD Laboratorium Kesehatan", "UPTD Labkes", ""),
		node("99", "99.04", org.Region, "Kabupaten Bukit Selaras", "Bukit Selaras", "Asia/Jayapura"),
		node("99.04", "99.04-DUKCAPIL", org.Body, "Dinas Kependudukan dan Pencatatan Sipil Kabupaten Bukit Selaras", "Dukcapil", ""),
		node("99.04-DUKCAPIL", "99.04-DUKCAPIL-01", org.Unit, "Bidang Pelayanan Pendaftaran Penduduk", "Bidang Dafduk", ""),
	}
}

type person struct {
	local, name, unit string
	roles             []org.Role
	on                string // the node that the roles are held on
}

// people are the fixed accounts and their colleagues, thirty in all.
func people() []person {
	list := []person{
		{"admin", "Kirana Wicaksana", "99-DISKOMINFO-02", []org.Role{org.Admin}, "99"},
		{"penulis", "Laras Paramita", "99-DISKOMINFO-01", []org.Role{org.Author}, "99"},
		{"penyetuju", "Bagas Mahardika, S.I.Kom.", "99-DISKOMINFO-01", []org.Role{org.Approver}, "99"},
		{"humas", "Citra Nareswari", "99-DISKOMINFO-01", []org.Role{org.Publisher}, "99"},
		{"pimpinan", "Drs. Teguh Samudra, M.Si.", "99-DISKOMINFO-01", []org.Role{org.Leader}, "99"},
		{"operator", "Nadia Hastuti", "99-DISKOMINFO-02", []org.Role{org.Operator}, "99-DISKOMINFO"},
		{"auditor", "Rangga Sasmita", "99-DISKOMINFO-02", []org.Role{org.Auditor}, "99"},
		{"asn1", "Siti Rahma-Wulan Purnamasari", "99-DINKES-01", nil, ""},
		{"asn2", "Ma'ruf", "99-DINKES-01", nil, ""},
		{"asn3", "Ni Made Ayu Kirana Nareswari Kusumaning", "99-DINKES-01", nil, ""},
		{"asn4", "I Gede Tirta", "99-DISKOMINFO-02", nil, ""},
		{"asn5", "Nur'aini Ekasari", "99-DISKOMINFO-02", nil, ""},
		{"asn6", "Sukinah", "99.04-DUKCAPIL-01", nil, ""},
		{"asn7", "dr. Yohanis Laksmana, M.Kes., Sp.A.", "99-DINKES-02", nil, ""},
		{"asn8", "Intan Tirtayasa", "99.04-DUKCAPIL-01", nil, ""},
		{"asn9", "Lukman Darmapala", "99-DINKES-01", nil, ""},
	}
	colleagues := []struct {
		unit  string
		names []string
	}{
		{"99-DINKES-01", []string{"Dewi Cahyadi", "Fitri Jatmika", "Hendra Gandara"}},
		{"99-DINKES-02", []string{"Endah Pranata", "Galih Wardana", "Gita Adiwarna"}}, // with asn7 four: under the limit
		{"99-DISKOMINFO-01", []string{"Ilham Bumantara", "Anindya Laksmana"}},
		{"99.04-DUKCAPIL-01", []string{"Krisna Pranata", "Maria Hastuti", "Panji Jatmika", "Ratih Cahyadi", "Yoga Tirtayasa", "Zaki"}},
	}
	for _, group := range colleagues {
		for _, name := range group.names {
			list = append(list, person{local: "rekan" + string(rune('a'+len(list)-16)), name: name, unit: group.unit})
		}
	}
	return list
}

package demo

import (
	"strings"

	"gaung/internal/org"
)

// accounts are the people whom a visitor can sign in as by a name that says what they do.
func (p province) accounts() []person {
	list := []person{
		{local: "admin", name: "Kirana Wicaksana", unit: "99-DISKOMINFO-03", roles: []org.Role{org.Admin}, on: "99"},
		{local: "penulis", name: "Laras Paramita", unit: "99-DISKOMINFO-02", roles: []org.Role{org.Author}, on: "99", position: "Pranata Humas Ahli Muda"},
		{local: "penyetuju", name: "Bagas Mahardika, S.I.Kom.", unit: "99-DISKOMINFO-02", roles: []org.Role{org.Approver}, on: "99", position: "Kepala Bidang"},
		{local: "kadis", name: "Dra. Sekar Mahanani, M.Si.", unit: "99-DISKOMINFO-01", roles: []org.Role{org.Approver}, on: "99-DISKOMINFO", position: "Kepala Dinas"},
		{local: "sekretaris", name: "Wira Adiguna, S.Sos.", unit: "99-DISKOMINFO-01", position: "Sekretaris Dinas"},
		{local: "humas", name: "Citra Nareswari", unit: "99-DISKOMINFO-02", roles: []org.Role{org.Publisher}, on: "99", position: "Pranata Humas Ahli Muda"},
		{local: "pimpinan", name: "Drs. Teguh Samudra, M.Si.", unit: "99-SETDA-01", roles: []org.Role{org.Leader}, on: "99", position: "Sekretaris Daerah"},
		{local: "operator", name: "Nadia Hastuti", unit: "99-DISKOMINFO-01", roles: []org.Role{org.Operator}, on: "99-DISKOMINFO"},
		{local: "auditor", name: "Rangga Sasmita", unit: "99-ITDA-01", roles: []org.Role{org.Auditor}, on: "99"},
		{local: "dpo", name: "Ratih Purnamasari, S.H.", unit: "99-SETDA-03", roles: []org.Role{org.DPO}, on: "99"},
		{local: "kadis.dinkes", name: "dr. Anindya Tirtayasa, M.Kes.", unit: "99-DINKES-01", roles: []org.Role{org.Leader}, on: "99-DINKES", position: "Kepala Dinas"},
		{local: "pusat.penulis", name: "Damar Gandara", unit: "00-DITJEN-IKP-02", roles: []org.Role{org.Author}, on: "00"},
		{local: "pusat.penyetuju", name: "Puspita Jatmika, M.I.Kom.", unit: "00-DITJEN-IKP-02", roles: []org.Role{org.Approver}, on: "00"},
		{local: "pusat.humas", name: "Panji Bumantara", unit: "00-DITJEN-IKP-02", roles: []org.Role{org.Publisher, org.Leader, org.Admin}, on: "00"},
		{local: "asn1", name: "Siti Rahma-Wulan Purnamasari", unit: "99-DINKES-02"},
		{local: "asn2", name: "Ma'ruf", unit: "99-DINKES-02"},
		{local: "asn3", name: "Ni Made Ayu Kirana Nareswari Kusumaning", unit: "99-DINKES-02"},
		{local: mover, name: "I Gede Tirta", unit: movedTo},
		{local: "asn5", name: "Nur'aini Ekasari", unit: "99-DIKBUD-02", position: "Guru Ahli Muda"},
		{local: "asn6", name: "Sukinah", unit: "99.04-DUKCAPIL-02"},
		{local: "asn7", name: "dr. Yohanis Laksmana, M.Kes., Sp.A.", unit: smallUnit},
		{local: "asn8", name: "Intan Tirtayasa", unit: "99.04-DUKCAPIL-02"},
		{local: "asn9", name: "Lukman Darmapala", unit: "99-DINKES-02"},
	}
	for _, r := range p.Regencies {
		list = append(list, offices(r)...)
	}
	for i := range list {
		list[i].agency = list[i].unit[:strings.LastIndex(list[i].unit, "-")]
	}
	return list
}

// mover changes agencies in the middle of the world's eight weeks; what they did before stays with the
// old unit.
const mover, movedFrom, movedTo = "asn4", "99-DISKOMINFO-03", "99-DISKOPUKM-02"

// offices are the humas of a regency, named by its code: penulis.9902 and so on.
func offices(r region) []person {
	code := strings.ReplaceAll(r.Code, ".", "")
	humas, setda := r.Code+"-DISKOMINFO-02", r.Code+"-SETDA-01"
	return []person{
		{local: "penulis." + code, unit: humas, roles: []org.Role{org.Author}, on: r.Code, position: "Pranata Humas Ahli Pertama"},
		{local: "penyetuju." + code, unit: humas, roles: []org.Role{org.Approver}, on: r.Code, position: "Kepala Bidang"},
		{local: "humas." + code, unit: humas, roles: []org.Role{org.Publisher}, on: r.Code, position: "Pranata Humas Ahli Muda"},
		{local: "pimpinan." + code, unit: setda, roles: []org.Role{org.Leader}, on: r.Code, position: "Sekretaris Daerah"},
	}
}

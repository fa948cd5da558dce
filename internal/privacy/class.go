package privacy

import "slices"

// Class is a kind of personal data: what it is, why it is kept, on which basis and until when. The list is checked
// against the schema by a test: a table about persons that is in no class, or a column that nobody decided on, fails.
type Class struct {
	Key    string
	ID, EN Words
	Tables []Table
}

// Words say a class to a person.
type Words struct{ What, Why, Basis, Until string }

// Table is where rows of a class are, and whose they are.
type Table struct {
	Name     string
	Person   string // the column that names the person; empty: user_id
	Columns  string // what the person gets a copy of
	Withheld string // what they do not: secrets that would open their account, and other people
}

// Column names the person.
func (t Table) column() string {
	if t.Person == "" {
		return "user_id"
	}
	return t.Person
}

// file names its list in the copy: two columns of a table that name persons are two lists.
func (t Table) file() string {
	if t.Person == "" || t.Person == "id" {
		return t.Name
	}
	return t.Name + "." + t.Person
}

const (
	publicTaskID = "Tugas pelayanan publik (UU 27/2022 Pasal 20 ayat (2) huruf e)"
	publicTaskEN = "Public service (Law 27/2022, article 20 (2) e)"
	dutyID       = "Kewajiban hukum (UU 27/2022 Pasal 20 ayat (2) huruf c)"
	dutyEN       = "Legal obligation (Law 27/2022, article 20 (2) c)"
	consentID    = "Persetujuan Anda (UU 27/2022 Pasal 20 ayat (2) huruf a)"
	consentEN    = "Your consent (Law 27/2022, article 20 (2) a)"
)

// Classes are all kinds of personal data that the database holds, in the order in which people are told.
func Classes() []Class {
	return slices.Concat(ofWhoOneIs(), ofWhatOneDoes(), ofProofAndLearning(), ofWork(), ofRights())
}

func ofWhoOneIs() []Class {
	return []Class{
		{"identity",
			Words{"Identitas dan penempatan: nama, surel, NIP tersegel, jabatan, unit, peran, tanggal nonaktif", "Agar Anda dapat masuk dan menerima konten yang sesuai", publicTaskID, "Selama Anda bekerja di instansi; sesudah akun ditutup, riwayat unit tetap tanpa nama"},
			Words{"Identity and placement: name, e-mail, sealed NIP, position, unit, roles, days switched off", "So that you can sign in and get content meant for you", publicTaskEN, "As long as you work in the agency; after the account is closed the history of units stays without a name"},
			[]Table{
				{"app_user", "id", "id name email lang active created_at position grade hide_name executive", ""},
				{"user_identifier", "", "kind", "hash user_id"},
				{"user_nip", "", "last3", "sealed user_id"},
				{"user_role", "", "agency_id role granted_at", "user_id"},
				{"user_off", "", "from_day until_day", "user_id"},
				{"placement", "", "from_day until_day unit_id agency_id", "user_id"},
			}},
		{"security",
			Words{"Keamanan akun: sidik kata sandi, perangkat yang masuk, autentikator", "Agar orang lain tidak memakai akun Anda", dutyID, "Sesi paling lama 90 hari; sidik kata sandi selama akun ada"},
			Words{"Account security: password hash, devices signed in, authenticator", "So that nobody else uses your account", dutyEN, "A session at most 90 days; the password hash as long as the account"},
			[]Table{
				{"credential", "", "changed_at must_change first expires_at", "user_id password_hash"},
				{"session", "", "id created_at turned_at expires_at revoked_at browser system", "user_id seed turn"},
				{"totp", "", "created_at confirmed_at", "user_id secret last_step"},
				{"recovery_code", "", "used_at", "user_id hash"},
			}},
	}
}

func ofWhatOneDoes() []Class {
	return []Class{
		{"acts",
			Words{"Tindakan: konten yang Anda bagikan atau sukai, buktinya, dan jumlahnya per bulan", "Agar jangkauan informasi resmi dihitung, dan Anda melihat hasil Anda", publicTaskID, "Selama akun ada; sesudah akun ditutup tetap dihitung tanpa nama"},
			Words{"Acts: what you shared or liked, its evidence, and sums by month", "So that the reach of official information is counted, and you see your results", publicTaskEN, "As long as the account; after it is closed they still count, without a name"},
			[]Table{
				{"act", "", "content_id network kind id grade unit_id agency_id day at graded_at again_at caption", "user_id"},
				{"act_evidence", "", "content_id network act kind level at", "user_id"},
				{"act_request", "", "key at", "user_id fingerprint"},
				{"rollup_user_act_month", "", "month unit_id shares proven_shares likes proven_likes", "user_id"},
				{"rollup_user_act_first", "", "day", "user_id"},
				{"recall_told", "", "content_id told_at again_at deleted_at", "user_id"},
			}},
		{"reach",
			Words{"Pembukaan tautan Anda dan poin: berapa pembaca, kapan, lewat jaringan apa", "Agar jangkauan Anda dan unit Anda terhitung jujur", publicTaskID, "Pembukaan satu per satu 400 hari; jumlah dan poin selama akun ada"},
			Words{"Openings of your links and points: how many readers, when, over which network", "So that your and your unit's reach is counted honestly", publicTaskEN, "Single openings 400 days; sums and points as long as the account"},
			[]Table{
				{"click", "", "at content_id unit_id channel verdict reason", "user_id visitor agent_id rule"},
				{"click_sharer", "", "day at", "user_id address visitor agent"},
				{"integrity_case", "", "id day reason unit_id agency_id facts people held state at words objected_at due_at decided_at answer", "user_id decided_by"},
				{"integrity_cell", "", "day reason scope", "user_id value"},
				{"click_block", "", "content_id channel reason at", "user_id blocked_by"},
				{"rollup_user_month", "", "month unit_id valid people repeats machines", "user_id"},
				{"ledger", "", "id kind content_id amount day at reverses reason channel unit_id", "user_id"},
				{"score", "", "period agency_id unit_id points", "user_id"},
				{"season_final", "", "season_id agency_id unit_id people points ranks tied", "user_id"},
				{"raffle_entry", "", "season_id number", "user_id"},
			}},
		{"choices",
			Words{"Pilihan Anda: konten yang dilewati atau disimpan, topik, media sosial, cara diberi tahu, perangkat notifikasi, langganan laporan", "Agar beranda dan notifikasi mengikuti kehendak Anda", publicTaskID, "Sampai Anda mengubahnya, atau akun ditutup; perangkat berakhir bersama sesinya"},
			Words{"Your choices: content skipped or saved, topics, networks, how you are told, devices for notices, reports that come to you", "So that feed and notices follow your wishes", publicTaskEN, "Until you change them or the account is closed; devices end with their session"},
			[]Table{
				{"feed_mark", "", "mark content_id at reason", "user_id"},
				{"feed_turn", "", "turn", "user_id"},
				{"topic_wish", "", "topic wish at", "user_id"},
				{"network_use", "", "network place followers", "user_id"},
				{"notice_wish", "", "pace hour night next_at since", "user_id tries unsure"},
				{"mail_off", "", "kind at", "user_id"},
				{"push_off", "", "kind at", "user_id"},
				{"prompt_off", "", "at", "user_id"},
				{"push_device", "", "id tested_at created_at", "user_id session_id hash sealed vapid refused"},
				{"report_subscription", "", "id node_id pace pdf xlsx created_at through_day due_at outcome outcome_day outcome_at ended sample_due sample sample_at", "user_id tries"},
				{"report_sample", "", "day times", "user_id"},
			}},
		{"notices",
			Words{"Notifikasi dan surel yang menunggu terkirim", "Agar Anda tahu apa yang menunggu dan apa yang terjadi", publicTaskID, "Ajakan 14 hari, notifikasi lain 180 hari; surel yang menunggu paling lama 3 hari"},
			Words{"Notices, and e-mail that waits to be sent", "So that you know what waits and what happened", publicTaskEN, "Prompts 14 days, other notices 180 days; waiting e-mail at most 3 days"},
			[]Table{
				{"notice", "", "id key kind content_id request_id season_id step_name final post at read_at urgent", "user_id by_id behalf_id"},
				{"mail_due", "", "notice_id urgent told_at due_at", "user_id letter tries unsure"},
				{"mail_refused", "", "until", "user_id address"},
				{"push_due", "", "notice_id device_id class told_at due_at", "user_id tries unsure"},
				{"prompt_held", "", "content_id due_at", "user_id"},
				{"prompt_late", "", "day content_id", "user_id"},
				{"directive_read", "", "directive_id at", "user_id"},
			}},
	}
}

func ofProofAndLearning() []Class {
	return []Class{
		{"proof",
			Words{"Bukti dan keberatan: alamat unggahan (tersegel), tangkapan layar, keberatan dan jawabannya", "Agar tindakan yang benar dilakukan juga tercatat", publicTaskID, "Berkas tangkapan layar 30 hari sesudah diputuskan; selebihnya selama akun ada"},
			Words{"Proofs and objections: addresses of posts (sealed), screenshots, objections and their answers", "So that what was really done is recorded", publicTaskEN, "The file of a screenshot 30 days after the decision; the rest as long as the account"},
			[]Table{
				{"claim", "", "id place content_id network state reason tries next_at at checked_at", "user_id address hash"}, // the address is opened for the copy
				{"screenshot", "", "id act_id content_id network unit_id sampled state reason words at due_at decided_at", "user_id file sum look bands"},
				{"screenshot_review", "", "screenshot_id accepted reason words at", "user_id reviewer_id"},
				{"objection", "", "id act_id content_id network act unit_id about words contact claim_id round state at due_at answer answered_at appeal first_answer", "user_id desk_id taken_by answered_by first_by"},
			}},
		{"learning",
			Words{"Belajar: sejauh mana modul dipelajari, hasil terbaik, catatan praktik, sertifikat", "Agar Anda dapat melanjutkan, dan sertifikat dapat diperiksa", publicTaskID, "Selama akun ada; halaman publik sertifikat sampai Anda menutupnya"},
			Words{"Learning: how far modules are, best results, notes of practice, certificates", "So that you can go on, and certificates can be checked", publicTaskEN, "As long as the account; the public page of a certificate until you close it"},
			[]Table{
				{"learn_progress", "", "module_id step practice practice_at at", "user_id"},
				{"learn_result", "", "module_id version best questions attempts passed_at at", "user_id"},
				{"learn_request", "", "key graded at", "user_id fingerprint"},
				{"learn_ready", "", "at", "user_id"},
				{"certificate", "", "id module_id version theme holder title competences agency_name zone earned_at issued_at code hidden_at", "user_id"},
				{"certificate_code", "", "code certificate_id", "user_id"},
			}},
	}
}

func ofWork() []Class {
	return []Class{
		{"desk",
			Words{"Pekerjaan di konsol: konsep, tampilan tersimpan, tugas massal, penggantian pejabat", "Agar pekerjaan Anda tidak hilang dan dapat dipertanggungjawabkan", publicTaskID, "Konsep 180 hari tanpa disentuh; tugas massal 30 hari; penggantian selama konten yang diputuskan ada"},
			Words{"Work in the console: drafts, saved views, bulk actions, deputies", "So that your work is not lost and can be accounted for", publicTaskEN, "Drafts 180 days untouched; bulk actions 30 days; deputies as long as what was decided"},
			[]Table{
				{"working_copy", "", "content_id revision version device draft at", "user_id"},
				{"content_request", "", "key content_id at", "user_id"},
				{"content_seen", "", "content_id version first_at last_at", "user_id"},
				{"queue_view", "", "n name filters", "user_id"},
				{"bulk", "", "key action asked_at starts_at started_at stopped_at done_at", "user_id"},
				{"bulk_item", "", "key content_id at outcome reason", "user_id"},
				{"deputy", "", "id kind from_day to_day starts_at ends_at named_at ended_at", "user_id deputy_id named_by ended_by"},
				{"deputy", "deputy_id", "id kind from_day to_day starts_at ends_at named_at ended_at", "user_id deputy_id named_by ended_by"},
			}},
		{"works",
			Words{"Karya dan keputusan resmi atas nama jabatan: konten, kampanye, arahan, persetujuan", "Agar informasi resmi dapat dipertanggungjawabkan", dutyID, "Selama arsip instansi menentukannya"},
			Words{"Official works and decisions in office: content, campaigns, directives, approvals", "So that official information can be accounted for", dutyEN, "As long as the agency's archive rules say"},
			works()},
	}
}

func ofRights() []Class {
	return []Class{
		{"privacy",
			Words{"Hak Anda: pemberitahuan yang dibaca, persetujuan, permintaan, salinan data, perkenalan", "Agar hak Anda terpenuhi dan dapat dibuktikan", dutyID, "Persetujuan dan permintaan selama akun ada, dan sesudahnya sebagai bukti tanpa nama; salinan data 7 hari"},
			Words{"Your rights: notices you read, consents, requests, copies of data, introduction", "So that your rights are kept, and it can be proven", dutyEN, "Consents and requests as long as the account, and after that as proof without a name; copies of data 7 days"},
			[]Table{
				{"privacy_ack", "", "version at", "user_id"},
				{"consent", "", "kind id version given at", "user_id"},
				{"onboarding", "", "step done_at", "user_id"},
				{"data_request", "", "id agency_id kind text state at due_at taken_at closed_at answer article checked", "user_id by_id"},
				{"data_request", "by_id", "id agency_id kind state at taken_at closed_at", "user_id text due_at answer article checked by_id"},
				{"data_export", "", "id with_nip asked_at ready_at bytes rows", "user_id"},
				{"data_export_part", "", "", "user_id export_id n sealed"},
			}},
		{"traces",
			Words{"Jejak: siapa membuka atau mengubah data Anda, dan apa yang Anda lakukan di sistem", "Agar penyalahgunaan ketahuan dan Anda dapat memeriksanya", dutyID, "Selama instansi menyimpan jejak audit; siapa yang melihat, satu tahun"},
			Words{"Traces: who opened or changed your data, and what you did in the system", "So that misuse is found and you can check it", dutyEN, "As long as the agency keeps its audit log; who looked, one year"},
			[]Table{
				{"audit_log", "actor_id", "id at agency_id action", "actor_id subject detail hash"},
				{"person_view", "", "day what times at", "user_id viewer_id"},
				{"person_view", "viewer_id", "day what times at", "user_id viewer_id"},
			}},
	}
}

// works are the tables of official things that name who made them.
func works() []Table {
	return []Table{
		{"content", "author_id", "id agency_id state version created_at updated_at", worksRest},
		{"content_version", "author_id", "content_id no at title", worksRest},
		{"content_decision", "approver_id", "content_id id version step decision reason at round final step_name post basis", worksRest},
		{"content_decision", "behalf_id", "content_id id version step decision at round final step_name", worksRest},
		{"content_review", "held_by", "content_id held_at held_reason", worksRest},
		{"approval_chain", "updated_by", "agency_id updated_at version", worksRest},
		{"campaign", "author_id", "id agency_id name created_at updated_at", worksRest},
		{"directive", "author_id", "id agency_id state number title created_at updated_at", worksRest},
		{"election", "author_id", "id node_id name created_at updated_at", worksRest},
		{"brand_kit", "author_id", "agency_id version at", worksRest},
		{"media", "added_by", "id agency_id kind name at removed_at", worksRest},
		{"thanks", "by_id", "content_id text at", worksRest},
		{"deputy", "named_by", "id kind named_at", worksRest},
		{"deputy", "ended_by", "id kind ended_at", worksRest},
		{"click_block", "blocked_by", "content_id channel at", worksRest},
		{"notice", "by_id", "id kind content_id at", worksRest},
		{"notice", "behalf_id", "id kind content_id at", worksRest},
		{"screenshot_review", "reviewer_id", "screenshot_id accepted at", worksRest},
		{"objection", "taken_by", "id state at", worksRest},
		{"objection", "answered_by", "id state answered_at", worksRest},
		{"integrity_case", "decided_by", "id state decided_at", worksRest},
		{"objection", "first_by", "id state at", worksRest},
		{"roster", "by_user", "id node_id name created_at applied_at", worksRest},
	}
}

// worksRest says that the other columns of an official work are the work's and not the person's.
const worksRest = "*"

// impersonal says of a column that looks like a person's why it is in no class.
func impersonal() map[string]string {
	return map[string]string{
		"roster_row.user_id":     "a roster that is being read: sealed or gone within a day, and then part of the person's identity",
		"roster_row.email":       "the same",
		"content_review.persons": "who is asked to decide now; they have it as a notice",
		"account.owner":          "the name of an official whose account is a public one; kept by the register of official accounts",
		"directive.signer":       "the name of a leader under an official letter",
	}
}

package brand

// cueRules are the meetings of each rule. A row is beyond doubt when no lawful sentence was found that has
// all of its cues; what lawful sentences may have as well is a doubt, and only warns.
var cueRules = []cueRule{
	{
		rule: "coercion", weighs: Error, free: "FREE WARNED DEBUNK",
		reason: "Kalimat ini menekan orang untuk membagikan: dengan kewajiban, pencatatan, bukti, penilaian, atau akibat. Membagikan dan menyukai bersifat sukarela. Hapus tekanannya; ajak saja, misalnya “Bagikan bila bermanfaat”.",
		rows: []string{
			"AMP OBLIGE STAFF", "AMP ALL STAFF", "AMP OBLIGE DEADLINE", "AMP ALLSTAFF ORDERED", "AMP ALLSTAFF DEADLINE|RECORD|THREAT",
			"UNDONE THREAT", "UNDONE RATING", "UNDONE RECORD|WATCH|URGE", "+ UNDONE WATCH BOSS", "AMP DONE RECORD", "AMP PERMIT", "SUPPORT RIVAL STAFF THREAT !LAWFUL", "AMP OBLIGE BOSS", "+ UNDONE THREAT !SERVICE", "AMP THREAT STAFF|BOSS|RECORD", "AMP BOSS WATCH",
			"AMP RATING COUNTS", "+ AMP PROOF SEND !SERVICE", "AMP PROOF RECORD|BOSS|DEADLINE !SERVICE",
			"AMP RECORD STAFF|BOSS|DEADLINE|THREAT !SERVICE", "+ AMP RECORD THREAT !SERVICE", "AMP STAFF DEADLINE !SERVICE", "PROOF AMP STAFF !SERVICE", "+ AMP COMMAND", "AMP GOODASN", "AMP QUOTA STAFF DAILY", "AMP HANDSET", "SHAREPROOF RATING !SERVICE", "SHAREPROOF STAFF SEND|DEADLINE|OBLIGE !SERVICE", "PROOF MEDIA SEND DEADLINE|BOSS !SERVICE", "AMP MINIMUM STAFF",
		},
		doubts: []string{"AMP ALLSTAFF", "AMP ALL", "+ AMP RECORD BOSS !SERVICE", "AMP RECORD SEND !SERVICE", "+ AMP RATING STAFF", "AMP DEADLINE BOSS|RECORD", "AMP ORDERED STAFF"},
	},
	{
		rule: "reply_task", weighs: Error, free: "FREE WARNED",
		reason: "Kalimat ini menyuruh orang mendatangi akun atau unggahan pihak lain: berkomentar, membalas, melaporkan, atau menyerang. Gaung tidak memberi tugas seperti itu. Hapus; bila ada kabar keliru, buat konten klarifikasi.",
		rows: []string{
			"HIT TARGET !LIKES", "HITFORM TARGET TASK", "REPORT TARGET CROWD", "+ REPORT TARGET CROWD TASK", "ANSWER BAD TARGET TASK", "HIT|ANSWER THEIRS TASK !ASKED", "+ ANSWER THEIRS BAD", "HIT THEIRS", "HIT BAD TASK", "REPORT THEIRS SOCIAL|CROWD !ASKED", "COMMENT AT TASK !ASKED !THIS",
			"COMMENT GOOD TARGET TASK !ASKED", "ANSWER THEIRS BAD", "REBUT TARGET TASK !ASKED !DEBUNK", "REBUT SOCIAL TASK !ASKED !DEBUNK", "ANSWER REMARK TASK !ASKED", "STARS TASK SOCIAL", "TROOP", "HIT CRITIC", "SCRIPT ANSWER|COMMENT TARGET !ASKED", "PRESSREPORT TARGET !ASKED",
		},
		doubts: []string{"COMMENT TARGET TASK !ASKED", "REPORT TARGET TASK !ASKED", "COMMENT THEIRS !ASKED", "ANSWER TARGET BAD !ASKED", "ANSWER THEIRS !ASKED", "GOOD SOCIAL TASK", "+ HIT|HITFORM TARGET TASK BAD"},
	},
	{
		rule: "like_bait", weighs: Error, free: "FREE WARNED DEBUNK",
		reason: "Umpan suka atau bagikan: ajakan dengan target jumlah, lomba, hadiah, atau agar viral. Jejaring menurunkan jangkauannya dan melarang imbalan. Ajak tanpa jumlah, lomba, atau hadiah.",
		rows: []string{
			"LIKEY MOST GET", "LIKEY MOST PRIZE", "AMP GET PRIZE", "AMP MOST !PAST", "VIRAL PUSH !NEWS", "LIFT MEDIA LIKEY", "HIT TARGET LIKES", "LIFT TAG", "LIFT TARGET LIKEY", "COUNT GO", "COMMENT GET PRIZE", "AMP GATE", "TAP LOVE", "COUNTED NUMBER EQUAL",
			"CHAIN PLACE", "CHAIN AMP", "POLL OFTEN", "AMP VIRAL !NEWS", "PASS MOST VIRAL", "LIFT VIRAL !NEWS", "IFLOVE AMP|TAP|LIKEY", "DTAP", "COUNTED GET PRIZE", "TIMES AIM",
		},
		doubts: []string{"AMP PRIZE", "COUNT RACE|PUSH", "CHAIN", "LIFT MEDIA"},
	},
	{
		rule: "campaign", weighs: Error, free: "LAWFUL",
		reason: "Kalimat ini mendukung atau menyerang peserta pemilu, juga bila namanya tidak disebut. ASN wajib netral (UU 20/2023 Pasal 24). Hapus ajakan ini.",
		rows: []string{
			"SUPPORT BECOME SEAT", "SUPPORT AGAIN LEADER|SEAT", "+ SUPPORT AGAIN LEADER", "AGAIN LEADER BECOME SEAT", "PARTY SUPPORT", "TOP BALLOT SUPPORT", "FINGER FINGERED", "RIVAL SMEAR", "OUST LEADER|SEAT|RIVAL|PERSON", "VOTEFOR", "WIN VOTEDAY PERSON",
			"EMPTYBOX BETTER", "PAIR CHANGE SUPPORT", "SUPPORT RIVAL STAFF", "TOP BOX", "SUPPORT RIVAL TOP|DECLARE", "TOP JUDGE", "WINV SYMBOL", "CHOICE PERSON", "CHOICE TOP", "CHOICE VOTEDAY", "PARTY WIN", "WIN WINFOR", "WINV TOP", "TWO PERSON|LEADER", "+ SUPPORT RIVAL SMEAR", "+ VOTEDAY REMEMBER PERSON SUPPORT", "+ PARTY FOUL", "DEED BOX", "DEED BALLOT VOTEDAY", "+ TWO GOON", "DESERVE PAIR|RIVAL", "EMPTYTALK SUPPORT", "WORTHY SEAT|BALLOT",
		},
		doubts: []string{"CHOICE", "TOP BALLOT", "FINGER", "OUST", "AGAIN LEADER", "SUPPORT SEAT AGAIN"},
	},
	{
		rule: "campaign_word", weighs: Warning, free: "LAWFUL2",
		reason: "Kata ini lazim dalam persaingan politik. Bila maksudnya lain, pertegas kalimatnya; bila memang dukungan, hapus.",
		rows:   []string{"POLL2"},
	},
	{
		rule: "praise", weighs: Warning, free: "OFFICES",
		reason: "Pujian pribadi kepada pejabat. Konten resmi menyampaikan apa yang dikerjakan untuk warga (Inpres 9/2015). Sebutkan hasilnya, bukan orangnya.",
		rows:   []string{"ADORED OFFICIAL|GREAT", "SOLE BELIAU", "WITHOUTHIM GREAT"},
	},
}

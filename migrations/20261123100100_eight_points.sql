-- +goose Up
-- What comes before the first share: the eight things of the Circular of the Minister of PANRB 137/2018, in our own words.
-- +goose StatementBegin
INSERT INTO module (agency_id, key, state, revision, version, published, lesson, created_at, updated_at)
VALUES (NULL, 'eight', 'published', 1, 1, 1, '{
 "title": "Delapan hal bermedia sosial bagi ASN",
 "summary": "Delapan hal yang diingatkan Surat Edaran Menteri PANRB Nomor 137 Tahun 2018, dengan kata-kata sederhana, sebelum Anda membagikan untuk pertama kali.",
 "competence": "sosial_kultural",
 "theme": "etika",
 "minutes": 2,
 "steps": [
  {
   "title": "Setia dan tidak berpihak",
   "body": "Kita setia pada **Pancasila**, **UUD 1945**, dan pemerintahan yang sah. Di media sosial pun kita bekerja untuk negara dan rakyat: profesional, tanpa memihak."
  },
  {
   "title": "Jaga etika dan nama baik",
   "body": "Tulisan di akun pribadi tetap dibaca orang sebagai tulisan seorang ASN. Pakai bahasa yang santun, pegang nilai dasar ASN, dan jaga **integritas** serta nama baik bersama."
  },
  {
   "title": "Simpan rahasia, beri yang benar",
   "body": "Yang bersifat **rahasia** tetap di kantor. Informasi kedinasan yang boleh disampaikan kita sampaikan dengan benar, sehingga tidak ada yang tersesat karenanya."
  },
  {
   "title": "Informasi dinas bukan untuk untung sendiri",
   "body": "Apa yang kita tahu karena jabatan tidak dipakai untuk mencari **keuntungan**, baik bagi diri sendiri maupun orang lain."
  },
  {
   "title": "Bijak dan mempersatukan",
   "body": "Media sosial kita gunakan dengan **bijaksana**. Sebelum menekan tombol bagikan, tanyakan: apakah ini mempererat atau memecah?"
  },
  {
   "title": "Sumber jelas, isi benar",
   "body": "Bagikan yang **jelas sumbernya** dan dapat dipastikan benar. Ragu? Tunggu dahulu, atau periksa di kanal resmi."
  },
  {
   "title": "Tanpa hoaks dan hasutan",
   "body": "Kita tidak membuat dan tidak meneruskan **berita palsu**, fitnah, provokasi, radikalisme, terorisme, dan pornografi, di media apa pun."
  },
  {
   "title": "Tanpa kebencian",
   "body": "Kita tidak membuat dan tidak menyebarkan hal yang menumbuhkan **kebencian** atau permusuhan terhadap orang atau kelompok karena suku, agama, ras, atau golongannya."
  }
 ],
 "quiz": [
  {
   "text": "Menjelang pilkada, saya memasang ajakan memilih salah satu calon di akun pribadi.",
   "options": [
    "Sesuai",
    "Tidak sesuai"
   ],
   "right": 1,
   "why": "ASN tidak berpihak, juga di akun pribadi."
  },
  {
   "text": "Saya menanggapi komentar kasar warga dengan kata-kata yang tetap santun.",
   "options": [
    "Sesuai",
    "Tidak sesuai"
   ],
   "right": 0,
   "why": "Bahasa yang santun menjaga nama baik kita bersama."
  },
  {
   "text": "Saya memotret nota dinas berkode rahasia lalu mengunggahnya karena isinya menarik.",
   "options": [
    "Sesuai",
    "Tidak sesuai"
   ],
   "right": 1,
   "why": "Yang rahasia tetap di kantor, betapa pun menariknya."
  },
  {
   "text": "Saya memberi tahu teman pengusaha rencana lelang yang belum diumumkan.",
   "options": [
    "Sesuai",
    "Tidak sesuai"
   ],
   "right": 1,
   "why": "Informasi dari jabatan tidak dipakai untuk keuntungan siapa pun."
  },
  {
   "text": "Saya memilih membagikan kabar gotong royong warga daripada potongan video pertengkaran.",
   "options": [
    "Sesuai",
    "Tidak sesuai"
   ],
   "right": 0,
   "why": "Yang kita bagikan sebaiknya mempererat, bukan memecah."
  },
  {
   "text": "Kabar itu belum jelas sumbernya, jadi saya memeriksanya dahulu di situs resmi.",
   "options": [
    "Sesuai",
    "Tidak sesuai"
   ],
   "right": 0,
   "why": "Memeriksa sumber adalah langkah pertama sebelum membagikan."
  },
  {
   "text": "Saya meneruskan pesan berantai yang belum tentu benar, sekadar berjaga-jaga.",
   "options": [
    "Sesuai",
    "Tidak sesuai"
   ],
   "right": 1,
   "why": "Kabar yang belum pasti, bila diteruskan, ikut menyebarkan hoaks."
  },
  {
   "text": "Saya membagikan lelucon yang merendahkan suku tertentu kepada teman dekat saja.",
   "options": [
    "Sesuai",
    "Tidak sesuai"
   ],
   "right": 1,
   "why": "Kebencian tidak menjadi wajar karena disebut lelucon atau hanya untuk teman."
  }
 ],
 "pass": 7,
 "practice": ""
}'::jsonb, now(), now());
-- +goose StatementEnd
-- +goose StatementBegin
INSERT INTO module_version (module_id, no, lesson, lesson_en, published_at)
SELECT id, 1, lesson, '{
 "title": "Eight things about social media for civil servants",
 "summary": "Eight things that Circular 137 of 2018 of the Minister of PANRB reminds us of, in plain words, before you share for the first time.",
 "competence": "sosial_kultural",
 "theme": "etika",
 "minutes": 2,
 "steps": [
  {
   "title": "Loyal and impartial",
   "body": "We are loyal to **Pancasila**, the **1945 Constitution** and the lawful government. On social media, too, we work for the state and its people: professionally, taking no side."
  },
  {
   "title": "Mind ethics and good name",
   "body": "What is written on a personal account is still read as written by a civil servant. Be courteous, keep to the core values, and guard our **integrity** and good name."
  },
  {
   "title": "Keep secrets, tell what is true",
   "body": "What is **confidential** stays in the office. Official information that may be told is told correctly, so that nobody is misled by it."
  },
  {
   "title": "Official information is not for private gain",
   "body": "What we know because of our office is not used to seek **gain**, for ourselves or for anybody else."
  },
  {
   "title": "Wise and uniting",
   "body": "We use social media **wisely**. Before you press share, ask: does this bring people together or drive them apart?"
  },
  {
   "title": "Clear source, true content",
   "body": "Share what has a **clear source** and can be made sure of. In doubt? Wait, or check on an official channel."
  },
  {
   "title": "No hoaxes, no incitement",
   "body": "We neither make nor pass on **false news**, slander, provocation, radicalism, terrorism or pornography, in any medium."
  },
  {
   "title": "No hatred",
   "body": "We neither make nor spread what breeds **hatred** or hostility towards people or groups for their ethnicity, religion, race or group."
  }
 ],
 "quiz": [
  {
   "text": "Before a local election I put a call to vote for one candidate on my personal account.",
   "options": [
    "In keeping",
    "Not in keeping"
   ],
   "right": 1,
   "why": "Civil servants take no side, not on a personal account either."
  },
  {
   "text": "I answer a citizen''s rude comment with words that stay courteous.",
   "options": [
    "In keeping",
    "Not in keeping"
   ],
   "right": 0,
   "why": "Courteous words keep the good name of all of us."
  },
  {
   "text": "I take a picture of a memo marked confidential and post it, because it is interesting.",
   "options": [
    "In keeping",
    "Not in keeping"
   ],
   "right": 1,
   "why": "What is confidential stays in the office, however interesting."
  },
  {
   "text": "I tell a friend in business about a tender that has not been announced yet.",
   "options": [
    "In keeping",
    "Not in keeping"
   ],
   "right": 1,
   "why": "What we know by office is used for nobody''s gain."
  },
  {
   "text": "I would rather share news of neighbours helping each other than a clip of a quarrel.",
   "options": [
    "In keeping",
    "Not in keeping"
   ],
   "right": 0,
   "why": "What we share had better bring people together."
  },
  {
   "text": "The news has no clear source yet, so I check on the official site first.",
   "options": [
    "In keeping",
    "Not in keeping"
   ],
   "right": 0,
   "why": "Checking the source is the first step before sharing."
  },
  {
   "text": "I pass on a chain message that may not be true, just in case.",
   "options": [
    "In keeping",
    "Not in keeping"
   ],
   "right": 1,
   "why": "Passing on what is not certain helps a hoax to spread."
  },
  {
   "text": "I share a joke that belittles an ethnic group, with close friends only.",
   "options": [
    "In keeping",
    "Not in keeping"
   ],
   "right": 1,
   "why": "Hatred does not become fine by being called a joke or kept among friends."
  }
 ],
 "pass": 7,
 "practice": ""
}'::jsonb, now() FROM module WHERE key = 'eight';
-- +goose StatementEnd

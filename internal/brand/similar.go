package brand

import (
	"fmt"
	"strings"
)

const (
	shingleWords = 3   // words in a row that are compared as one
	tooAlike     = 0.5 // from here on, two captions read as one text with words exchanged
)

// shingles are the sets of words in a row of a text, in lower case, slang written out, without punctuation;
// a text of fewer words is one shingle.
func shingles(text string) map[string]bool {
	var words []string
	for _, one := range readText(text, true).tokens {
		if one.norm != "" {
			words = append(words, one.norm)
		}
	}
	found := map[string]bool{}
	if len(words) == 0 {
		return found
	}
	for at := 0; at == 0 || at+shingleWords <= len(words); at++ {
		found[strings.Join(words[at:min(at+shingleWords, len(words))], " ")] = true
	}
	return found
}

// resemblance tells how alike two texts are, from 0 to 1: r(A, B) = |S(A) ∩ S(B)| / |S(A) ∪ S(B)| over their
// sets of w-shingles S, here of three words. The measure is A. Z. Broder's (On the resemblance and
// containment of documents, Compression and Complexity of Sequences 1997, section 2).
func resemblance(a, b map[string]bool) float64 {
	shared := 0
	for one := range a {
		if b[one] {
			shared++
		}
	}
	if all := len(a) + len(b) - shared; all > 0 {
		return float64(shared) / float64(all)
	}
	return 0
}

// similarFindings look at captions that say the same: many accounts with one text read as copied, however
// often a word was exchanged. Each caption is told of the first one that it is like.
func similarFindings(text Text) (found []Finding) {
	sets := make([]map[string]bool, len(text.Captions))
	for i, caption := range text.Captions {
		sets[i] = shingles(caption)
		for j := range i {
			same := strings.TrimSpace(caption) == strings.TrimSpace(text.Captions[j])
			like := resemblance(sets[j], sets[i])
			if len(sets[i]) == 0 || !same && like < tooAlike {
				continue
			}
			f := Finding{Rule: "similar_caption", Severity: Warning, Field: "captions", Index: i, Reason: fmt.Sprintf(
				"Keterangan %d dan %d hampir sama (kemiripan %.0f%%). Teks yang mirip dari banyak akun terbaca sebagai salinan; ubah sudut pandang, urutan, atau panjangnya.", j+1, i+1, like*100)}
			if same {
				f.Rule, f.Severity = "same_caption", Error
				f.Reason = fmt.Sprintf("Keterangan %d sama persis dengan keterangan %d. Tulis ulang salah satunya, atau hapus.", i+1, j+1)
			}
			found = append(found, f)
			break
		}
	}
	return found
}

package content

import (
	"encoding/hex"
	"encoding/json"
	"reflect"
	"testing"
)

// The hash on a public page never changes: a version from before variants had networks has the hash that
// was written then, whichever way its captions are read.
func TestTheHashOfAnOldVersionStays(t *testing.T) {
	t.Parallel()
	const old = `{"title":"Judul \"captions\":[\"x\"]","summary":"<b>","captions":["satu","dua & \u003ctiga\u003e"],"official_posts":[{"network":"x","url":"https://x.com/a"}]}`
	var text Text
	if err := json.Unmarshal([]byte(old), &text); err != nil {
		t.Fatal(err)
	}
	const written = "da11cbc4f54ad46798a229318c4c3bb010b0815a286e64dd77ee24816691bb61"
	if got := hex.EncodeToString(text.hash()); got != written {
		t.Errorf("read from what it was: %s", got)
	}
	whole, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	var again Text
	if err := json.Unmarshal(whole, &again); err != nil {
		t.Fatal(err)
	}
	if got := hex.EncodeToString(again.hash()); got != written {
		t.Errorf("read from objects: %s", got)
	}
	again.Captions[1].Networks = []string{"x"}
	if hex.EncodeToString(again.hash()) == written {
		t.Error("another network, the same hash")
	}
}

// Whatever a reader sees is under the hash.
func TestTheHashCoversEveryField(t *testing.T) {
	t.Parallel()
	empty := string(Text{}.hash())
	kind := reflect.TypeFor[Text]()
	for i := range kind.NumField() {
		text := reflect.New(kind).Elem()
		switch field := text.Field(i); field.Kind() {
		case reflect.String:
			field.SetString("x")
		case reflect.Pointer:
			field.Set(reflect.New(field.Type().Elem()))
		default:
			field.Set(reflect.MakeSlice(field.Type(), 1, 1))
		}
		if string(text.Interface().(Text).hash()) == empty {
			t.Errorf("%s is not under the hash", kind.Field(i).Name)
		}
	}
}

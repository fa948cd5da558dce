package demo

import (
	"bytes"
	"context"
	"image"
	"image/draw"
	"image/jpeg"
	"os"
	"strings"
	"time"

	"gaung/internal/media"
	"gaung/internal/org"
)

const (
	filmName    = "Cara memakai loket layanan"
	filmSeconds = 12
	subtitles   = `WEBVTT

00:00.000 --> 00:04.000
Selamat datang di loket layanan Nusa Arunika.

00:04.000 --> 00:08.000
Siapkan <b>kartu identitas</b> sebelum mengambil nomor.

00:08.000 --> 00:12.000
Layanan buka pukul 07.30 sampai 15.00 WITA.
`
)

// addLibrary gives the province a picture with crops and a video with a poster and subtitles.
func (w *world) addLibrary(ctx context.Context) error {
	w.at(w.today.Add(-weeks * 7 * 24 * time.Hour))
	shelf := media.New(w.DB.At(func() time.Time { return w.now }), w.Queue, w.Files)
	keeper, err := w.as(ctx, account("99", "penulis"))
	if err != nil {
		return err
	}
	drawn, err := picture(sample{Topic: "layanan_publik"}, 4711)
	if err != nil {
		return err
	}
	still, err := keepFile(ctx, shelf, keeper, w, drawn, media.Words{Name: "Fajar di atas permukiman", Alt: "Ilustrasi fajar di atas perbukitan dengan deretan rumah.",
		Tags: []string{"loket", "layanan"}, FocusX: 77, FocusY: 60})
	if err != nil {
		return err
	}
	for _, cut := range []struct {
		ratio string
		part  image.Rectangle
	}{{"4:5", image.Rect(704, 0, 1280, 720)}, {"9:16", image.Rect(783, 0, 1188, 720)}, {"1:1", image.Rect(560, 0, 1280, 720)}} {
		if _, err := shelf.Cut(ctx, keeper, still.ID, cut.ratio, cut.part); err != nil {
			return err
		}
	}
	whole, err := jpeg.Decode(bytes.NewReader(drawn))
	if err != nil {
		return err
	}
	middle := image.NewRGBA(image.Rect(0, 0, 640, 352))
	draw.Draw(middle, middle.Bounds(), whole, image.Pt(640, 260), draw.Src)
	moving, err := keepFile(ctx, shelf, keeper, w, film(middle, filmSeconds), media.Words{Name: filmName, Alt: "Petunjuk memakai loket layanan, dibacakan lewat takarir.",
		Tags: []string{"loket", "video"}, FocusX: 50, FocusY: 50})
	if err != nil {
		return err
	}
	if _, err := shelf.Subtitles(ctx, keeper, moving.ID, "id", strings.NewReader(subtitles)); err != nil {
		return err
	}
	_, err = shelf.SetPoster(ctx, keeper, moving.ID, still.ID)
	w.film = &media.Clip{Name: moving.File}
	return err
}

// keepFile sends bytes as an upload would.
func keepFile(ctx context.Context, shelf *media.Service, keeper org.Actor, w *world, text []byte, words media.Words) (media.Asset, error) {
	file, err := os.CreateTemp("", "gaung-demo-")
	if err != nil {
		return media.Asset{}, err
	}
	defer func() { _ = os.Remove(file.Name()) }() // nothing in it is wanted any more
	defer file.Close()
	if _, err := file.Write(text); err != nil {
		return media.Asset{}, err
	}
	return shelf.AddNow(ctx, keeper, w.node["99"].ID, file, words)
}

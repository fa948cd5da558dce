package server

import (
	"context"
	"errors"
	"image"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/media"
	"gaung/internal/page"
)

type listMediaInput struct {
	ListInput
	Agency id.Agency `query:"agency" minimum:"0" maximum:"2147483647" doc:"Only what this agency may place; 0: all that I see"`
	Kind   string    `query:"kind" enum:"picture,video" doc:"Empty: both"`
	Words  string    `query:"q" maxLength:"200" doc:"Beginnings of words of name, alternative text or tags"`
}

func (s *Server) listMedia(ctx context.Context, in *listMediaInput) (*body[page.Page[media.Asset]], error) {
	return answer(s.media.List(ctx, actorOf(ctx), media.Filter{Agency: in.Agency, Kind: in.Kind, Words: in.Words, Ask: in.ask()}))
}

func (s *Server) addMedia(ctx context.Context, in incoming) (media.Added, error) {
	agency, _ := id.Parse[id.Agency](in.query("agency")) // none: the own one
	if agency > 1<<31-1 {
		agency = 0
	}
	if err := s.media.MayAdd(ctx, actorOf(ctx), agency); err != nil { // before a byte is read
		return media.Added{}, err
	}
	file, done, err := in.file()
	if errors.Is(err, fiber.ErrRequestEntityTooLarge) {
		err = errs.InvalidField("video", "Berkas ini lebih dari 100 MB. Perkecil videonya, misalnya ke 720p, lalu unggah lagi.")
	}
	if err != nil {
		return media.Added{}, err
	}
	defer done()
	leave, err := s.turn(ctx)
	if err != nil {
		return media.Added{}, err
	}
	defer leave()
	return s.media.Add(ctx, actorOf(ctx), agency, strings.Clone(in.query("name")), file)
}

// MediaInput is the asset in a path.
type MediaInput struct {
	ID id.Media `path:"id" minimum:"1" maximum:"2147483647"`
}

func (s *Server) getMedia(ctx context.Context, in *MediaInput) (*body[media.Asset], error) {
	return answer(s.media.Get(ctx, actorOf(ctx), in.ID))
}

type editMediaInput struct {
	MediaInput
	Body struct {
		media.Words
		Version int `json:"version" minimum:"1" maximum:"2147483647" doc:"The one that was seen"`
	}
}

func (s *Server) editMedia(ctx context.Context, in *editMediaInput) (*body[media.Asset], error) {
	return answer(s.media.Edit(ctx, actorOf(ctx), in.ID, in.Body.Version, in.Body.Words))
}

func (s *Server) removeMedia(ctx context.Context, in *MediaInput) (*body[nothing], error) {
	return answer(nothing{true}, s.media.Remove(ctx, actorOf(ctx), in.ID))
}

type cutMediaInput struct {
	MediaInput
	Body struct {
		Ratio  string `json:"ratio" enum:"1:1,4:5,9:16,16:9,1.91:1,free"`
		X      int    `json:"x" minimum:"0" maximum:"10000" doc:"Pixels of the largest form, from the left"`
		Y      int    `json:"y" minimum:"0" maximum:"10000"`
		Width  int    `json:"width" minimum:"1" maximum:"10000"`
		Height int    `json:"height" minimum:"1" maximum:"10000"`
	}
}

func (s *Server) cutMedia(ctx context.Context, in *cutMediaInput) (*body[media.Asset], error) {
	leave, err := s.turn(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	b := in.Body
	return answer(s.media.Cut(ctx, actorOf(ctx), in.ID, b.Ratio, image.Rect(b.X, b.Y, b.X+b.Width, b.Y+b.Height)))
}

type uncutMediaInput struct {
	MediaInput
	Ratio string `path:"ratio" maxLength:"10"`
}

func (s *Server) uncutMedia(ctx context.Context, in *uncutMediaInput) (*body[media.Asset], error) {
	return answer(s.media.Uncut(ctx, actorOf(ctx), in.ID, in.Ratio))
}

type posterInput struct {
	MediaInput
	Body struct {
		Picture id.Media `json:"picture_id" minimum:"1" maximum:"2147483647"`
	}
}

func (s *Server) setPoster(ctx context.Context, in *posterInput) (*body[media.Asset], error) {
	return answer(s.media.SetPoster(ctx, actorOf(ctx), in.ID, in.Body.Picture))
}

func (s *Server) addSubtitles(ctx context.Context, in incoming) (media.Asset, error) {
	video, ok := id.Parse[id.Media](in.fiber.Params("id"))
	if !ok || video > 1<<31-1 {
		return media.Asset{}, errs.New(errs.NotFound, "Berkas tidak ditemukan di pustaka.")
	}
	if _, err := s.media.Get(ctx, actorOf(ctx), video); err != nil { // before a byte is read
		return media.Asset{}, err
	}
	lang, err := url.PathUnescape(in.fiber.Params("lang"))
	if err != nil {
		return media.Asset{}, err
	}
	file, done, err := in.file()
	if errors.Is(err, fiber.ErrRequestEntityTooLarge) {
		err = errs.InvalidField("subtitles", "Berkas takarir lebih dari 256 KB. Periksa berkasnya.")
	}
	if err != nil {
		return media.Asset{}, err
	}
	defer done()
	if _, err := file.Seek(0, 0); err != nil {
		return media.Asset{}, err
	}
	return s.media.Subtitles(ctx, actorOf(ctx), video, strings.Clone(lang), file)
}

type subtitlesInput struct {
	MediaInput
	Lang string `path:"lang" maxLength:"3"`
}

func (s *Server) dropSubtitles(ctx context.Context, in *subtitlesInput) (*body[media.Asset], error) {
	return answer(s.media.Unsubtitle(ctx, actorOf(ctx), in.ID, in.Lang))
}

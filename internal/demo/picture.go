package demo

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
)

// The pictures are drawn: dawn over hills and sea, with a sign of the topic. Nobody's photograph is needed.
const pictureWidth, pictureHeight = 1280, 720

// palette is the light of a topic: the sky from above to the horizon, and the nearest hills.
type palette struct{ high, low, near color.RGBA }

var palettes = map[string]palette{
	"layanan_publik":    {rgb(0x1b4f72), rgb(0xf6c667), rgb(0x0d3b4f)},
	"klarifikasi_hoaks": {rgb(0x23395b), rgb(0xa8c5da), rgb(0x14213d)},
	"city_branding":     {rgb(0x5b2a86), rgb(0xffb35c), rgb(0x3a1055)},
	"pariwisata":        {rgb(0x0a6c74), rgb(0xffd6a5), rgb(0x05464c)},
	"kesehatan":         {rgb(0x1d7874), rgb(0xd8f3dc), rgb(0x0b4f4a)},
	"kinerja":           {rgb(0x1f3c88), rgb(0xf8d49b), rgb(0x142850)},
}

// scenes are what each topic's sign shows, for the text alternative.
var scenes = map[string]string{
	"layanan_publik": "deretan rumah", "klarifikasi_hoaks": "tanda centang besar", "city_branding": "motif tenun belah ketupat",
	"pariwisata": "perahu layar di laut", "kesehatan": "tanda palang kesehatan", "kinerja": "diagram batang yang naik",
}

func rgb(hex uint32) color.RGBA {
	return color.RGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 255}
}

// alt tells what is to be seen, as the guidance for authors asks.
func alt(s sample) string {
	return "Ilustrasi fajar di atas perbukitan dengan " + scenes[s.Topic] + "."
}

// picture draws the illustration of a content; the number makes each a little different.
func picture(s sample, number int) ([]byte, error) {
	p := palettes[s.Topic]
	canvas := image.NewRGBA(image.Rect(0, 0, pictureWidth, pictureHeight))
	sunX, sunY := 0.2+0.6*fraction(number*7), 0.36+0.1*fraction(number*13)
	hills := skyline(number)
	for y := range pictureHeight {
		for x := range pictureWidth {
			u, v := float64(x)/pictureWidth, float64(y)/pictureHeight
			canvas.SetRGBA(x, y, p.light(u, v, x, sunX, sunY, hills))
		}
	}
	sign(canvas, s.Topic)
	var out bytes.Buffer
	err := jpeg.Encode(&out, canvas, &jpeg.Options{Quality: 88})
	return out.Bytes(), err
}

// fraction spreads whole numbers over [0, 1).
func fraction(n int) float64 { return math.Mod(float64(n)*0.618033988749895, 1) }

const ranges = 4

// skyline is the height of each range of hills at each column.
func skyline(number int) *[ranges][pictureWidth]float64 {
	var heights [ranges][pictureWidth]float64
	for layer := range ranges {
		phase := fraction(number+layer*5) * 2 * math.Pi
		for x := range pictureWidth {
			u := float64(x) / pictureWidth
			heights[layer][x] = 0.56 + 0.1*float64(layer) - 0.05*math.Sin(u*(5+2*float64(layer))+phase) - 0.025*math.Sin(u*17+phase*3)
		}
	}
	return &heights
}

// light is the colour of a point: hills from the nearest back, the sun with its glow, the sky.
func (p palette) light(u, v float64, x int, sunX, sunY float64, hills *[ranges][pictureWidth]float64) color.RGBA {
	for layer := ranges - 1; layer >= 0; layer-- {
		if v > hills[layer][x] {
			depth := float64(layer+1) / ranges
			return blend(blend(p.low, p.high, 0.45), p.near, depth)
		}
	}
	sky := blend(p.high, p.low, math.Min(1, v/0.62))
	distance := math.Hypot((u-sunX)*pictureWidth/pictureHeight, v-sunY)
	white := rgb(0xfff6e0)
	if distance < 0.09 {
		return white
	}
	return blend(sky, white, 0.6*math.Exp(-(distance-0.09)*7))
}

func blend(a, b color.RGBA, part float64) color.RGBA {
	mix := func(from, to uint8) uint8 { return uint8(float64(from) + (float64(to)-float64(from))*part) }
	return color.RGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 255}
}

// shape tells whether a point of the sign's own square, from -1 to 1, is part of it.
type shape func(x, y float64) bool

var signs = map[string]shape{
	"layanan_publik": func(x, y float64) bool {
		house := math.Mod(x+0.99, 0.66) - 0.33 // three side by side
		return math.Abs(x) < 0.99 && (y > 0.1 && y < 0.8 && math.Abs(house) < 0.26 && !(y > 0.4 && math.Abs(house) < 0.08) || y > -0.25 && y <= 0.1 && math.Abs(house) < 0.33*(y+0.25)/0.35)
	},
	"klarifikasi_hoaks": func(x, y float64) bool {
		ring := math.Hypot(x, y)
		down, up := math.Abs(y-x-0.35) < 0.2 && x > -0.55 && x < -0.05, math.Abs(y+x*1.15-0.25) < 0.2 && x >= -0.05 && x < 0.6
		return ring > 0.82 && ring < 0.95 || down || up
	},
	"city_branding": func(x, y float64) bool {
		diamond := math.Mod(math.Abs(x)+math.Abs(y), 0.5)
		return math.Abs(x)+math.Abs(y) < 1 && diamond > 0.25
	},
	"pariwisata": func(x, y float64) bool {
		hull := y > 0.5 && y < 0.8 && math.Abs(x) < 0.8-(y-0.5)
		sail := y < 0.42 && y > -0.85 && x > 0.04 && x < 0.65*(y+0.85)/1.27 || y < 0.42 && y > -0.5 && x < -0.04 && x > -0.5*(y+0.5)/0.92
		return hull || sail || math.Abs(x) < 0.03 && y > -0.9 && y < 0.5
	},
	"kesehatan": func(x, y float64) bool {
		return math.Abs(x) < 0.26 && math.Abs(y) < 0.8 || math.Abs(y) < 0.26 && math.Abs(x) < 0.8
	},
	"kinerja": func(x, y float64) bool {
		bar := math.Floor((x + 1) / 0.4)
		return math.Mod(x+1, 0.4) < 0.28 && y < 0.8 && y > 0.55-bar*0.32 && x > -1 && x < 1
	},
}

// sign draws the topic's sign in the right third, with soft edges.
func sign(canvas *image.RGBA, topic string) {
	inside := signs[topic]
	const size, centreX, centreY = 150, pictureWidth * 77 / 100, pictureHeight * 60 / 100
	for y := centreY - size; y < centreY+size; y++ {
		for x := centreX - size; x < centreX+size; x++ {
			covered := 0.0
			for _, d := range [4][2]float64{{0.25, 0.25}, {0.75, 0.25}, {0.25, 0.75}, {0.75, 0.75}} {
				if inside((float64(x-centreX)+d[0])/size, (float64(y-centreY)+d[1])/size) {
					covered += 0.25
				}
			}
			if covered > 0 {
				canvas.SetRGBA(x, y, blend(canvas.RGBAAt(x, y), rgb(0xfffaf0), covered*0.94))
			}
		}
	}
}

package analyze

import (
	"image"
	"image/color"
	"math"
)

// Of a picture: its height, the most columns that it has, and the levels that
// are black and white in it, in dBFS.
const (
	pictureHeight = 256
	pictureWidth  = 2000
	blackest      = -100.0
	whitest       = -10.0
)

// shades is how many of the palette's colours show levels; one more is for the
// lines.
const shades = 250

// Spectrogram is [Spectrogram] at r.
func (r Rate) Spectrogram(pcm []int16) (*image.Paletted, error) {
	window, hop := r.window(), r.hop()
	if len(pcm) < window {
		return nil, ErrTooShort
	}
	hops := (len(pcm)-window)/hop + 1
	each := (hops + pictureWidth - 1) / pictureWidth
	width := (hops + each - 1) / each
	picture := image.NewPaletted(image.Rect(0, 0, width, pictureHeight), palette())
	for x := range width {
		var loudest [pictureHeight]float64
		for h := x * each; h < min((x+1)*each, hops); h++ {
			power := spectrum(pcm[h*hop : h*hop+window])
			for i, p := range power {
				y := i * pictureHeight / len(power)
				loudest[y] = max(loudest[y], p)
			}
		}
		for y, p := range loudest {
			picture.SetColorIndex(x, pictureHeight-1-y, r.shade(p))
		}
	}
	r.rule(picture, each)
	return picture, nil
}

// shade is the colour of a power.
func (r Rate) shade(p float64) uint8 {
	// A sine of full scale fills a quarter of the squared window in its bin.
	full := float64(r.window() * r.window() / 16)
	level := 10 * math.Log10(p/full+1e-20)
	share := (level - blackest) / (whitest - blackest)
	return uint8(min(max(share, 0), 1) * (shades - 1))
}

// palette goes from black over blue, red and yellow to white.
func palette() color.Palette {
	colours := make(color.Palette, 0, shades+1)
	ramp := func(v, from, to float64) uint8 {
		return uint8(255 * min(max((v-from)/(to-from), 0), 1))
	}
	for i := range shades {
		v := float64(i) / (shades - 1)
		blue := ramp(v, 0, 0.25)
		if v > 0.25 {
			blue = 255 - ramp(v, 0.25, 0.5) + ramp(v, 0.75, 1)
		}
		colours = append(colours, color.RGBA{ramp(v, 0.25, 0.5), ramp(v, 0.5, 0.75), blue, 255})
	}
	return append(colours, color.RGBA{0x60, 0xd0, 0x60, 255})
}

// rule draws the lines.
func (r Rate) rule(picture *image.Paletted, each int) {
	b := picture.Bounds()
	for hz := 1000; hz < int(r)/2; hz += 1000 {
		y := pictureHeight - hz*pictureHeight/(int(r)/2)
		for x := b.Min.X; x < b.Max.X; x += 8 {
			picture.SetColorIndex(x, y, shades)
		}
	}
	mark := 50 // columns of 20 ms
	if each > 1 {
		mark *= 60
	}
	for h := mark; h/each < b.Max.X; h += mark {
		for y := pictureHeight - 6; y < pictureHeight; y++ {
			picture.SetColorIndex(h/each, y, shades)
		}
	}
}

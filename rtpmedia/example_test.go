package rtpmedia_test

import (
	"fmt"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

// ear is a sink that tells when something is to be heard.
type ear chan struct{}

func (e ear) WriteFrame(pcm []int16) error {
	if rtpmedia.Level(pcm) > -20 {
		select {
		case e <- struct{}{}:
		default:
		}
	}
	return nil
}

// Two sessions on one host: one plays a tone, the other one listens.
func Example() {
	speaker, err := rtpmedia.Open(rtpmedia.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer speaker.Close()
	listener, err := rtpmedia.Open(rtpmedia.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer listener.Close()

	heard := make(ear)
	speaker.SetSource(rtpmedia.Tone(440, -10))
	listener.SetSink(heard)
	for from, to := range map[*rtpmedia.Session]*rtpmedia.Session{
		speaker: listener, listener: speaker,
	} {
		if err := from.Start(rtpmedia.Remote{RTP: to.LocalRTP(), Codec: "g711U"}); err != nil {
			fmt.Println(err)
			return
		}
	}
	<-heard
	fmt.Println("the tone is heard")
	// Output: the tone is heard
}

// Everyone in a mixer hears all but himself.
func ExampleMixer() {
	mixer := rtpmedia.NewMixer()
	ada, ben := mixer.Join(), mixer.Join()
	var said, heard [rtpmedia.FrameSamples]int16
	tone := rtpmedia.Tone(440, -10)
	for range 5 {
		if err := tone.ReadFrame(said[:]); err != nil {
			fmt.Println(err)
			return
		}
		if err := ada.WriteFrame(said[:]); err != nil {
			fmt.Println(err)
			return
		}
	}
	if err := ben.ReadFrame(heard[:]); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("ben hears it:", rtpmedia.Level(heard[:]) > -20)
	if err := ada.ReadFrame(heard[:]); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("ada does:", rtpmedia.Level(heard[:]) > -20)
	// Output:
	// ben hears it: true
	// ada does: false
}

// Codecs have the names of DMCC.
func ExampleCodecByName() {
	for _, name := range []string{"g711U", "g729"} {
		codec, err := rtpmedia.CodecByName(name)
		if err != nil {
			fmt.Println(name, "is not coded")
			continue
		}
		fmt.Println(codec.Name(), "is")
	}
	// Output:
	// g711U is
	// g729 is not coded
}

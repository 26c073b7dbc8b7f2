package gateway

import (
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/bench/measure"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// variable says to the test binary that it is to be a mock with so many stations, whose
// audio goes by a port: "400:0".
const variable = "WTIPHONE_BENCH_STATIONS"

func TestMain(m *testing.M) {
	var stations int
	var port uint16
	if _, err := fmt.Sscanf(os.Getenv(variable), "%d:%d", &stations, &port); err == nil {
		serve(stations, port)
		return
	}
	flag.Parse()
	os.Exit(m.Run())
}

// announcing is a number at which an announcement is repeated.
const announcing = "8001"

// serve is what the mock's process does, until its input ends.
func serve(stations int, port uint16) {
	lab := pbx.Lab{
		Name: "CM1",
		VDNs: []pbx.VDN{{Extension: announcing, Vector: 1}},
		Vectors: []pbx.Vector{{Number: 1, Steps: []string{
			"announcement 7001", "goto step 1 if unconditionally",
		}}},
		Announcements: []pbx.Announcement{{
			Extension: "7001", Sound: "wav:welcome", Length: 3889 * time.Millisecond,
		}},
	}
	for i := range stations {
		lab.Stations = append(lab.Stations, pbx.Station{
			Extension: extension(i), SecurityCode: code, AutoAnswer: true,
		})
	}
	s, err := mockaes.Start(mockaes.Options{Lab: &lab, AudioPort: port})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(s.WTI, s.Admin)
	_, _ = os.Stdin.Read(make([]byte, 1))
	s.Close()
}

// code is every station's.
const code = "123456"

func extension(i int) string { return strconv.Itoa(10_001 + i) }

func device(i int) csta.DeviceID { return csta.DeviceID(extension(i) + ":CM1:0.0.0.0:0") }

// mock is a mock AES in another process.
type mock struct {
	wti, admin string
	pid        int
}

func startMock(t testing.TB, stations int, port uint16) mock {
	t.Helper()
	words, pid := measure.Child(t, fmt.Sprintf("%s=%d:%d", variable, stations, port))
	return mock{words[0], words[1], pid}
}

// streams are the mock's figures by the SSRC of the client that each talks to.
func (m mock) streams(t testing.TB) map[uint32]rtpmedia.Stats {
	t.Helper()
	response, err := http.Get(m.admin + "/state")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var state struct {
		Audio []struct {
			Stream *rtpmedia.Stats `json:"stream"`
		} `json:"audio"`
	}
	if err := json.NewDecoder(response.Body).Decode(&state); err != nil {
		t.Fatal(err)
	}
	all := make(map[uint32]rtpmedia.Stats)
	for _, a := range state.Audio {
		if a.Stream != nil {
			all[a.Stream.RemoteSSRC] = *a.Stream
		}
	}
	return all
}

package panel

import (
	"fmt"

	"github.com/wtiphone/wtiphone/csta"
)

// The display of a telephone: two rows of forty characters.
const (
	displayRows    = 2
	displayColumns = 40
)

// Screen is the display with its rows filled.
func (p Panel) Screen() csta.Display {
	text := p.display
	if len(text) > displayColumns {
		text = text[:displayColumns]
	}
	return csta.Display{
		ID: "0", Rows: displayRows, Columns: displayColumns, CharacterSet: csta.ASCII,
		Contents: fmt.Sprintf("%-*s", displayRows*displayColumns, text),
	}
}

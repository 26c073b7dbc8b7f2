package dialplan

import "strings"

// MaxNumber is the length of the longest number that can be dialled (DMCC samples).
const MaxNumber = 30

// emergency is the number of emergency calls in North America.
const emergency = "911"

// Dialable reports whether a text can be a number.
func Dialable(number string) bool {
	digits := strings.TrimPrefix(number, "+")
	return digits != "" && len(number) <= MaxNumber && strings.Trim(digits, "0123456789*#") == ""
}

func digitsOnly(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

package archtest

// The words are put together here so that this file does not contain them.
var wordBreaches = []breach{
	{
		"each mark of unfinished work is found, in comments, strings and tests",
		map[string]string{
			"p/a.go":      "package p\n\n// TO" + "DO(sam): later\nconst a = \"FIX" + "ME\"\n",
			"p/b_test.go": "package p // XX" + "X\n/*\nHA" + "CK*/\n",
		},
		[]finding{
			{"p/a.go", 3, "TO" + "DO"},
			{"p/a.go", 4, "FIX" + "ME"},
			{"p/b_test.go", 1, "XX" + "X"},
			{"p/b_test.go", 3, "HA" + "CK"},
		},
	},
	{
		"longer words and small letters are somebody's names",
		map[string]string{"p/a.go": "package p\n\n// mktemp /tmp/XX" + "XXXX, a hack, todo.txt\n"},
		nil,
	},
}

var tlsBreaches = []breach{
	{
		"certificates are verified, whether the option is a field or assigned",
		map[string]string{
			"p/a.go": "package p\n\nvar c = tls.Config{InsecureSkipVerify: true}\n",
			"p/b.go": "package p\n\nfunc f(c *tls.Config) {\n\tc.InsecureSkipVerify = true\n}\n",
			"p/c.go": "package p\n\nvar c = tls.Config{InsecureSkipVerify: lax}\n",
		},
		[]finding{{"p/a.go", 3, "--ca"}, {"p/b.go", 4, "--ca"}, {"p/c.go", 3, "--ca"}},
	},
	{
		"tests may try what happens without, and anyone may say false",
		map[string]string{
			"p/a_test.go": "package p\n\nvar c = tls.Config{InsecureSkipVerify: true}\n",
			"p/b.go":      "package p\n\nvar c = tls.Config{InsecureSkipVerify: false}\n",
			"p/c.go":      "package p\n\n// InsecureSkipVerify: true is refused.\n",
		},
		nil,
	},
}

// sleeping returns a file that sleeps on line 5, with the given import beside.
func sleeping(beside, clock string) string {
	return "package p\n\nimport (" + beside + ")\nfunc f() {\n" + clock + ".Sleep(1)\n}\n"
}

var sleepBreaches = []breach{
	{
		"a test does not sleep on the real clock, whatever it calls it",
		map[string]string{
			"p/a_test.go": sleeping(`"time"`, "time"),
			"p/b_test.go": sleeping(`clock "time"`, "clock"),
		},
		[]finding{{"p/a_test.go", 5, "synctest"}, {"p/b_test.go", 5, "synctest"}},
	},
	{
		"a bubble's clock, another package's Sleep and code under test are let be",
		map[string]string{
			"p/a_test.go": sleeping(`"time"; "testing/synctest"`, "time"),
			"p/b_test.go": sleeping(`"time"; "example.org/bed"`, "bed"),
			"p/c.go":      sleeping(`"time"`, "time"),
		},
		nil,
	},
}

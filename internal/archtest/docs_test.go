package archtest

var docBreaches = []breach{
	{
		"a package, a command and a package of tests explain themselves",
		map[string]string{
			"p/doc.go":        "// Package p rings. It does not answer.\npackage p\n",
			"p/p.go":          "package p\n",
			"cmd/ring/doc.go": "// Command ring rings, and never answers.\npackage main\n",
			"e2e/doc.go":      "// Package e2e has tests and nothing else.\npackage e2e\n",
			"e2e/a_test.go":   "package e2e_test\n",
		},
		nil,
	},
	{
		"a package without doc.go is found, whatever its other files say",
		map[string]string{
			"p/p.go":      "// Package p rings. It does not answer.\npackage p\n",
			"q/q_test.go": "package q\n",
			"root.go":     "package root\n",
		},
		[]finding{{".", 0, "no doc.go"}, {"p", 0, "no doc.go"}, {"q", 0, "no doc.go"}},
	},
	{
		"a doc.go without a package comment is no documentation",
		map[string]string{
			"p/doc.go": "package p\n",
			"q/doc.go": "// Package q does not answer.\n\npackage q\n",
		},
		[]finding{{"p/doc.go", 1, `"Package p "`}, {"q/doc.go", 3, `"Package q "`}},
	},
	{
		"the comment opens as godoc expects",
		map[string]string{
			"cmd/ring/doc.go": "// Package main rings, and never answers.\npackage main\n",
			"p/doc.go":        "// This package does not answer.\npackage p\n",
		},
		[]finding{{"cmd/ring/doc.go", 2, `"Command ring "`}, {"p/doc.go", 2, `"Package p "`}},
	},
	{
		"the comment says what the package does not do",
		map[string]string{"p/doc.go": "// Package p rings the notorious noon bell.\npackage p\n"},
		[]finding{{"p/doc.go", 2, "does not do"}},
	},
}

package archtest

import "strings"

// lines returns n lines of text, the given ones first and then empty ones.
func lines(n int, first ...string) string {
	text := strings.Join(first, "\n") + "\n"
	return text + strings.Repeat("\n", n-strings.Count(text, "\n"))
}

// function returns a package with one function of n lines from line 2 on.
func function(n int) string {
	return "package p\nfunc f() {\n" + strings.Repeat("\n", n-2) + "}\n"
}

var sizeBreaches = []breach{
	{
		"a file may have 400 lines and not one more, tests included",
		map[string]string{
			"p/a.go":      lines(400, "package p"),
			"p/b.go":      lines(401, "package p"),
			"p/c_test.go": lines(401, "package p"),
		},
		[]finding{{"p/b.go", 1, "401 lines"}, {"p/c_test.go", 1, "401 lines"}},
	},
	{
		"a function may have 80 lines and not one more, unless it is a test's",
		map[string]string{
			"p/a.go":      function(80),
			"p/b.go":      function(81),
			"p/c_test.go": function(81),
		},
		[]finding{{"p/b.go", 2, "81 lines"}},
	},
	{
		"a function without a name counts too",
		map[string]string{"p/a.go": strings.Replace(function(81), "func f()", "var f = func()", 1)},
		[]finding{{"p/a.go", 2, "81 lines"}},
	},
	{
		"a method is counted once, with what it encloses",
		map[string]string{
			"p/a.go": "package p\nfunc (t T) f() {\n_ = func() {\n" +
				strings.Repeat("\n", 90) + "}\n}\n",
		},
		[]finding{{"p/a.go", 2, "94 lines"}},
	},
}

var (
	word = strings.Repeat("w", 60)
	long = strings.Repeat("long ", 30)
)

var columnBreaches = []breach{
	{
		"a line may have 100 columns and not one more",
		map[string]string{
			"p/a.go": "package p\n\n// " + strings.Repeat("x", 97) + "\n",
			"p/b.go": "package p\n\n// " + strings.Repeat("x", 98) + "\n",
		},
		[]finding{{"p/b.go", 3, "above 100 columns"}},
	},
	{
		"a tab has four columns and a letter one, however many bytes it has",
		map[string]string{
			"p/a.go": "package p\n\n//\t" + strings.Repeat("x", 94) + "\n",
			"p/b.go": "package p\n\n//\t" + strings.Repeat("x", 95) + "\n",
			"p/c.go": "package p\n\n// " + strings.Repeat("µ", 97) + "\n",
		},
		[]finding{{"p/b.go", 3, "above 100 columns"}},
	},
	{
		"an address may run on if it stands almost alone",
		map[string]string{
			"p/a.go": "package p\n\n// See https://example.org/" + word + word + "\n",
			"p/b.go": "package p\n\n// " + long[:60] + " https://example.org/" + word + "\n",
		},
		[]finding{{"p/b.go", 3, "above 100 columns"}},
	},
	{
		"a raw string may run on if it stands almost alone",
		map[string]string{
			"p/a.go": "package p\n\nconst frame = `" + long + "`\n",
			"p/b.go": "package p\n\nconst frame = `first\n" + long + "\nlast`\n",
			"p/c.go": "package p\n\nvar frames = []string{\"" + word[:50] + "\", `" + word + "`}\n",
		},
		[]finding{{"p/c.go", 3, "above 100 columns"}},
	},
	{
		"an ordinary string can be broken, and so can a comment after a raw one",
		map[string]string{
			"p/a.go": "package p\n\nconst text = \"" + long + "\"\n",
			"p/b.go": "package p\n\nconst text = `x` // " + long + "\n",
		},
		[]finding{{"p/a.go", 3, "above 100"}, {"p/b.go", 3, "above 100"}},
	},
	{
		"a directive cannot be broken",
		map[string]string{"p/a.go": "package p\n\n//go:generate " + long + "\n"},
		nil,
	},
}

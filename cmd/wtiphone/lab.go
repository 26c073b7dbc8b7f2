package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/dialect"
	"github.com/wtiphone/wtiphone/mockaes/lab"
)

// labFlags are those that tell about labs; all but the first serve nothing.
type labFlags struct {
	file   string
	check  string
	show   bool
	schema bool
	quirks bool
}

func (l *labFlags) add(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&l.file, "lab", "", "lab file (YAML): what there is in the switch")
	f.StringVar(&l.check, "check-lab", "", "check a lab file, and serve nothing")
	f.BoolVar(&l.show, "show-lab", false, "print the lab that would be served, as a lab file")
	f.BoolVar(&l.schema, "lab-schema", false, "print the JSON Schema of lab files")
	f.BoolVar(&l.quirks, "list-quirks", false, "print the deviations that --quirk can show")
	cmd.MarkFlagsMutuallyExclusive("check-lab", "show-lab", "lab-schema", "list-quirks")
	cmd.MarkFlagsMutuallyExclusive("lab", "check-lab")
}

// tell prints what is asked for; done is false when the server is.
func (l *labFlags) tell(w io.Writer) (done bool, err error) {
	switch {
	case l.check != "":
		_, err = audible(l.check)
	case l.show:
		err = l.print(w)
	case l.schema:
		err = write(w, lab.Schema)
	case l.quirks:
		err = listQuirks(w)
	default:
		return false, nil
	}
	return true, err
}

func (l *labFlags) print(w io.Writer) error {
	if l.file == "" {
		return write(w, lab.Default)
	}
	o, err := readLab(l.file, lab.Parse)
	if err != nil {
		return err
	}
	return write(w, func() ([]byte, error) { return lab.Format(o) })
}

func write(w io.Writer, make func() ([]byte, error)) error {
	data, err := make()
	if err == nil {
		_, err = w.Write(data)
	}
	return err
}

// options are those of the lab file, or of the default lab.
func (l *labFlags) options() (mockaes.Options, error) {
	if l.file == "" {
		return mockaes.Options{}, nil
	}
	return audible(l.file)
}

// audible is the lab of a file, whose sounds are all there. Recordings are looked for beside
// the file.
func audible(path string) (mockaes.Options, error) {
	return readLab(path, func(data []byte) (mockaes.Options, error) {
		return lab.ParseIn(filepath.Dir(path), data)
	})
}

// readLab reads a lab file. A mistake in it is told with its line.
func readLab(
	path string, parse func([]byte) (mockaes.Options, error),
) (mockaes.Options, error) {
	f, err := os.Open(path)
	if err != nil {
		return mockaes.Options{}, mistaken(err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, lab.MaxSize+1))
	if err != nil {
		return mockaes.Options{}, mistaken(err)
	}
	o, err := parse(data)
	if err != nil {
		return o, mistaken(fmt.Errorf("%s: %w", path, err))
	}
	return o, nil
}

func listQuirks(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, q := range dialect.Quirks() {
		mark := ""
		if q.Default {
			mark = "default"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\n", q.Name, mark, q.About)
	}
	return t.Flush()
}

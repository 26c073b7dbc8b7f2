package measure

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// Series is figures by unit, in the order in which the units came first.
type Series struct {
	units  []string
	values map[string][]float64
}

// Add notes a figure. Units are written as [testing.B.ReportMetric] wants them.
func (s *Series) Add(unit string, value float64) {
	if s.values == nil {
		s.values = make(map[string][]float64)
	}
	if _, known := s.values[unit]; !known {
		s.units = append(s.units, unit)
	}
	s.values[unit] = append(s.values[unit], value)
}

// Report gives the benchmark the median of each unit, and prints the range: the log of a
// benchmark is cut after ten lines.
func (s *Series) Report(b *testing.B) {
	b.Helper()
	b.ReportMetric(0, "ns/op") // the time of a round says nothing
	fmt.Printf("%s\n", b.Name())
	for _, unit := range s.units {
		v := s.values[unit]
		b.ReportMetric(Quantile(v, 0.5), unit)
		fmt.Printf("    %-26s median %10.4g of %2d, from %.4g to %.4g\n",
			unit, Quantile(v, 0.5), len(v), slices.Min(v), slices.Max(v))
	}
}

// Quantile is the smallest value that a share q of all values does not exceed; NaN for
// none. The values are not changed.
func Quantile(values []float64, q float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(values))
	at := int(math.Ceil(q*float64(len(sorted)))) - 1
	return sorted[min(max(at, 0), len(sorted)-1)]
}

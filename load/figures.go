package main

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// row is a line of the table.
type row struct {
	name         string
	last, each   []time.Duration // from a write to the last screen; to each
	perStream    float64         // KiB of anonymous memory
	perDelivery  float64         // µs of the server's time
	pages        []time.Duration // how long a page took
	pagesASecond float64
	pageBytes    int
	event        int // bytes on the wire for one delivery
}

const header = "server        event B  to the last screen p50/p99   to each p50/p99     KiB/stream  µs/delivery  page KB   pages/s  page p50/p99"

func (r row) String() string {
	return fmt.Sprintf("%-13s %7d  %9s %9s %9s %9s  %10.1f  %11.1f  %7.1f  %8.0f  %s %s", r.name, r.event,
		ms(r.last, 50), ms(r.last, 99), ms(r.each, 50), ms(r.each, 99), r.perStream, r.perDelivery, float64(r.pageBytes)/1e3, r.pagesASecond, ms(r.pages, 50), ms(r.pages, 99))
}

// at gives a percentile.
func at(all []time.Duration, percent int) time.Duration {
	if len(all) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(all))
	return sorted[min(len(sorted)-1, len(sorted)*percent/100)]
}

func ms(all []time.Duration, percent int) string {
	return fmt.Sprintf("%.1f ms", float64(at(all, percent).Microseconds())/1e3)
}

// machine says on what the figures were taken, and how busy it was.
func machine() string {
	b, _ := os.ReadFile("/proc/loadavg")
	return fmt.Sprintf("%s, %d cores, load %s", time.Now().Format(time.DateTime), runtime.NumCPU(), strings.TrimSpace(string(b)))
}

// memory gives the anonymous memory of a process and its children, in KiB.
func memory(pid int) (all float64) {
	for _, of := range family(pid) {
		all += memoryOf(of)
	}
	return all
}

// family gives a process and those that it has begun.
func family(pid int) []int {
	all := []int{pid}
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	for _, child := range strings.Fields(string(b)) {
		if n, err := strconv.Atoi(child); err == nil {
			all = append(all, family(n)...)
		}
	}
	return all
}

func memoryOf(pid int) float64 {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	for line := range strings.Lines(string(b)) {
		if rest, found := strings.CutPrefix(line, "RssAnon:"); found {
			n, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return n
		}
	}
	return 0
}

// spent gives the processor time of a process and its children, which Linux counts
// in hundredths of a second.
func spent(pid int) (all time.Duration) {
	for _, of := range family(pid) {
		all += spentOf(of)
	}
	return all
}

func spentOf(pid int) time.Duration {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, found := strings.Cut(string(b), ") ")
	if !found {
		return 0
	}
	fields := strings.Fields(rest)
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

package tui

import (
	"fmt"
	"strings"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// header is whose phone this is, the link, and the agent; a page needs the agent's
// lines.
func (m Model) header() []string {
	who := m.styles.title.Render(m.o.Title) + "  " + clean(m.state.Station)
	if m.state.Name != "" {
		who += "  " + clean(m.state.Name)
	}
	lines := []string{m.fit(who, m.link())}
	if m.o.NoAgent || m.page != noPage {
		return lines
	}
	return append(lines, m.agentLines()...)
}

func (m Model) link() string {
	l := m.state.Link
	since := m.span(l.Since)
	switch l.Status {
	case Live:
		if l.Cut != "" {
			return m.styles.bad.Render("link live, CTI LINK DOWN " + m.span(l.CutSince))
		}
		return "link live " + since
	case Healing:
		return m.styles.bad.Render("LINK HEALING " + since)
	case Lost:
		return m.styles.bad.Render("LINK LOST " + since)
	}
	return m.styles.warn.Render(strings.TrimSpace("connecting " + since))
}

func (m Model) agentLines() []string {
	a := m.state.Agent
	state := agentWords(a)
	switch a.State {
	case csta.AgentReadyState:
		state = m.styles.good.Render(state)
	case csta.AgentNotReadyState, csta.AgentACWState:
		state = m.styles.warn.Render(state)
	}
	items := []string{"agent " + state}
	if a.ID != "" {
		items[0] = "agent " + clean(a.ID) + "  " + state
	}
	if m.isLoggedIn() && !a.Since.IsZero() {
		items[0] += "  " + m.span(a.Since)
	}
	if pending := pendingWords(a.Pending); pending != "" {
		items = append(items, pending)
	}
	if c, ok := m.unanswered(m.state); ok {
		items = append(items, m.styles.warn.Render("call "+clean(string(c.ID))+
			" was not answered: r makes ready"))
	}
	if len(a.Skills) > 0 && m.width >= 60 {
		skills := "skills"
		for _, s := range a.Skills {
			skills += " " + ext(s)
		}
		items = append(items, skills)
	}
	return m.flow(items, "", "   ")
}

// banner is what must not be overlooked: a lost link, a ringing call.
func (m Model) banner() []string {
	lines := m.linkBanner()
	if c, ok := m.state.Board.Alerting(); ok {
		text := fmt.Sprintf(" RINGING: %s", name(c.Calling))
		if called := name(c.Called); c.Called.Device != "" && m.width >= 60 {
			text += " calls " + called
		}
		if m.cannotAnswer() == "" {
			text += " - a answers it "
		}
		lines = append(lines, m.styles.alert.Render(m.cut(text, m.width)))
	}
	return lines
}

// linkBanner says why the calls may not be as they are shown.
func (m Model) linkBanner() []string {
	switch l := m.state.Link; {
	case l.Status == Lost || l.Status == Healing:
		return m.wrapped("The calls below are as they were when the link was lost" +
			after(clean(l.Why)))
	case l.Status == Live && l.Cut != "":
		return m.wrapped(fmt.Sprintf("The CTI link of AES to %s is down since %s. "+
			"The calls below are as they were then",
			clean(l.Cut), l.CutSince.Format(time.TimeOnly)))
	}
	return nil
}

// wrapped is text in as many lines as it needs, or what of it fits in one where lines
// are few.
func (m Model) wrapped(text string) []string {
	if m.isLow() {
		return []string{m.cut(text, m.width)}
	}
	return m.flowWords(text)
}
